import type { FindResult, ReferralView } from '../../contract/channels/referral.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import {
  parseTypedNhsNumber,
  parseUbrn,
  stripSeparators,
  type NhsNumber,
  type ServiceId,
  type Ubrn,
} from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Coded } from '../../contract/schema.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Referral, ServiceRecord } from '../../ers/model.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a029RetrieveAvailableActions } from '../../ers/operations/a029-retrieve-available-actions.ts';
import { a035SearchHealthcareServices } from '../../ers/operations/a035-search-healthcare-services.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { Desk } from '../session/session.ts';
import { isSecondIdentifier } from './second-identifier.ts';
import { viewReferral } from './referral-view.ts';

/** A referral that this desk holds open, as last read. */
export interface OpenReferral {
  readonly referral: Referral;
  readonly patient: PatientDetails | null;
  readonly services: readonly ServiceRecord[];
  readonly view: ReferralView;
}

export interface ReferralFeature {
  readonly find: (input: { text: string }) => Outcome<FindResult>;
  readonly openReferral: (input: {
    ubrn: string;
    secondIdentifier: string | null;
  }) => Promise<Outcome<ReferralView>>;
  readonly reread: (input: { ubrn: string }) => Promise<Outcome<ReferralView>>;
  readonly close: (input: { ubrn: string }) => Outcome<Record<string, never>>;
  /** The open referral, or null: other features act only on what the clerk opened. */
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly allOpened: () => readonly OpenReferral[];
  readonly forget: () => void;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly isListed: (ubrn: string) => boolean;
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  readonly historyOf: (ubrn: string) => ReferralView['history'];
  readonly auditRefusal: (ubrn: string, code: string) => void;
}

/** Finds, opens and re-reads referrals. A typed UBRN shows nothing before its second identifier fits (hazard 1). */
export function createReferral(deps: Dependencies): ReferralFeature {
  const opened = new Map<string, OpenReferral>();
  const isStillAt = (desk: Desk) => deps.desk()?.sitting === desk.sitting;

  async function readWhole(
    referral: Referral,
    patient: Outcome<PatientDetails>,
    desk: Desk,
  ): Promise<OpenReferral | null> {
    const [services, actions] = await Promise.all([
      readServices(deps.client(), referral),
      readActions(deps.client(), referral),
    ]);
    // The desk may have changed hands while the calls were under way: nothing is opened in the next one.
    if (!isStillAt(desk)) return null;
    const readAt = toIso(deps.clock.nowMs());
    const view = viewReferral({ referral, patient, services, actions, can: desk.can, readAt });
    const history = [...deps.historyOf(referral.ubrn)];
    const known = {
      referral,
      patient: patient.ok ? patient.value : null,
      services,
      view: { ...view, history },
    };
    opened.set(referral.ubrn, known);
    return known;
  }

  async function openReferral(input: {
    ubrn: string;
    secondIdentifier: string | null;
  }): Promise<Outcome<ReferralView>> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (!desk.can.canOpen) return fail('forbidden', 'role-cannot-open');
    const isTrusted = deps.isListed(input.ubrn) || opened.has(input.ubrn);
    if (!isTrusted && input.secondIdentifier === null) return fail('needs-second-identifier', 'typed-ubrn');
    const read = toOutcome(
      await deps.client().call(a005RetrieveReferral, { ubrn: input.ubrn as Ubrn }, { urgency: 'clerk' }),
    );
    if (!read.ok) return read;
    const patient = await deps.readPatient(read.value.nhsNumber);
    const birthDate = patient.ok ? patient.value.birthDate : null;
    const { secondIdentifier } = input;
    // An answer that was asked for must fit, also where the list alone would have been enough.
    if (secondIdentifier !== null && !isSecondIdentifier(secondIdentifier, read.value.nhsNumber, birthDate)) {
      const isDate = secondIdentifier.replace(/\D/g, '').length === 8;
      const code = isDate && birthDate === null ? 'birth-date-not-known' : 'wrong-second-identifier';
      deps.auditRefusal(input.ubrn, code);
      return fail('wrong-identifier', code);
    }
    const known = isStillAt(desk) ? await readWhole(read.value, patient, desk) : null;
    return known === null ? fail('not-signed-in', 'not-signed-in') : ok(known.view);
  }

  function find({ text }: { text: string }): Outcome<FindResult> {
    if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
    const ubrn = parseUbrn(text);
    if (ubrn !== null) return ok({ kind: 'ubrn', ubrn });
    const digits = stripSeparators(text).length;
    const typed = parseTypedNhsNumber(text);
    if (!typed.ok)
      return fail('invalid-input', digits === 10 ? `nhs-number-${typed.fault}` : `find-${typed.fault}`, {
        digits,
      });
    const ubrns = deps.ubrnsOf(typed.nhsNumber);
    if (ubrns.length === 0) return fail('not-found', 'nhs-number-not-in-lists');
    return ok({ kind: 'in-lists', nhsNumber: typed.nhsNumber, ubrns: ubrns.slice(0, 50) });
  }

  return {
    find,
    openReferral,
    reread: ({ ubrn }) =>
      opened.has(ubrn)
        ? openReferral({ ubrn, secondIdentifier: null })
        : Promise.resolve(fail('invalid-input', 'referral-not-open')),
    close({ ubrn }) {
      opened.delete(ubrn);
      return ok({});
    },
    opened: (ubrn) => opened.get(ubrn) ?? null,
    allOpened: () => [...opened.values()],
    forget: () => opened.clear(),
  };
}

/** What the shortlisted services are; an empty list when the dialect cannot say or the call failed. */
async function readServices(client: ErsClient, referral: Referral): Promise<readonly ServiceRecord[]> {
  const serviceIds: ServiceId[] = referral.shortlist.map((entry) => entry.serviceId);
  if (serviceIds.length === 0) return [];
  const answer = await client.call(a035SearchHealthcareServices, { serviceIds }, { urgency: 'clerk' });
  return answer.kind === 'success' ? answer.value : [];
}

/** The actions A029 offers now; null when it could not be asked. */
async function readActions(client: ErsClient, referral: Referral): Promise<readonly Coded[] | null> {
  const { ubrn, version } = referral;
  const answer = await client.call(a029RetrieveAvailableActions, { ubrn, version }, { urgency: 'clerk' });
  return answer.kind === 'success' ? answer.value : null;
}
