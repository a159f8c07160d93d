/** Slots asked for at once: the most that A015 gives (contract.md section 4.6). */
export const SLOT_PAGE_SIZE = 100;
