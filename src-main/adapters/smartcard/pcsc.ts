/** What watching readers needs of PC/SC: no call that opens a card, so it never stands in the way of the sign-in. */

/** A reader as it was when it was looked at last; `state` is PC/SC's own word, 0 before the first look. */
export interface ReaderState {
  readonly name: string;
  readonly state: number;
}

export interface PcscStates {
  readonly code: number;
  readonly states: readonly ReaderState[];
}

export interface Pcsc {
  /** The name under which readers that come are told of; null where there is none. */
  readonly newReaders: string | null;
  /** 0 when the service is there, else PC/SC's code. */
  establish(): number;
  /** The readers of now. */
  listReaders(): { readonly code: number; readonly names: readonly string[] };
  /** Waits until one differs from what is given, at most so long. */
  waitForChange(states: readonly ReaderState[], timeoutMs: number): PcscStates;
  release(): void;
}

export const SUCCESS = 0;
export const TIMEOUT = 0x8010000a;
export const UNKNOWN_READER = 0x80100009;
export const NO_READERS = 0x8010002e;

/** Bits of a reader's state. */
export const CHANGED = 0x2;
export const IGNORED = 0x1 | 0x4 | 0x8;
export const PRESENT = 0x20;
