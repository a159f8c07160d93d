import type { AuditEntry } from '../../app/ports.ts';
import type { Facts } from '../../contract/outcome.ts';
import type { Desk } from '../session/session.ts';
import { TRAIL_EVENT } from './entry-kinds.ts';

/** What happened to the trail itself: it was looked at, saved, found broken, or its oldest rows went. */
export function trailEntry(
  host: string,
  event: {
    readonly outcome: string;
    readonly facts: Facts;
    readonly desk?: Desk;
    /** Of whom was looked for: who looks after a patient's rows is to be found among them. */
    readonly ubrn?: string;
    readonly nhsNumber?: string;
  },
): AuditEntry {
  const { outcome, facts, desk, ubrn = '', nhsNumber = '' } = event;
  return {
    ...{ type: TRAIL_EVENT, method: 'LOCAL', resource: '', ubrn, nhsNumber, host, outcome, facts },
    userId: desk?.userId ?? '',
    onBehalfOf: desk?.onBehalfOf ?? '',
    organisation: desk?.organisation ?? '',
    businessFunction: desk?.businessFunction ?? '',
    correlationId: '',
    ...(desk === undefined ? {} : { sitting: desk.sitting }),
  };
}
