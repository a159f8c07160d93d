/** Intents that a colleague reads back for their owner, and the waiting for that (screens.md section 10). */
export interface LentIntents {
  /** Lends an intent to a sitting; the promise ends with the reading. */
  lend(intentId: string, sitting: number): Promise<void>;
  isLentTo(intentId: string, sitting: number | undefined): boolean;
  /** The reading has ended, or never began. */
  giveBack(intentId: string): void;
}

export function createLentIntents(): LentIntents {
  const lent = new Map<string, { readonly sitting: number; readonly end: () => void }>();
  function giveBack(intentId: string): void {
    lent.get(intentId)?.end();
    lent.delete(intentId);
  }
  return {
    lend(intentId, sitting) {
      // Who asked in an earlier sitting waits no longer.
      giveBack(intentId);
      return new Promise((resolve) => void lent.set(intentId, { sitting, end: () => resolve() }));
    },
    isLentTo: (intentId, sitting) => lent.get(intentId)?.sitting === sitting && sitting !== undefined,
    giveBack,
  };
}
