/** Reads a referral and what belongs to it from e-RS; where that is not reached, from what the desk remembers. */
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { ServiceId, Ubrn } from '../../contract/identifiers.ts';
import { ok, type Outcome, type ProblemKind } from '../../contract/outcome.ts';
import type { Coded } from '../../contract/schema.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Referral, ServiceRecord } from '../../ers/model.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import {
  a029RetrieveAvailableActions,
  tellsActions,
} from '../../ers/operations/a029-retrieve-available-actions.ts';
import { a035SearchHealthcareServices } from '../../ers/operations/a035-search-healthcare-services.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import type { ReadCache, Remembered, RememberedValues } from '../read-cache/read-cache.ts';
import type { Desk } from '../session/session.ts';

/** A referral; `remembered` is set when it is not e-RS that gave it now. */
export interface ReadReferral {
  readonly referral: Referral;
  readonly remembered: Remembered<'referral'> | null;
}

/** The services of its shortlist, and the actions of A029; null when they could not be asked. */
export interface Surroundings {
  readonly services: readonly ServiceRecord[];
  readonly actions: readonly Coded[] | null;
}

export interface ReferralReader {
  readonly read: (desk: Desk, ubrn: Ubrn, isReread: boolean) => Promise<Outcome<ReadReferral>>;
  /** Actions are never remembered (screens.md section 2). */
  readonly readAround: (desk: Desk, read: ReadReferral) => Promise<Surroundings>;
  /** Remembers what is shown, unless the patient's record is restricted, or it is not known whether it is. */
  readonly keep: (
    desk: Desk,
    value: RememberedValues['referral'],
    patient: Outcome<PatientDetails>,
    readAt: string,
  ) => void;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  readonly cache: ReadCache;
  readonly isOffline: () => boolean;
}

/** After these the desk has no business with the referral any more, offline neither. */
const WITHDRAWN: readonly ProblemKind[] = ['forbidden', 'not-found'];
/** Where there is no record of the patient, there is no restricted one. */
const NO_RECORD: readonly ProblemKind[] = ['not-found', 'not-in-dialect'];

export function createReferralReader(deps: Dependencies): ReferralReader {
  const { cache } = deps;

  function recall(desk: Desk, ubrn: Ubrn): Outcome<ReadReferral> | null {
    const remembered = cache.recall(desk, 'referral', ubrn);
    return remembered === null ? null : ok({ referral: remembered.value.referral, remembered });
  }

  return {
    async read(desk, ubrn, isReread) {
      const known = deps.isOffline() && !isReread ? recall(desk, ubrn) : null;
      if (known !== null) return known;
      const answer = toOutcome(
        await deps.client().call(a005RetrieveReferral, { ubrn }, { urgency: 'clerk' }),
      );
      if (answer.ok) return ok({ referral: answer.value, remembered: null });
      if (WITHDRAWN.includes(answer.problem.kind)) cache.forget(desk, 'referral', ubrn);
      const isStillHere = deps.desk()?.sitting === desk.sitting;
      return (isStillHere && isUnreached(answer.problem) ? recall(desk, ubrn) : null) ?? answer;
    },
    async readAround({ businessFunction }, { referral, remembered }) {
      if (remembered !== null) return { services: remembered.value.services, actions: null };
      const [services, actions] = await Promise.all([
        // Providers cannot read services (contract.md section 3).
        mayReadServices(businessFunction) ? readServices(deps.client(), referral) : [],
        readActions(deps.client(), referral, businessFunction),
      ]);
      return { services, actions };
    },
    keep(desk, value, patient, readAt) {
      const { ubrn, nhsNumber } = value.referral;
      const mayKeep = patient.ok ? !patient.value.isSensitive : NO_RECORD.includes(patient.problem.kind);
      if (!mayKeep) return cache.forget(desk, 'referral', ubrn);
      cache.remember(desk, 'referral', ubrn, value, readAt);
      if (patient.ok) cache.remember(desk, 'patient', nhsNumber, patient.value, patient.value.readAt);
    },
  };
}

const mayReadServices = (businessFunction: string) =>
  REFERRER_CLINICAL.some((role) => role === businessFunction);

/** What the shortlisted services are; an empty list when the dialect cannot say or the call failed. */
async function readServices(client: ErsClient, referral: Referral): Promise<readonly ServiceRecord[]> {
  const serviceIds: ServiceId[] = referral.shortlist.map((entry) => entry.serviceId);
  if (serviceIds.length === 0) return [];
  const answer = await client.call(a035SearchHealthcareServices, { serviceIds }, { urgency: 'clerk' });
  return answer.kind === 'success' ? answer.value : [];
}

/** The actions A029 offers now; null when it could not be asked, or does not tell this role. */
async function readActions(
  client: ErsClient,
  referral: Referral,
  businessFunction: string,
): Promise<readonly Coded[] | null> {
  if (!tellsActions(client.dialect, businessFunction)) return null;
  const { ubrn, version } = referral;
  const answer = await client.call(a029RetrieveAvailableActions, { ubrn, version }, { urgency: 'clerk' });
  return answer.kind === 'success' ? answer.value : null;
}
