/** What a colleague in the same role and organisation may see and do: look, read back, never send (screens.md 10). */
import type { HandoverItem } from '../../contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock } from '../../app/ports.ts';
import type { StoredIntent, StoredRow } from './intent-store.ts';
import { standingOf, viewHandover } from './item-view.ts';
import type { Outbox } from './outbox.ts';
import { ownerOf } from './owner.ts';
import type { AtDesk, RunAtDesk } from './outbox-desk.ts';

export interface Handover {
  readonly read: () => Outcome<{ items: HandoverItem[] }>;
  readonly readBack: (input: { intentId: string }) => Promise<Outcome<HandoverItem>>;
}

export interface HandoverPorts {
  readonly clock: Clock;
  readonly auditHandover: (count: number) => void;
  readonly auditReadBack: (ubrn: string) => void;
}

export function createHandover(atDesk: RunAtDesk, ports: HandoverPorts): Handover {
  const viewOf = (outbox: Outbox, stored: StoredIntent): HandoverItem => {
    const live = outbox.engine.entry(stored.intent.intentId)?.standing ?? null;
    return viewHandover({ stored, standing: standingOf(stored, live, ports.clock.monotonicMs()) });
  };
  const colleagues = ({ store, desk }: AtDesk) => storedOf(store.listColleagues(ownerOf(desk)));

  return {
    read: () =>
      atDesk((at) => {
        const items = colleagues(at).map((stored) => viewOf(at.outbox, stored));
        ports.auditHandover(items.length);
        return ok({ items });
      }),
    async readBack({ intentId }) {
      const begun = atDesk((at) => {
        const stored = colleagues(at).find((candidate) => candidate.intent.intentId === intentId);
        if (stored === undefined) return fail('not-found', 'no-such-intent');
        ports.auditReadBack(stored.intent.ubrn);
        const isRead = at.outbox.readForColleague(at.desk, intentId);
        return isRead === null ? fail('rejected', 'nothing-to-read-back') : ok({ isRead });
      });
      if (!begun.ok) return begun;
      await begun.value.isRead;
      return atDesk(({ store, outbox }) => {
        const row = store.read(intentId);
        return row?.kind === 'stored' ? ok(viewOf(outbox, row.stored)) : fail('not-found', 'no-such-intent');
      });
    },
  };
}

const storedOf = (rows: readonly StoredRow[]) =>
  rows.flatMap((row) => (row.kind === 'stored' ? [row.stored] : []));
