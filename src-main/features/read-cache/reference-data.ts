import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ReferenceSet } from '../../ers/model.ts';
import { a004RetrieveReferenceData } from '../../ers/operations/a004-retrieve-reference-data.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import type { Desk } from '../session/session.ts';
import type { ReadCache } from './read-cache.ts';

/** A reference set and its age. */
export interface KnownSet {
  readonly set: ReferenceSet;
  readonly readAt: string;
  readonly isRemembered: boolean;
}

export interface ReferenceData {
  /** A set of A004, expired concepts included. Asked once a sign-in; offline as it was read last. */
  readonly read: (set: string) => Promise<Outcome<KnownSet>>;
  readonly forget: () => void;
}

/** Reads the sets of A004: days and reasons are dynamic data (contract.md A004). */
export function createReferenceData(deps: {
  client: () => ErsClient;
  clock: Clock;
  desk: () => Desk | null;
  cache: ReadCache;
  isOffline: () => boolean;
}): ReferenceData {
  const known = new Map<string, KnownSet>();

  function recall(desk: Desk, set: string): Outcome<KnownSet> | null {
    const kept = deps.cache.recall(desk, 'reference-set', set);
    return kept === null ? null : ok({ set: kept.value, readAt: kept.readAt, isRemembered: true });
  }

  return {
    async read(set) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      const here = known.get(set);
      const ready = here === undefined ? deps.isOffline() && recall(desk, set) : ok(here);
      if (ready) return ready;
      const answer = toOutcome(
        await deps.client().call(a004RetrieveReferenceData, { set }, { urgency: 'clerk' }),
      );
      if (!answer.ok && !isUnreached(answer.problem)) return answer;
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      if (!answer.ok) return recall(desk, set) ?? answer;
      const readAt = toIso(deps.clock.nowMs());
      const fresh = { set: answer.value, readAt, isRemembered: false };
      known.set(set, fresh);
      deps.cache.remember(desk, 'reference-set', set, answer.value, readAt);
      return ok(fresh);
    },
    forget: () => known.clear(),
  };
}
