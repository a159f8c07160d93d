/** Which lists a referral joins or leaves by what became of an item of the outbox. Pure. */
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { Coded } from '../../contract/schema.ts';
import type { Followed } from '../kept-records/kept-records.ts';
import type { Intent } from '../outbox/record-schemas.ts';
import type { KeptListKind } from './held-lists.ts';

export interface ListMoves {
  /** Each is followed once for an intent, however often it is heard of. */
  readonly phase: Followed['phase'];
  readonly joins: { readonly list: KeptListKind; readonly reason: string } | null;
  readonly leaves: readonly {
    readonly list: KeptListKind;
    /** Only where the referral is on the list for one of these reasons; null: whatever the reason. */
    readonly reasons: readonly string[] | null;
  }[];
  /** The provider is to contact the patient on or before a day that is still to be worked out. */
  readonly hasContactBy: boolean;
}

/** Put on Watch by the desk itself until something came of it. */
const BY_THE_DESK = ['deferred', 'sent-for-triage'];
const OFF_WATCH = { list: 'WATCH', reasons: BY_THE_DESK } as const;
const NO_LETTER = { list: 'LETTERS_TO_PRINT', reasons: null } as const;
const LETTER_NOT_WANTED = { list: 'LETTERS_TO_PRINT', reasons: ['letter-asked'] } as const;

const settled = (moves: Partial<ListMoves>): ListMoves => ({
  phase: 'settled',
  joins: null,
  leaves: [],
  hasContactBy: false,
  ...moves,
});

/** Null where nothing follows from the item as it stands. */
export function movesOf(item: OutboxItem): ListMoves | null {
  if (item.action === 'letter') return movesOfLetter(item);
  if (item.state !== 'done') return null;
  switch (item.action) {
    case 'book':
      return settled({ joins: { list: 'LETTERS_TO_PRINT', reason: 'booked' }, leaves: [OFF_WATCH] });
    case 'defer':
      return settled({ joins: { list: 'WATCH', reason: 'deferred' }, hasContactBy: true });
    case 'send-for-triage':
      return settled({ joins: { list: 'WATCH', reason: 'sent-for-triage' }, hasContactBy: true });
    case 'cancel-appointment':
    case 'cancel-later':
      return settled({ leaves: [NO_LETTER] });
    case 'cancel-referral':
      return settled({ leaves: [NO_LETTER, OFF_WATCH] });
    default:
      return null;
  }
}

function movesOfLetter({ state }: OutboxItem): ListMoves | null {
  switch (state) {
    case 'done':
      return settled({ leaves: [NO_LETTER] });
    case 'withdrawn':
    case 'refused':
      return settled({ leaves: [LETTER_NOT_WANTED] });
    case 'unreadable':
      return null;
    default:
      return { ...settled({ joins: { list: 'LETTERS_TO_PRINT', reason: 'letter-asked' } }), phase: 'asked' };
  }
}

/** The priority as the intent has it: not every action needs one. */
export function priorityOf(intent: Intent): Coded | null {
  const isStated =
    intent.action === 'book' || intent.action === 'defer' || intent.action === 'send-for-triage';
  return isStated ? { code: intent.priority, display: intent.saw.priority || intent.priority } : null;
}
