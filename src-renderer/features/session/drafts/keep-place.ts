import type { DeskDraftKeeper } from './use-desk-draft.ts';

/** A page whose process dies loses at most what was done within this time. */
const EVERY_MS = 2_000;

export interface DeskNow {
  readonly isAtDesk: () => boolean;
  readonly userId: () => string;
}

/**
 * Hands main where the clerk is whenever that has changed, so that a page that died comes back there. `forget` drops
 * what was handed over last, for the desk is left.
 */
export function keepPlace(
  draft: Pick<DeskDraftKeeper, 'collect' | 'hand'>,
  now: DeskNow,
): { readonly forget: () => void; readonly stop: () => void } {
  let kept: string | null = null;
  const timer = setInterval(() => {
    const place = now.isAtDesk() ? draft.collect() : null;
    if (place !== null && place !== kept) void draft.hand(now.userId(), place);
    kept = place;
  }, EVERY_MS);
  return { forget: () => void (kept = null), stop: () => clearInterval(timer) };
}
