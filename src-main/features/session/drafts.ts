/** What a person was typing when their desk was locked away: in main's memory, for them alone, given back once. */
export interface Drafts {
  /** Takes the newest; of anybody but the person whose seat it is nothing is taken. */
  readonly keep: (userId: string, draft: string) => void;
  readonly take: () => string | null;
  readonly forget: () => void;
}

/** `seat` names the person whose seat this is, locked or not. */
export function createDrafts(seat: () => string | null): Drafts {
  let kept: { readonly userId: string; readonly draft: string } | null = null;
  return {
    keep(userId, draft) {
      if (seat() === userId) kept = { userId, draft };
    },
    take() {
      const draft = kept !== null && kept.userId === seat() ? kept.draft : null;
      kept = null;
      return draft;
    },
    forget: () => void (kept = null),
  };
}
