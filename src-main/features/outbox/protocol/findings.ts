/** What the reads of the protocol find out; the actions make these from what e-RS says. */

/** What the check before sending found (safety.md step 2). */
export type Finding =
  /** The version is the pin and nothing else speaks against sending. */
  | { readonly kind: 'clear' }
  /** An earlier send of this very intent took effect. */
  | { readonly kind: 'own-effect'; readonly result: string | null }
  /** Something differs from what the clerk saw, or free slots turned up: a person decides. */
  | { readonly kind: 'changed'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string }
  | Unreached;

/** What a read-back found, compared with the pin and with what was asked for (safety.md step 5). */
export type Truth =
  /** e-RS holds what was asked for; `result` is the appointment's id where there is one. */
  | { readonly kind: 'ours'; readonly result: string | null }
  | { readonly kind: 'unchanged' }
  /** `code`: where more can be said than that something else is there. */
  | { readonly kind: 'changed-otherwise'; readonly code?: string }
  | Unreached;

/** Reads that told nothing about the referral. */
export type Unreached =
  /** Nothing answered. */
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'limited'; readonly retryMs: number }
  | { readonly kind: 'locked' }
  | { readonly kind: 'held'; readonly code: string }
  /** It answered, and the answer is of no use. */
  | { readonly kind: 'not-readable'; readonly code: string };
