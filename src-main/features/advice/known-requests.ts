/**
 * What the patient has been asked about already: A044 has no pin, and no list of e-RS shows a referrer their requests,
 * so what this desk knows is shown before another is made (hazard 19).
 */
import type { AdviceRow, KnownRequest } from '../../contract/channels/advice.ts';
import type { Intent } from '../outbox/record-schemas.ts';

/** A request that went out and whose answer never came. */
interface Unanswered {
  readonly intent: Pick<Intent, 'action' | 'serviceName'>;
  readonly sentAt: string | null;
}

const ENDED: readonly string[] = [
  'CONVERSATION_ENDED_CANCELLED',
  'CONVERSATION_ENDED_CLOSED',
  'ADVICE_CONVERTED',
];
const MOST_KNOWN = 50;
const MOST_NAME = 200;

/** The alike ones first, then the newest; `serviceName` is the service that is asked now. */
export function knownRequests(
  serviceName: string,
  rows: readonly AdviceRow[],
  unanswered: readonly Unanswered[],
): KnownRequest[] {
  const isHere = (name: string) => name.slice(0, MOST_NAME) === serviceName.slice(0, MOST_NAME);
  const open = unanswered
    .filter(({ intent }) => intent.action === 'request-advice')
    .map(({ intent, sentAt }): KnownRequest => ({
      ...{ ubrn: null, category: null, at: sentAt },
      serviceName: intent.serviceName.slice(0, MOST_NAME),
      isAlike: isHere(intent.serviceName),
    }));
  const made = rows.map((row): KnownRequest => ({
    ...{ ubrn: row.ubrn, serviceName: row.serviceName, category: row.category },
    at: row.firstRequested ?? row.lastUpdated,
    isAlike: isHere(row.serviceName) && !ENDED.includes(row.category.code),
  }));
  return [...open, ...made]
    .toSorted((a, b) => Number(b.isAlike) - Number(a.isAlike) || ((a.at ?? '') < (b.at ?? '') ? 1 : -1))
    .slice(0, MOST_KNOWN);
}
