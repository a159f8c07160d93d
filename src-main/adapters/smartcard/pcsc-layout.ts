/**
 * How PC/SC looks in memory on each system (devices.md section 1). The three differ in the width of a number, in the
 * packing of a structure and in the way that texts are written.
 */

/** What `open-pcsc.ts` builds its calls of; types in the words of koffi. */
export interface PcscLayout {
  readonly library: string;
  /** DWORD and LONG. */
  readonly dword: string;
  readonly long: string;
  readonly context: string;
  /** The type of a reader's name and of the list of names. */
  readonly name: string;
  readonly nameUnit: 1 | 2;
  readonly atrBytes: number;
  readonly isPacked: boolean;
  /** The suffix of the functions that take texts. */
  readonly suffix: '' | 'W';
  /** The name under which PC/SC tells of readers that come; null where there is none. */
  readonly newReaders: string | null;
  /** What the reader's state must take in memory; a difference means that this table is wrong here. */
  readonly stateBytes: number;
}

const NEW_READERS = '\\\\?PnP?\\Notification';

const LAYOUTS: Readonly<Partial<Record<NodeJS.Platform, PcscLayout>>> = {
  linux: {
    library: 'libpcsclite.so.1',
    dword: 'unsigned long',
    long: 'long',
    context: 'long',
    name: 'str',
    nameUnit: 1,
    atrBytes: 33,
    isPacked: false,
    suffix: '',
    newReaders: NEW_READERS,
    stateBytes: 80,
  },
  win32: {
    library: 'winscard.dll',
    dword: 'uint32_t',
    long: 'int32_t',
    context: 'uintptr_t',
    name: 'str16',
    nameUnit: 2,
    atrBytes: 36,
    isPacked: false,
    suffix: 'W',
    newReaders: NEW_READERS,
    stateBytes: 64,
  },
  darwin: {
    library: '/System/Library/Frameworks/PCSC.framework/PCSC',
    dword: 'uint32_t',
    long: 'int32_t',
    context: 'int32_t',
    name: 'str',
    nameUnit: 1,
    atrBytes: 33,
    isPacked: true,
    suffix: '',
    newReaders: null,
    stateBytes: 61,
  },
};

/** The layout of a 64-bit system; null where this desk knows of no PC/SC. */
export function pcscLayoutOf(platform: NodeJS.Platform): PcscLayout | null {
  return LAYOUTS[platform] ?? null;
}

/** The names in a PC/SC list: each ends with a zero, the list with another one. */
export function readNames(bytes: Uint8Array, unit: 1 | 2): string[] {
  const text = Buffer.from(bytes).toString(unit === 1 ? 'utf8' : 'utf16le');
  const end = text.indexOf('\0\0');
  return (end === -1 ? text : text.slice(0, end)).split('\0').filter((name) => name !== '');
}
