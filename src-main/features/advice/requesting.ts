/** A new request for advice (A044): the patient, one service that A010 found, the question. */
import { randomUUID } from 'node:crypto';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type {
  AdviceAnswer,
  FoundPatient,
  KnownRequest,
  RequestReview,
} from '../../contract/channels/advice.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import {
  parseSdsUserId,
  parseTypedNhsNumber,
  type NhsNumber,
  type SdsUserId,
} from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { FoundService, SearchCriteria } from '../../ers/model.ts';
import {
  a010SearchServicesForPatient,
  buildSearchCriteria,
} from '../../ers/operations/a010-search-services-for-patient.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import type { RequestAdviceIntent } from '../outbox/record-schemas.ts';
import type { Desk } from '../session/session.ts';
import { longestText, type AdviceDesk } from './advice-desk.ts';
import type { AdviceReading } from './advice-reading.ts';
import { createAdviceReviews } from './advice-reviews.ts';
import { knownRequests } from './known-requests.ts';

type Refusal = ReturnType<typeof fail>;
type SearchInput = RequestInput<'advice/search-services'>;

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');
const MOST_SERVICES = 500;

export interface Requesting {
  readonly findPatient: (input: RequestInput<'advice/find-patient'>) => Promise<Outcome<FoundPatient>>;
  readonly readSpecialties: () => Promise<Outcome<RequestOutput<'advice/read-specialties'>>>;
  readonly search: (input: SearchInput) => Promise<Outcome<RequestOutput<'advice/search-services'>>>;
  readonly review: (input: RequestInput<'advice/review-request'>) => Outcome<RequestReview>;
  readonly commit: (input: RequestInput<'advice/commit-request'>) => Outcome<AdviceAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

interface Subjected {
  readonly nhsNumber: NhsNumber;
  readonly patient: PatientDetails | null;
}

/** What main itself searched for, and what was found: the page names services of it by their id alone. */
interface Search extends Subjected {
  readonly searchId: string;
  readonly criteria: SearchCriteria;
  readonly priority: SearchInput['priority'];
  readonly specialty: string;
  readonly referrer: SdsUserId | null;
  readonly services: readonly FoundService[];
}

interface Subject {
  readonly search: Search;
  readonly service: FoundService;
  readonly request: string;
  readonly isConversionAuthorised: boolean;
  readonly known: readonly KnownRequest[];
}

const hasAlike = ({ known }: Subject) => known.some(({ isAlike }) => isAlike);

export function createRequesting(deps: AdviceDesk, rowsOf: AdviceReading['rowsOf']): Requesting {
  const reviews = createAdviceReviews<Subject>(deps);
  let subject: Subjected | null = null;
  let search: Search | null = null;
  const isStillAt = (desk: Desk) => deps.desk()?.sitting === desk.sitting;

  function objectToRole(): Refusal | null {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    if (!REFERRER_CLINICAL.some((role) => role === desk.businessFunction))
      return fail('forbidden', 'role-cannot-ask-advice');
    return deps.client().dialect === 'api-platform' ? null : fail('not-in-dialect', 'not-in-dialect');
  }

  async function findPatient({
    text,
    secondIdentifier,
  }: RequestInput<'advice/find-patient'>): Promise<Outcome<FoundPatient>> {
    const desk = deps.desk();
    const refusal = objectToRole();
    if (desk === null || refusal !== null) return refusal ?? NOT_SIGNED_IN;
    const typed = parseTypedNhsNumber(text);
    if (!typed.ok) return fail('invalid-input', `nhs-number-${typed.fault}`);
    if (secondIdentifier === null) return fail('needs-second-identifier', 'typed-nhs-number');
    const answer = await deps.readPatient(typed.nhsNumber);
    if (!isStillAt(desk)) return NOT_SIGNED_IN;
    const objection = objectToPatient(deps, secondIdentifier, typed.nhsNumber, answer);
    if (objection !== null) return objection;
    const { patient, patientProblem } = deps.tools.judgePatient(answer, typed.nhsNumber);
    const isSensitive = patient?.isSensitive === true || patientProblem === 'restricted';
    const blocked = isSensitive ? 'patient-sensitive' : patient?.deceased != null ? 'patient-deceased' : null;
    search = null;
    subject = blocked === null ? { nhsNumber: typed.nhsNumber, patient } : null;
    return ok({ nhsNumber: typed.nhsNumber, patient, blocked });
  }

  async function readSpecialties(): Promise<Outcome<RequestOutput<'advice/read-specialties'>>> {
    const known = await deps.referenceData.read('SPECIALTY');
    if (!known.ok) return known;
    return ok({ specialties: deps.tools.specialtiesOf(known.value.set, deps.clock.nowMs()).slice(0, 1000) });
  }

  async function runSearch(input: SearchInput): Promise<Outcome<RequestOutput<'advice/search-services'>>> {
    const desk = deps.desk();
    const refusal = objectToRole();
    if (desk === null || refusal !== null) return refusal ?? NOT_SIGNED_IN;
    const about = subject;
    if (about === null) return fail('invalid-input', 'no-patient');
    const referrer = referrerOf(desk, input.referrer);
    if (!referrer.ok) return referrer;
    const set = await deps.referenceData.read('SPECIALTY');
    if (!set.ok) return set;
    if (!set.value.set.concepts.some(({ code }) => code === input.specialty))
      return fail('invalid-input', 'specialty-missing');
    const { priority, specialty } = input;
    const criteria = criteriaOf(priority, { system: set.value.set.url, code: specialty });
    const answer = toOutcome(
      await deps.client().call(
        a010SearchServicesForPatient,
        {
          ...{ requestType: 'ADVICE_AND_GUIDANCE_REQUEST', sortBy: 'IWT', commissioningOrg: null },
          ...{ nhsNumber: about.nhsNumber, criteria, referringClinician: referrer.value },
        },
        { urgency: 'clerk' },
      ),
    );
    if (!answer.ok) return answer;
    if (!isStillAt(desk) || subject?.nhsNumber !== about.nhsNumber) return NOT_SIGNED_IN;
    const services = answer.value.services.slice(0, MOST_SERVICES);
    const searchId = randomUUID();
    search = { ...about, searchId, criteria, priority, specialty, referrer: referrer.value, services };
    return ok({ searchId, services: services.map(viewService), unreadable: answer.value.unreadable });
  }

  /** Nothing is asked while the desk still looks what became of something for this patient. */
  const isUnsettled = (nhsNumber: string) =>
    deps.outbox()?.isUnsettled(deps.lineOfPatient(nhsNumber)) ?? false;

  function knownOf(nhsNumber: string, { name }: FoundService): readonly KnownRequest[] {
    const desk = deps.desk();
    const unanswered = deps.leftToClerk(deps.lineOfPatient(nhsNumber));
    return desk === null ? [] : knownRequests(name, rowsOf(desk, nhsNumber), unanswered);
  }

  function review(input: RequestInput<'advice/review-request'>): Outcome<RequestReview> {
    const refusal = objectToRole();
    if (refusal !== null) return refusal;
    const found = search?.searchId === input.searchId ? search : null;
    const service = found?.services.find(({ id }) => id === input.serviceId);
    if (found === null || service === undefined) return fail('expired', 'search-again');
    const request = input.request.trim();
    if (request === '') return fail('invalid-input', 'question-missing');
    if (request.length > longestText(deps.client())) return fail('invalid-input', 'text-too-long');
    const { isConversionAuthorised } = input;
    const { nhsNumber, patient, priority, specialty, referrer } = found;
    if (isUnsettled(nhsNumber)) return fail('rejected', 'request-not-settled');
    const about = { ubrn: '', nhsNumber, patient };
    const asked = { search: found, service, request, isConversionAuthorised };
    const known = knownOf(nhsNumber, service);
    const made = reviews.add(about, { ...asked, known });
    return ok({
      ...{ nhsNumber, patient, priority, specialty, referrer, request, isConversionAuthorised },
      reviewId: made.reviewId,
      serviceName: service.name.slice(0, 300),
      isOffline: deps.isOffline(),
      known: [...known],
      asksOther: hasAlike(made.subject),
      identityQuestion: made.question,
      attemptsLeft: made.attemptsLeft,
    });
  }

  const commit = (input: RequestInput<'advice/commit-request'>): Outcome<AdviceAnswer> =>
    reviews.commit(input, {
      objectionNow: ({ nhsNumber }) =>
        objectToRole() ?? (isUnsettled(nhsNumber) ? fail('rejected', 'request-not-settled') : null),
      objectionTo: ({ subject: asked }) =>
        hasAlike(asked) && !input.isAnother ? fail('invalid-input', 'request-alike-not-answered') : null,
      ask: ({ desk, outbox }, { subject: asked }) => outbox.ask(desk, intentOf(asked)),
    });

  return {
    findPatient,
    readSpecialties,
    search: runSearch,
    review,
    commit,
    close: reviews.drop,
    forget() {
      reviews.clear();
      subject = null;
      search = null;
    },
  };
}

/** The date of birth; where PDS cannot be asked, the number typed again to its last four digits. */
function objectToPatient(
  deps: AdviceDesk,
  typed: string,
  nhsNumber: NhsNumber,
  answer: Outcome<PatientDetails>,
): Refusal | null {
  if (!answer.ok && !isUnreached(answer.problem) && answer.problem.kind !== 'not-in-dialect') {
    if (answer.problem.kind === 'not-found') return fail('not-found', 'patient-not-found');
    if (answer.problem.kind !== 'forbidden') return answer;
  }
  if (answer.ok && answer.value.nhsNumber !== nhsNumber) return fail('rejected', 'patient-differs');
  const birthDate = answer.ok ? answer.value.birthDate : null;
  // With a date of birth known, four digits that stand in the number itself prove nothing.
  const digits = typed.replace(/\D/g, '').length;
  const mayBeDigits = birthDate === null;
  const isFit = deps.tools.isSecondIdentifier(typed, nhsNumber, birthDate) && (digits === 8 || mayBeDigits);
  if (isFit) return null;
  deps.auditRefusal('', 'wrong-second-identifier');
  return fail('wrong-identifier', 'wrong-second-identifier');
}

function intentOf({ search, service, request, isConversionAuthorised }: Subject): RequestAdviceIntent {
  const { nhsNumber, criteria, priority, referrer } = search;
  return {
    action: 'request-advice',
    intentId: randomUUID(),
    ubrn: '',
    pinnedVersion: 0,
    saw: null,
    nhsNumber,
    serviceId: service.id,
    serviceName: service.name.slice(0, 200),
    isUrgent: priority !== 'ROUTINE',
    ...{ criteria, request, isConversionAuthorised, referringClinician: referrer },
  };
}

/** An admin names the clinician; a clinician asks in their own name (A010, A044). */
function referrerOf(desk: Desk, typed: string): Outcome<SdsUserId | null> {
  if (desk.businessFunction !== 'REFERRING_CLINICIAN_ADMIN') return ok(null);
  const referrer = parseSdsUserId(typed.replace(/\s/g, ''));
  return referrer === null ? fail('invalid-input', 'referrer-missing') : ok(referrer);
}

const criteriaOf = (
  priority: string,
  specialty: { readonly system: string; readonly code: string },
): SearchCriteria =>
  buildSearchCriteria({
    ...{ priority, specialty, clinicType: null, clinicalTerm: null, namedClinician: null },
    ...{ organisation: null, postcode: null, distanceLimit: null, waitLimit: null },
    isForAgeAndGender: true,
  });

const viewService = ({ id, name, location, alert }: FoundService) => ({
  serviceId: id,
  name: name.slice(0, 300),
  location: location.name.slice(0, 200),
  alert: alert.slice(0, 2000),
});
