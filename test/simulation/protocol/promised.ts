/** The figures of safety.md and screens.md, written here once more: a changed constant of the product must not pass. */
export const HORIZON_MS = 205_000;
export const CONFIRMATION_MS = 15 * 60_000;
export const EVIDENCE_MS = 120_000;
/** A read may take this long, then the gate of a write. */
export const LONGEST_CALL_MS = 30_000 + 10_000 + 1_000;
/** I5: settled or with the clerk so long after the last trouble. */
export const SETTLED_WITHIN_MS = HORIZON_MS + 10 * 60_000;
