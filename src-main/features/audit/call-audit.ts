import type { ReferralView } from '../../contract/channels/referral.ts';
import { toIso } from '../../contract/london-time.ts';
import type { AppSettings, Audit, AuditEntry, Clock, Log } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';

/** What the client reports of a call that ended; identifiers are the operation's own input, never a URL. */
export interface AuditedCall {
  readonly operation: string;
  readonly name: string;
  readonly method: AuditEntry['method'];
  readonly outcomeKind: string;
  readonly status: number;
  readonly codes: readonly string[];
  readonly correlationId: string;
  readonly ubrn: string;
  readonly nhsNumber: string;
}

const RESOURCES: Readonly<Record<string, string>> = {
  A005: 'Referral Request',
  A008: 'Worklist',
  A015: 'Slot',
  A016: 'Appointment Request',
  A019: 'Patient Letter',
  A038: 'Appointment Request',
  PDS: 'Patient',
};

const HISTORY_PER_REFERRAL = 20;

export interface CallAudit {
  readonly record: (call: AuditedCall) => void;
  /** A local event that concerns a referral: a refused identifier, an unmasked access code. */
  readonly recordLocalEvent: (ubrn: string, code: string) => void;
  readonly historyOf: (ubrn: string) => ReferralView['history'];
}

/** Writes every call to e-RS into the audit trail, failed ones too (contract.md section 12). */
export function createCallAudit(deps: {
  audit: () => Audit | null;
  desk: () => Desk | null;
  clock: Clock;
  log: Log;
  settings: AppSettings;
}): CallAudit {
  const history = new Map<string, ReferralView['history']>();
  const host = new URL(deps.settings.baseUrl).host;

  const remember = (ubrn: string, what: string, code: string) => {
    if (ubrn === '') return;
    const known = history.get(ubrn) ?? [];
    history.set(
      ubrn,
      [{ at: toIso(deps.clock.nowMs()), what, code }, ...known].slice(0, HISTORY_PER_REFERRAL),
    );
  };

  const append = (
    part: Pick<
      AuditEntry,
      'type' | 'method' | 'resource' | 'ubrn' | 'nhsNumber' | 'correlationId' | 'outcome' | 'facts'
    >,
  ) => {
    const desk = deps.desk();
    try {
      deps.audit()?.append({
        userId: desk?.userId ?? '',
        onBehalfOf: desk?.onBehalfOf ?? '',
        organisation: desk?.organisation ?? '',
        businessFunction: desk?.businessFunction ?? '',
        host,
        ...part,
      });
    } catch (error) {
      // Reading goes on when the disk is full; the gap itself is on record in the log.
      deps.log.write('error', 'audit-not-written', {
        reason: String((error as { code?: unknown }).code ?? 'unknown'),
      });
    }
  };

  return {
    record(call) {
      if (call.operation === 'A019' || call.operation === 'A016')
        remember(call.ubrn, call.name, call.codes[0] ?? call.outcomeKind);
      append({
        type: `API ${call.name}`,
        method: call.method,
        resource: RESOURCES[call.operation] ?? '',
        ubrn: call.ubrn,
        nhsNumber: call.nhsNumber,
        correlationId: call.correlationId,
        outcome: call.codes[0] ?? call.outcomeKind,
        facts: { operation: call.operation, status: call.status },
      });
    },
    recordLocalEvent(ubrn, code) {
      remember(ubrn, 'Local event', code);
      append({
        type: 'Local event',
        method: 'LOCAL',
        resource: '',
        ubrn,
        nhsNumber: '',
        correlationId: '',
        outcome: code,
        facts: {},
      });
    },
    historyOf: (ubrn) => [...(history.get(ubrn) ?? [])],
  };
}
