/** What was asked for, in words, and how far it got: everything that is not done says so (hazard 2). */
import type { OutboxAction, OutboxItem } from '../../../src-main/contract/channels/outbox.ts';

interface ActionWords {
  readonly title: string;
  /** Said of whatever is not done. */
  readonly not: string;
  readonly done: string;
  /** As in "may still be booked". */
  readonly participle: string;
}

const ACTIONS: Readonly<Record<OutboxAction, ActionWords>> = {
  book: { title: 'Book', not: 'NOT BOOKED', done: 'Booked', participle: 'booked' },
  defer: { title: 'Defer to provider', not: 'NOT DEFERRED', done: 'Deferred', participle: 'deferred' },
  'cancel-later': {
    title: 'Cancel, action later',
    not: 'NOT CANCELLED',
    done: 'Cancelled, to be acted on later',
    participle: 'cancelled',
  },
  'cancel-appointment': {
    title: 'Cancel appointment',
    not: 'NOT CANCELLED',
    done: 'Cancelled',
    participle: 'cancelled',
  },
  'cancel-referral': {
    title: 'Cancel referral',
    not: 'NOT CANCELLED',
    done: 'Referral cancelled',
    participle: 'cancelled',
  },
  'change-shortlist': {
    title: 'Change shortlist',
    not: 'NOT CHANGED',
    done: 'Shortlist changed',
    participle: 'changed',
  },
  'send-for-triage': {
    title: 'Send for triage',
    not: 'NOT SENT FOR TRIAGE',
    done: 'Sent for triage',
    participle: 'sent for triage',
  },
  'upload-file': { title: 'Upload file', not: 'NOT UPLOADED', done: 'Uploaded', participle: 'uploaded' },
  letter: { title: 'Print letter', not: 'NOT PRINTED', done: 'Printed', participle: 'printed' },
  'create-referral': {
    title: 'Create referral',
    not: 'NOT REFERRED',
    done: 'Referral created',
    participle: 'referred',
  },
  'create-and-triage': {
    title: 'Create referral, send for triage',
    not: 'NOT REFERRED',
    done: 'Referred for triage',
    participle: 'referred',
  },
  'maintain-letter': {
    title: 'Change the referral letter',
    not: 'NOT CHANGED',
    done: 'Referral letter changed',
    participle: 'changed',
  },
  'accept-referral': {
    title: 'Accept referral',
    not: 'NOT ACCEPTED',
    done: 'Referral accepted',
    participle: 'accepted',
  },
  'reject-referral': {
    title: 'Reject referral',
    not: 'NOT REJECTED',
    done: 'Referral rejected',
    participle: 'rejected',
  },
  'record-review': {
    title: 'Record review outcome',
    not: 'NOT RECORDED',
    done: 'Review outcome recorded',
    participle: 'recorded',
  },
  'send-advice': { title: 'Send advice', not: 'NOT SENT', done: 'Advice sent', participle: 'sent' },
  'convert-advice': {
    title: 'Convert advice to referral',
    not: 'NOT CONVERTED',
    done: 'Converted to a referral',
    participle: 'converted',
  },
  'request-advice': {
    title: 'Ask for advice',
    not: 'NOT SENT',
    done: 'Advice asked for',
    participle: 'sent',
  },
};

/** Codes of a sent item after which a read-back has shown that nothing of it took effect in e-RS. */
const SHOWN_NOT_DONE = ['not-done', 'refused-as-stale'];

export function actionWords(action: OutboxAction): ActionWords {
  return ACTIONS[action];
}

type Sent = Pick<OutboxItem, 'state' | 'code' | 'attempt' | 'sentAt'>;

/** True while nobody knows whether it took effect: it went out, and no read-back has told. */
export function isUnproven({ state, code, attempt, sentAt }: Sent): boolean {
  if (['sending', 'confirming', 'unknown'].includes(state)) return true;
  const wentOut = attempt > 0 || sentAt !== null;
  return wentOut && ['conflict', 'needs-you', 'expired'].includes(state) && !SHOWN_NOT_DONE.includes(code);
}

/** How far an item got: `Booked`, `NOT BOOKED`, `NOT BOOKED yet`, `NOT CONFIRMED`. Only `done` is worded as done. */
export function standingWords(item: Sent & Pick<OutboxItem, 'action'>): string {
  const words = ACTIONS[item.action];
  if (item.state === 'done') return words.done;
  if (item.state === 'unreadable') return 'NOT KNOWN';
  if (isUnproven(item)) return 'NOT CONFIRMED';
  const isOver = item.state === 'refused' || item.state === 'withdrawn';
  return isOver ? words.not : `${words.not} yet`;
}
