import type { ReferralView } from '../../contract/channels/referral.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Facts } from '../../contract/outcome.ts';
import type { AppSettings, Audit, AuditEntry, Clock, Log } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';

/** What the client reports of a call that ended; `input` holds the operation's business values, never a URL. */
export interface AuditedCall {
  readonly operation: string;
  readonly method: string;
  readonly host: string;
  readonly outcome: string;
  readonly status: number;
  readonly codes: readonly string[];
  readonly correlationId: string;
  readonly input: unknown;
}

/** Audit type and resource type of each call (contract.md section 12, extended to the booking calls). */
const KINDS: Readonly<Record<string, { readonly type: string; readonly resource: string }>> = {
  A001: { type: 'API Establish Session', resource: '' },
  A002: { type: 'API Select Role', resource: '' },
  A003: { type: 'API Close Session', resource: '' },
  A004: { type: 'API Retrieve Reference Data', resource: '' },
  A005: { type: 'API Retrieve Request Summary', resource: 'Referral Request' },
  A006: { type: 'API Retrieve Clinical Attachment', resource: 'Clinical Attachment' },
  A007: { type: 'API Retrieve Clinical Information', resource: 'Referral Request' },
  A008: { type: 'API Retrieve Request List', resource: 'Worklist' },
  A015: { type: 'API Retrieve Slots', resource: 'Slot' },
  A016: { type: 'API Book Appointment', resource: 'Appointment Request' },
  A019: { type: 'API Generate Patient Letter', resource: 'Patient Letter' },
  A020: { type: 'API Upload File', resource: 'Clinical Attachment' },
  A022: { type: 'API Cancel Appointment, Action Later', resource: 'Appointment Request' },
  A029: { type: 'API Retrieve Available Actions', resource: 'Referral Request' },
  A030: { type: 'API Professional login attempt', resource: '' },
  A031: { type: 'API Change Shortlist', resource: 'Referral Request' },
  A033: { type: 'API Retrieve Service', resource: 'Healthcare Service' },
  A034: { type: 'API Cancel Appointment', resource: 'Appointment Request' },
  A035: { type: 'API Search Services', resource: 'Healthcare Service' },
  A036: { type: 'API Cancel Referral', resource: 'Referral Request' },
  A038: { type: 'API Retrieve Appointment', resource: 'Appointment Request' },
  A040: { type: 'API Retrieve On Behalf Of Practitioners', resource: '' },
  A042: { type: 'API Retrieve Clinical Attachment', resource: 'Clinical Attachment' },
  PDS: { type: 'PDS Retrieve Patient', resource: 'Patient' },
};

/** The calls that a clerk knows as their own deeds; reading a referral again is none. */
const IN_HISTORY = ['A006', 'A007', 'A016', 'A019', 'A022', 'A031', 'A034', 'A036', 'A042'];
const HISTORY_PER_REFERRAL = 20;

export interface CallAudit {
  /** Records a call as made by `caller`, who may have left the desk since (null: nobody); absent, who is there now. */
  readonly record: (call: AuditedCall, caller?: Desk | null) => void;
  /** A local event that concerns a referral: a refused identifier, an unmasked access code. */
  readonly recordLocalEvent: (ubrn: string, code: string) => void;
  readonly historyOf: (ubrn: string) => ReferralView['history'];
  /** Forgets what the desk showed of its own doings; the trail on disk stays. */
  readonly forget: () => void;
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
    desk: Desk | null,
    part: Omit<AuditEntry, 'userId' | 'onBehalfOf' | 'organisation' | 'businessFunction'>,
  ) => {
    try {
      deps.audit()?.append({
        userId: desk?.userId ?? '',
        onBehalfOf: desk?.onBehalfOf ?? '',
        organisation: desk?.organisation ?? '',
        businessFunction: desk?.businessFunction ?? '',
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
    record(call, caller = deps.desk()) {
      const { ubrn, nhsNumber } = subjectOf(call.input);
      const outcome = call.codes[0] ?? call.outcome;
      const { type, resource } = KINDS[call.operation] ?? { type: `API ${call.operation}`, resource: '' };
      const isOfThisDesk = caller !== null && caller.sitting === deps.desk()?.sitting;
      if (IN_HISTORY.includes(call.operation) && isOfThisDesk) remember(ubrn, type, outcome);
      const { operation, status, correlationId, host } = call;
      const method = methodOf(call.method);
      append(caller, {
        type,
        method,
        resource,
        ubrn,
        nhsNumber,
        correlationId,
        outcome,
        host,
        facts: { operation, status, ...fileOf(call.input) },
      });
    },
    recordLocalEvent(ubrn, code) {
      remember(ubrn, 'Local event', code);
      append(deps.desk(), {
        host,
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
    forget: () => history.clear(),
  };
}

/** The fields of an attachment (contract.md section 12), where the call was about one. */
function fileOf(input: unknown): Facts {
  const values = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const { id, attachmentType, fileName } = values;
  const isFile = typeof id === 'string' && typeof attachmentType === 'string' && typeof fileName === 'string';
  return isFile ? { attachmentId: id, attachmentType, fileName } : {};
}

/** The referral and the patient that a call was about, from its business values. */
function subjectOf(input: unknown): { readonly ubrn: string; readonly nhsNumber: string } {
  const values = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const textOf = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  return { ubrn: textOf('ubrn'), nhsNumber: textOf('nhsNumber') };
}

function methodOf(method: string): AuditEntry['method'] {
  return method === 'POST' || method === 'PUT' || method === 'DELETE' ? method : 'GET';
}
