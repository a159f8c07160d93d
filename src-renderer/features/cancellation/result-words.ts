/**
 * What the state of an outbox item means for the clerk (screens.md section 13), for every action that is reviewed in
 * the right pane. Only `done` is worded as done; every other heading says NOT … or NOT CONFIRMED.
 */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { formatClock } from '../../../src-main/contract/london-time.ts';
import type { DeferralWords } from '../booking/deferral-words.ts';
import { reasonWords } from '../outbox/outbox-code-words.ts';
import { tellPatient } from '../outbox/tell-patient.ts';
import type { CodeWords } from './code-words.ts';

export type ResultWords = DeferralWords;
export type StateWords = Omit<ResultWords, 'tellPatient'>;

/** How one action is worded. */
export interface ActionLanguage {
  /** `NOT CANCELLED`. */
  readonly not: string;
  /** What it is done to; a referral where nothing is said. */
  readonly thing?: 'request' | 'referral';
  /** The key of its panel: its text is kept for the next review. */
  readonly key: string;
  readonly refusals: Readonly<Record<string, CodeWords>>;
  /** `next` where F5 finds out nothing. */
  readonly unknown: { readonly heading: string; readonly meaning: string; readonly next?: string };
  /** What the desk does with it once the connection is back. */
  readonly whenBack: string;
  done(item: OutboxItem): StateWords;
}

const OUTBOX = 'F12 opens the outbox.';
const NO_LINE = ['', 'no-connection', 'offline', 'not-sent'];

/** Heading, meaning, what to tell the patient and what to press, for every state and code. */
export function resultWords(item: OutboxItem, language: ActionLanguage): ResultWords {
  return { ...stateWords(item, language), tellPatient: tellPatient(item).spoken };
}

function stateWords(item: OutboxItem, language: ActionLanguage): StateWords {
  const { not, thing = 'referral' } = language;
  const waitHere = `Wait here, or go on with another ${thing} (Esc): this one stays frozen.`;
  const busy = (heading: string, meaning: string): StateWords => ({
    ...{ heading, meaning },
    tone: 'busy',
    next: waitHere,
  });
  switch (item.state) {
    case 'done':
      return language.done(item);
    case 'queued':
      return waits(
        `${not} yet: queued`,
        item.behind === null
          ? 'It is saved at this desk and its turn comes next.'
          : `It waits behind an earlier action on this ${thing}, such as a file that goes with it.`,
      );
    case 'waiting':
      return waitingWords(item, language);
    case 'needs-sign-in':
      return waits(
        `${not} yet: needs your sign-in`,
        because(item, 'It is kept in the outbox.'),
        `Sign in again in the same role. ${OUTBOX}`,
      );
    case 'checking':
      return busy(`${not} yet: checking`, `The ${thing} is read once more before anything is sent.`);
    case 'sending':
      return busy('NOT CONFIRMED yet: sent, waiting for the answer', 'It cannot be called back.');
    case 'confirming':
      return busy('NOT CONFIRMED yet: accepted, being read back', 'The desk checks that e-RS shows it.');
    case 'unknown':
      return unknownWords(item, language);
    default:
      return endedWords(item, language);
  }
}

const waits = (
  heading: string,
  meaning: string,
  next = `${OUTBOX} Esc goes on with another patient.`,
): StateWords => ({ ...{ heading, meaning, next }, tone: 'not-booked' });
const because = (item: OutboxItem, otherwise: string) => reasonWords(item)?.meaning ?? otherwise;

function waitingWords(item: OutboxItem, { not, whenBack }: ActionLanguage): StateWords {
  if (!NO_LINE.includes(item.code)) return waits(`${not} yet: waiting`, because(item, 'Nothing was sent.'));
  return waits(
    `${not}: queued, waiting for the connection`,
    `e-RS cannot be reached; nothing was sent. ${whenBack}`,
  );
}

function unknownWords(
  item: OutboxItem,
  { unknown, refusals, thing = 'referral' }: ActionLanguage,
): StateWords {
  const answered = refusals[item.code]?.meaning;
  const check = item.nextCheckAt === null ? 'by itself' : `at ${formatClock(item.nextCheckAt)}`;
  return {
    heading: `NOT CONFIRMED: ${unknown.heading}`,
    tone: 'not-confirmed',
    meaning: `${answered ?? unknown.meaning} The desk checks again ${check}.`,
    next: unknown.next ?? `F5 checks now. Do nothing else with this ${thing} meanwhile.`,
  };
}

/** The states that go no further by themselves. */
function endedWords(item: OutboxItem, language: ActionLanguage): StateWords {
  const { thing = 'referral' } = language;
  const heading = endedHeading(item, language.not, thing);
  const tone = heading.startsWith('NOT CONFIRMED') ? 'not-confirmed' : 'not-booked';
  const refusal = language.refusals[item.code];
  if (refusal !== undefined && item.state === 'refused') return { heading, tone, ...refusal };
  return {
    ...{ heading, tone },
    meaning: refusal?.meaning ?? because(item, endedMeaning(item, thing)),
    next: endedNext(item, language.key, thing),
  };
}

function endedMeaning({ state, code, sentAt }: OutboxItem, thing: string): string {
  if (state === 'refused') return `e-RS refused it${code === '' ? '' : ` (code ${code})`}.`;
  return sentAt === null ? 'Nothing was sent.' : `Look at the ${thing} first (F5).`;
}

/** What went out and was not settled by an answer may have been done. */
function endedHeading({ state, sentAt, code }: OutboxItem, notDone: string, thing: string): string {
  const isUndone = sentAt === null || code === 'not-done' || code === 'refused-as-stale';
  const not = isUndone ? notDone : 'NOT CONFIRMED';
  switch (state) {
    case 'refused':
      return `${notDone}: refused`;
    case 'conflict':
      return `${not}: the ${thing} has changed`;
    case 'expired':
      return `${not}: it needs your word again`;
    case 'withdrawn':
      return `${notDone}: taken back`;
    case 'unreadable':
      return 'NOT CONFIRMED: its record cannot be read';
    default:
      return `${not}: it needs you`;
  }
}

function endedNext({ state, may }: OutboxItem, key: string, thing: string): string {
  const again = `${key} reviews it again: your text is kept.`;
  if (state === 'refused' || state === 'withdrawn') return `F5 reads the ${thing} again. ${again}`;
  const confirm = may.confirm ? ' Ctrl+Enter there sends it after the same checks.' : '';
  if (state === 'conflict')
    return `F12 shows what you saw, what is now and what you asked for.${confirm || ` Then ${again}`}`;
  const withdraw = may.withdraw ? ' Del there takes it back.' : '';
  return `${OUTBOX}${confirm}${withdraw}`;
}
