/** Why a key of the outbox cannot be used on an item now, in words (screens.md section 0: never fail silently). */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { assertNever } from '../../../src-main/contract/assert-never.ts';
import { mayHappenWords } from './item-words.ts';
import { actionWords, isUnproven } from './outbox-actions.ts';
import { isFinished } from './outbox-states.ts';

export type ItemKey = keyof OutboxItem['may'];

/** How long a comment may be (contract.md, A016 and A022); actions that are not here have none. */
const COMMENT_LIMITS: Partial<Record<OutboxItem['action'], number>> = {
  defer: 1000,
  'cancel-later': 2000,
  'reject-referral': 2000,
  'record-review': 2000,
  'convert-advice': 2000,
};

/** The longest comment of an item, or null when its action has none. */
export function commentLimit({ action }: Pick<OutboxItem, 'action'>): number | null {
  return COMMENT_LIMITS[action] ?? null;
}

/** True, or why the key cannot be used on this item. */
export function mayUse(key: ItemKey, item: OutboxItem | null, nowMs: number): true | string {
  if (item === null) return 'choose an item first with the arrow keys.';
  if (item.may[key]) return true;
  if (key === 'redo' && isLetterToPrint(item)) return true;
  if (item.state === 'unreadable') {
    const wayOn = item.may.withdraw ? ' Once that is clear, Del takes it off this list.' : '';
    return `this record cannot be opened any more. Call the service desk; look in e-RS whether it was done.${wayOn}`;
  }
  switch (key) {
    case 'confirm':
      return whyNotConfirm(item);
    case 'edit':
      return whyNotEdit(item);
    case 'withdraw':
      return whyNotWithdraw(item, nowMs);
    case 'readBack':
      return isFinished(item.state)
        ? 'it is finished: there is nothing left to find out.'
        : 'nothing of it was sent yet, so there is nothing to read back.';
    case 'redo':
      if (isAskedElsewhere(item) && item.state !== 'done')
        return `“${actionWords(item.action).title}” is asked for anew where it was asked for.`;
      return isFinished(item.state)
        ? 'it is finished. F2 finds the referral.'
        : 'it is still under way, so it is not made anew.';
    default:
      return assertNever(key);
  }
}

const ASKED_ELSEWHERE: readonly OutboxItem['action'][] = [
  'create-referral',
  'create-and-triage',
  'send-advice',
  'convert-advice',
  'request-advice',
];
/** There is no referral whose review could take its place. */
const isAskedElsewhere = ({ action }: OutboxItem) => ASKED_ELSEWHERE.includes(action);

/** A letter that waits for its clerk is fetched and printed from the referral (F9). */
const isLetterToPrint = ({ action, state, ubrn }: OutboxItem) =>
  action === 'letter' && state === 'needs-you' && ubrn !== null;

const finishedWords = ({ action, state }: OutboxItem) =>
  state === 'done' ? `it is ${actionWords(action).participle} already.` : 'it is finished.';

function whyNotConfirm(item: OutboxItem): string {
  if (isFinished(item.state)) return `${finishedWords(item)} Nothing is sent again.`;
  if (item.state === 'sending' || item.state === 'checking') return 'it is on its way now.';
  if (item.behind !== null) return 'it waits behind an earlier action on this referral.';
  if (item.action === 'letter') return 'a letter is printed from the referral (Enter, then F9).';
  if (item.state === 'needs-sign-in') return 'sign in again, or take the role that it needs (Alt+R).';
  if (item.may.redo) {
    return 'the referral has changed since your review. Enter opens it: look, then review it afresh.';
  }
  if (isUnproven(item))
    return 'it may have been carried out already. F5 reads it back; it is not sent blindly again.';
  return 'it goes by itself; no key is needed.';
}

function whyNotEdit(item: OutboxItem): string {
  if (commentLimit(item) === null) return `“${actionWords(item.action).title}” has no comment.`;
  if (isFinished(item.state)) return finishedWords(item);
  return 'it was sent already, or is on its way: what was sent cannot be changed.';
}

function whyNotWithdraw(item: OutboxItem, nowMs: number): string {
  if (isFinished(item.state)) return `${finishedWords(item)} There is nothing to take back.`;
  const until = mayHappenWords(item, nowMs);
  if (until !== '') return `it ${until}. F5 reads back what became of it.`;
  if (isUnproven(item)) return 'it is not known yet whether it was carried out. F5 reads it back.';
  return 'it is on its way now.';
}
