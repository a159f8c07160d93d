import type { OutboxSummary } from '../../../src-main/contract/channels/outbox.ts';
import { countOf } from '../../app/format.ts';

/** The header's outbox in a few words. */
export function outboxBadge(summary: OutboxSummary | null): string {
  if (summary === null) return 'Outbox: not read';
  if (!summary.canWrite) return 'Outbox: bookings off';
  if (summary.open === 0) return 'Outbox empty';
  const unknown = summary.unknown === 0 ? '' : `, ${summary.unknown} not confirmed`;
  return `Outbox ${summary.open} open${unknown}`;
}

/** What the outbox holds, for its panel. */
export function outboxSentences(summary: OutboxSummary): readonly string[] {
  if (summary.open === 0) return ['Nothing is waiting: every action of yours has an answer.'];
  const lines = [
    `${countOf(summary.open, 'action')} of yours ${summary.open === 1 ? 'is' : 'are'} not finished.`,
  ];
  if (summary.unknown > 0) {
    lines.push(
      `${countOf(summary.unknown, 'booking')} NOT CONFIRMED: the desk keeps reading the referral until it knows. Do not book these again.`,
    );
  }
  lines.push('Tell the patients of open actions: not booked yet.');
  return lines;
}
