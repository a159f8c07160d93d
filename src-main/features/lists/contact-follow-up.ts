/** Works out the contact-by dates of deferrals that are done, and asks again while e-RS cannot be asked. */
import type { Clock } from '../../app/ports.ts';
import type { Intent } from '../outbox/record-schemas.ts';
import type { ContactBy } from './contact-days.ts';
import type { HeldLists } from './held-lists.ts';

const AGAIN_MS = 60_000;

export interface ContactFollowUp {
  /** Comes back at once. Nothing to do where the date is known, or is asked for already. */
  readonly goOn: (intent: Intent) => void;
  readonly forget: () => void;
}

interface Dependencies {
  readonly clock: Clock;
  /** The lists of the person at the desk; null while nobody is at work. */
  readonly here: () => HeldLists | null;
  readonly readContactBy: (ubrn: string, action: 'defer' | 'send-for-triage') => Promise<ContactBy>;
  readonly onKnown: (at: HeldLists, intentId: string) => void;
}

export function createContactFollowUp(deps: Dependencies): ContactFollowUp {
  /** The timers of those that are to be asked again, and a mark for those that are asked now. */
  const asked = new Map<string, () => void>();

  function take(at: HeldLists, { intentId, ubrn }: Intent, contactBy: string | null): void {
    at.markFollowed({ intentId, phase: 'settled', contactBy, awaitsContactBy: false });
    const row = at.find('WATCH', ubrn);
    if (contactBy === null) return;
    if (row !== null) at.put('WATCH', { ...row, due: contactBy });
    deps.onKnown(at, intentId);
  }

  async function ask(at: HeldLists, intent: Intent): Promise<void> {
    if (intent.action !== 'defer' && intent.action !== 'send-for-triage') return;
    const found = await deps.readContactBy(intent.ubrn, intent.action);
    const now = deps.here();
    // The answer belongs to the person who asked; the next sitting asks for itself.
    if (now === null || now.desk.sitting !== at.desk.sitting) return void asked.delete(intent.intentId);
    if (found.kind !== 'later') {
      asked.delete(intent.intentId);
      return take(now, intent, found.kind === 'date' ? found.day : null);
    }
    const cancel = deps.clock.schedule(AGAIN_MS, () => {
      asked.delete(intent.intentId);
      goOn(intent);
    });
    asked.set(intent.intentId, cancel);
  }

  function goOn(intent: Intent): void {
    const at = deps.here();
    const isAwaited = at?.followed(intent.intentId, 'settled')?.awaitsContactBy === true;
    if (at === null || !isAwaited || asked.has(intent.intentId)) return;
    asked.set(intent.intentId, () => {});
    void ask(at, intent);
  }

  return {
    goOn,
    forget() {
      asked.forEach((cancel) => cancel());
      asked.clear();
    },
  };
}
