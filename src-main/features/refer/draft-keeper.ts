/** The one draft of a person: sealed on this desk, in memory as well for as long as they sit here. */
import type { ReferDraft, ReferForm } from '../../contract/channels/refer.ts';
import type { NhsNumber } from '../../contract/identifiers.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Desk } from '../session/session.ts';
import type { ReferDesk } from './refer-desk.ts';

const NAME = 'draft';

export interface DraftKeeper {
  readonly read: (desk: Desk) => ReferDraft | null;
  readonly save: (desk: Desk, nhsNumber: NhsNumber, form: ReferForm) => void;
  readonly discard: (desk: Desk) => void;
  readonly isKept: () => boolean;
  /** From memory alone: what is sealed stays for its person. */
  readonly forget: () => void;
}

export function createDraftKeeper({ kept, clock }: Pick<ReferDesk, 'kept' | 'clock'>): DraftKeeper {
  let held: ReferDraft | null = null;
  return {
    read(desk) {
      held ??= kept().load(desk, 'referDraft').values[0] ?? null;
      return held;
    },
    save(desk, nhsNumber, form) {
      held = { nhsNumber, form, savedAt: toIso(clock.nowMs()) };
      kept().put(desk, 'referDraft', NAME, held);
    },
    discard(desk) {
      held = null;
      kept().remove(desk, 'referDraft', NAME);
    },
    isKept: () => kept().isKept(),
    forget: () => void (held = null),
  };
}
