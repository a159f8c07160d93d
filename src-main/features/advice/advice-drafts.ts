/** What was typed and not yet sent: sealed on this desk for its person, through lock, restart and a lost connection. */
import type { RequestInput } from '../../contract/channels.ts';
import type { AdviceDraft } from '../../contract/channels/advice.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AdviceDesk } from './advice-desk.ts';

export interface AdviceDrafts {
  readonly save: (draft: AdviceDraft) => Outcome<{ isKept: boolean }>;
  readonly read: (name: RequestInput<'advice/read-draft'>) => Outcome<{ draft: AdviceDraft | null }>;
  readonly discard: (name: RequestInput<'advice/discard-draft'>) => Outcome<Record<string, never>>;
  readonly forget: () => void;
}

const KIND = 'adviceDraft';
const nameOf = ({ kind, ubrn }: Pick<AdviceDraft, 'kind' | 'ubrn'>) => `${kind} ${ubrn}`;

export function createAdviceDrafts(deps: Pick<AdviceDesk, 'desk' | 'kept'>): AdviceDrafts {
  /** Of this sitting: what the disk does not take is here at least until its person leaves. */
  const held = new Map<string, AdviceDraft>();

  return {
    save(draft) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      held.set(nameOf(draft), draft);
      deps.kept().put(desk, KIND, nameOf(draft), draft);
      return ok({ isKept: deps.kept().isKept() });
    },
    read(name) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      const kept = deps.kept().load(desk, KIND).values;
      const draft = held.get(nameOf(name)) ?? kept.find((one) => nameOf(one) === nameOf(name)) ?? null;
      return ok({ draft });
    },
    discard(name) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      held.delete(nameOf(name));
      deps.kept().remove(desk, KIND, nameOf(name));
      return ok({});
    },
    forget: () => held.clear(),
  };
}
