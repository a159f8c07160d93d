import type { OutboxSummary } from '../../../src-main/contract/channels/outbox.ts';
import { countOf } from '../../app/format.ts';

/** Why nothing can be saved, short enough for the header; the outbox says it in full. */
const WRITES_OFF: Readonly<Record<string, string>> = {
  corrupt: 'record damaged',
  'disk-full': 'disk full',
  io: 'disk fault',
  'key-damaged': 'key damaged',
  'key-missing': 'key missing',
  'key-not-kept': 'key not kept',
  'key-not-written': 'key not saved',
  'key-unreadable': 'key not readable',
  'lease-lost': 'another desk holds it',
  locked: 'record in use',
  'no-keyring': 'no keyring',
  'read-only': 'record read-only',
  'sqlite-too-old': 'program out of date',
  starting: 'starting',
  'storage-failed': 'record not opened',
  unreadable: 'record not readable',
};

/** The header's outbox in a few words: what is open, what is not confirmed, what needs the clerk. */
export function outboxBadge(summary: OutboxSummary | null): string {
  if (summary === null) return 'Outbox: not read';
  const parts = [
    ...(summary.canWrite ? [] : [`writes off: ${offWords(summary.writesOffReason)}`]),
    ...(summary.drain === null ? [] : [`sending ${summary.drain.done} of ${summary.drain.total}`]),
    ...(summary.unknown > 0 ? [`${summary.unknown} not confirmed`] : []),
    ...(summary.needsClerk > 0
      ? [`${summary.needsClerk} ${summary.needsClerk === 1 ? 'needs' : 'need'} you`]
      : []),
  ];
  const head = summary.open === 0 ? 'Outbox empty' : `Outbox ${summary.open} open`;
  return [head, ...parts].join(', ');
}

function offWords(reason: string | null): string {
  return WRITES_OFF[reason ?? ''] ?? (reason || 'reason not known');
}

/** True when the header must catch the eye. */
export function needsCare(summary: OutboxSummary | null): boolean {
  return summary !== null && (summary.unknown > 0 || summary.needsClerk > 0 || !summary.canWrite);
}

/** `3 actions are not done`. */
export function notDoneWords(open: number): string {
  return `${countOf(open, 'action')} ${open === 1 ? 'is' : 'are'} not done`;
}

/** The strip at the end of the booking day (screens.md section 9); empty when all is done or the day goes on. */
export function dayEndWords(summary: OutboxSummary | null): string {
  if (summary === null || !summary.isPastDayEnd || summary.open === 0) return '';
  return `${notDoneWords(summary.open)} and the day has ended.`;
}

/** What is not done by what it waits for, one line each; from the counts alone, without any patient. */
export function unfinishedLines(summary: OutboxSummary): readonly string[] {
  const { open, unknown, needsClerk, waiting } = summary;
  const moving = Math.max(0, open - unknown - needsClerk - waiting);
  return [
    ...(needsClerk > 0
      ? [`${countOf(needsClerk, 'action')} ${needsClerk === 1 ? 'needs' : 'need'} you`]
      : []),
    ...(unknown > 0 ? [`${countOf(unknown, 'action')} NOT CONFIRMED`] : []),
    ...(waiting > 0 ? [`${countOf(waiting, 'action')} waiting for a connection, a pause or the turn`] : []),
    ...(moving > 0 ? [`${countOf(moving, 'action')} under way now`] : []),
  ];
}

/** True when leaving must be asked about: something is open, or nobody knows. */
export function mustAskBeforeLeaving(summary: OutboxSummary | null): boolean {
  return summary === null || summary.open > 0;
}
