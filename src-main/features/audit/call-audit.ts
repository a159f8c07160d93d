import type { ReferralView } from '../../contract/channels/referral.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Facts } from '../../contract/outcome.ts';
import type { AppSettings, Audit, AuditEntry, Clock, Log } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';
import { CALL_KINDS, LOCAL_EVENT } from './entry-kinds.ts';

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
  /** e-RS's own id of it. */
  readonly transactionId?: string;
  /** What its answer says of what it is about. */
  readonly named?: {
    readonly version: number | null;
    readonly nhsNumber: string;
    readonly ubrn: string;
    readonly documentId: string;
  };
}

/** The calls that a clerk knows as their own deeds; reading a referral again is none. */
const IN_HISTORY = ['A006', 'A007', 'A016', 'A019', 'A022', 'A031', 'A034', 'A036', 'A042'];
const HISTORY_PER_REFERRAL = 20;
/** The calls that change something: their answer's version is the one after. */
const WRITES = ['POST', 'PUT', 'DELETE'];
const MOST_KNOWN = 2_000;
const READ_REFERRAL = 'A005';
/** Pinned to the referral, answered with an appointment, which counts its own versions. */
const BOOKING = 'A016';

type Part = Omit<AuditEntry, 'userId' | 'onBehalfOf' | 'organisation' | 'businessFunction' | 'sitting'>;

export interface CallAudit {
  /**
   * Records a call as made by `caller`, who may have left the desk since (null: nobody); absent, who is there now.
   * `userId` is who signs in, where nobody is at the desk yet.
   */
  readonly record: (call: AuditedCall, caller?: Desk | null, userId?: string) => void;
  /** A local event that concerns a referral: a refused identifier, an unmasked access code. */
  readonly recordLocalEvent: (ubrn: string, code: string) => void;
  /** A local event that concerns nobody: the clock of this machine, for one. */
  readonly recordDeskEvent: (code: string, facts: Facts) => void;
  /** The version of a referral that was read last in this sitting; null when none was. */
  readonly versionOf: (ubrn: string) => number | null;
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
  /** Whose referral it is: many calls name the UBRN alone, and the trail names both (contract.md section 12). */
  const patients = new Map<string, string>();
  const versions = new Map<string, number>();
  const host = new URL(deps.settings.baseUrl).host;

  const remember = (ubrn: string, what: string, code: string) => {
    if (ubrn === '') return;
    const known = history.get(ubrn) ?? [];
    history.set(
      ubrn,
      [{ at: toIso(deps.clock.nowMs()), what, code }, ...known].slice(0, HISTORY_PER_REFERRAL),
    );
  };

  function patientOf(ubrn: string, named: string): string {
    if (ubrn === '' || named === '') return named || (patients.get(ubrn) ?? '');
    noteIn(patients, ubrn, named);
    return named;
  }

  const append = (desk: Desk | null, part: Part, userId = '') => {
    try {
      deps.audit()?.append({
        userId: desk?.userId ?? userId,
        onBehalfOf: desk?.onBehalfOf ?? '',
        organisation: desk?.organisation ?? '',
        businessFunction: desk?.businessFunction ?? '',
        ...(desk === null ? {} : { sitting: desk.sitting }),
        ...part,
      });
    } catch (error) {
      // Reading goes on when the disk is full; the gap itself is on record in the log.
      deps.log.write('error', 'audit-not-written', {
        reason: String((error as { code?: unknown }).code ?? 'unknown'),
      });
    }
  };

  const local = (outcome: string, facts: Facts): Part => ({
    ...{ host, type: LOCAL_EVENT, resource: '', ubrn: '', nhsNumber: '', correlationId: '', outcome, facts },
    method: 'LOCAL',
  });

  return {
    record(call, caller = deps.desk(), userId = '') {
      const asked = subjectOf(call.input);
      const ubrn = asked.ubrn || (call.named?.ubrn ?? '');
      const nhsNumber = patientOf(ubrn, asked.nhsNumber || (call.named?.nhsNumber ?? ''));
      const outcome = call.codes[0] ?? call.outcome;
      if (call.operation === READ_REFERRAL && call.named?.version != null)
        noteIn(versions, ubrn, call.named.version);
      const { type, resource } = CALL_KINDS[call.operation] ?? {
        type: `API ${call.operation}`,
        resource: '',
      };
      const isOfThisDesk = caller !== null && caller.sitting === deps.desk()?.sitting;
      if (IN_HISTORY.includes(call.operation) && isOfThisDesk) remember(ubrn, type, outcome);
      const { operation, status, correlationId, host } = call;
      const method = methodOf(call.method);
      const facts = { operation, status, ...traceOf(call), ...versionsOf(call), ...fileOf(call) };
      const part = { type, method, resource, ubrn, nhsNumber, correlationId, outcome, host, facts };
      append(caller, part, userId);
    },
    recordLocalEvent(ubrn, code) {
      remember(ubrn, LOCAL_EVENT, code);
      append(deps.desk(), { ...local(code, {}), ubrn, nhsNumber: patientOf(ubrn, '') });
    },
    recordDeskEvent: (code, facts) => append(deps.desk(), local(code, facts)),
    versionOf: (ubrn) => versions.get(ubrn) ?? null,
    historyOf: (ubrn) => [...(history.get(ubrn) ?? [])],
    forget() {
      history.clear();
      patients.clear();
      versions.clear();
    },
  };
}

/** Notes what is known of a referral; the oldest go when there are many. */
function noteIn<T>(known: Map<string, T>, ubrn: string, value: T): void {
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(ubrn, value);
}

const traceOf = ({ transactionId = '' }: AuditedCall): Facts =>
  transactionId === '' ? {} : { transactionId };

/** The version that a write was pinned to, and the one that its answer gives; of a read, the one that was read. */
function versionsOf({ operation, method, input, named }: AuditedCall): Facts {
  const version = named?.version;
  const { version: pin, appointmentVersion } = (
    typeof input === 'object' && input !== null ? input : {}
  ) as Record<string, unknown>;
  const read: Facts = version == null ? {} : { versionRead: version };
  if (!WRITES.includes(method)) return read;
  const before = typeof pin === 'number' ? pin : appointmentVersion;
  return {
    ...(typeof before === 'number' ? { versionBefore: before } : {}),
    ...(version == null ? {} : { [operation === BOOKING ? 'appointmentVersion' : 'versionAfter']: version }),
  };
}

/** The fields of an attachment (contract.md section 12), where the call was about one: fetched, or uploaded. */
function fileOf({ input, named }: AuditedCall): Facts {
  const values = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const { id, attachmentType, fileName, name, mediaType } = values;
  if (typeof id === 'string' && typeof attachmentType === 'string' && typeof fileName === 'string')
    return { attachmentId: id, attachmentType, fileName };
  if (typeof name !== 'string' || typeof mediaType !== 'string') return {};
  const documentId = named?.documentId ?? '';
  return {
    ...(documentId === '' ? {} : { attachmentId: documentId }),
    attachmentType: mediaType,
    fileName: name,
  };
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
