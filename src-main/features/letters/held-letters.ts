/** The letters fetched last, as main holds them: in memory only, few, and gone when the desk is left (hazard 7). */
import type { LetterCheck, LetterVerdict } from '../../contract/channels/letters.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';

/** A letter as it was fetched and checked. What is printed are these bytes and no others. */
export interface HeldLetter {
  readonly letterId: string;
  readonly ubrn: Ubrn;
  readonly nhsNumber: NhsNumber;
  /**
   * Version of the referral as read right before the letter was fetched. When it is still the same right before
   * printing, the letter is of that version and no older one (hazard 8).
   */
  readonly version: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly pages: number;
  /** Kind from the server's file name; empty when none. */
  readonly kind: string;
  readonly readAt: string;
  readonly verdict: LetterVerdict;
  readonly checks: readonly LetterCheck[];
  /** Less than three working days to the appointment. */
  readonly needsPhone: boolean;
  /** Of the booked appointment; null when there is none. */
  readonly appointmentStart: string | null;
  /** Initials of the patient for a cover sheet; empty when their name is not known. */
  readonly initials: string;
  /** When this desk printed a letter of the same version. */
  readonly printedAt: string | null;
}

export interface HeldLetters {
  readonly hold: (letter: HeldLetter) => void;
  /** The letter while it is held; null once it made room for others or the desk was left. */
  readonly held: (letterId: string) => HeldLetter | null;
  /** A letter that is done with. */
  readonly release: (letterId: string) => void;
  readonly forget: () => void;
}

/** So many letters, and so many bytes, as a clerk may go to and fro between. */
const MAX_LETTERS = 12;
const MAX_BYTES = 32 * 1024 * 1024;

export function createHeldLetters(): HeldLetters {
  const letters = new Map<string, HeldLetter>();

  function makeRoom(): void {
    const bytes = () => [...letters.values()].reduce((sum, letter) => sum + letter.bytes.length, 0);
    while (letters.size > MAX_LETTERS || (letters.size > 1 && bytes() > MAX_BYTES)) {
      const oldest = letters.keys().next().value;
      if (oldest === undefined) return;
      letters.delete(oldest);
    }
  }

  return {
    hold(letter) {
      letters.set(letter.letterId, letter);
      makeRoom();
    },
    held: (letterId) => letters.get(letterId) ?? null,
    // Not overwritten: a print under way may still be sending these bytes, and half a letter must not come out.
    release: (letterId) => void letters.delete(letterId),
    forget: () => letters.clear(),
  };
}
