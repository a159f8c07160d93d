/** Words of the referral screen for the codes of e-RS (contract.md sections 4.2 and 9). Unknown codes are shown. */
import { formatStaffDateTime } from '../../../src-main/contract/london-time.ts';
import type {
  AppointmentView,
  ReferralView,
  ShortlistedService,
} from '../../../src-main/contract/channels/referral.ts';
import type { Coded } from '../../../src-main/contract/schema.ts';
import { codedWords } from '../../app/words/code-words.ts';

const STATES: Readonly<Record<string, string>> = {
  NOT_BOOKED: 'Not booked',
  BOOKED: 'Booked',
  DEFERRED_TO_PROVIDER: 'Deferred to the provider, who will arrange an appointment',
  AWAITING_TRIAGE: 'With a triage service',
  TRIAGED_PROVIDER_TO_ACTION: 'Triaged: the provider will process it',
  TRIAGE_RESPONSE: 'Returned to the referrer with advice',
  REJECTED: 'Rejected by the provider',
  APPT_CANCELLED_BY_PATIENT: 'Appointment cancelled by or for the patient',
  APPT_CANCELLED_BY_PROVIDER: 'Appointment cancelled by the provider',
  DID_NOT_ATTEND: 'The patient did not attend',
  ASSESSMENT_RESULT: 'Assessment result drafted or sent',
  CANCELLED_REFERRAL: 'Referral cancelled: nothing more can be done with it',
};

const STATUSES: Readonly<Record<string, string>> = {
  active: 'Active',
  cancelled: 'Cancelled',
  completed: 'Completed',
};

/** The state in words; the spine dialect sends none, and then status and appointment have to do. */
export function stateWords(
  referral: Pick<ReferralView, 'state' | 'status'> & { readonly appointment?: AppointmentView | null },
): string {
  const { state, status, appointment = null } = referral;
  if (state === null) {
    const known = [STATUSES[status] ?? status, ...(appointment === null ? [] : [standWords(appointment)])];
    return `${known.join(', ')} (this connection does not send the state)`;
  }
  // contract.md section 9: this pair is a response, whatever the state says.
  if (state.reason?.code === 'RETURN_TO_REFERRER_WITH_ADVICE') return 'Returned to the referrer with advice';
  return STATES[state.code] ?? codedWords(state);
}

/** How the appointment stands, in the words of the state that usually goes with it (contract.md section 9). */
function standWords({ status, reason }: AppointmentView): string {
  switch (status) {
    case 'booked':
      return 'booked';
    case 'cancelled':
      return 'appointment cancelled';
    case 'noshow':
      return 'the patient did not attend';
    case 'proposed':
      if (reason === null) return 'with the provider';
      if (DEFERRALS.includes(reason.code)) return 'deferred to the provider';
      return reason.code === 'TRIAGE' ? 'with a triage service' : codeWords(reason);
    default:
      return status;
  }
}

/** Why the referral is in its state, and what was said about it; empty where e-RS gives neither. */
export function stateReasonWords({ state }: Pick<ReferralView, 'state'>): string {
  if (state === null) return '';
  const reason = state.reason === null ? '' : codeWords(state.reason);
  const parts = [reason.charAt(0).toUpperCase() + reason.slice(1), state.comments.trim()];
  return parts.filter((part) => part !== '').join(': ');
}

export interface Badge {
  readonly text: string;
  readonly colour: 'green' | 'yellow' | 'purple' | 'grey';
  readonly meaning: string;
}

const BADGES: Readonly<Record<ShortlistedService['bookable'], Badge>> = {
  directly: { text: 'Bookable', colour: 'green', meaning: 'Slots can be booked here' },
  indirectly: { text: 'Indirect', colour: 'yellow', meaning: 'The patient rings the service; no slots here' },
  triage: {
    text: 'Triage',
    colour: 'purple',
    meaning: 'The service looks at the referral first; no slots here',
  },
  unknown: { text: 'Not known', colour: 'grey', meaning: 'Could not be read; slots can be tried' },
};

/** How a shortlisted service is booked. */
export function bookableBadge(service: ShortlistedService): Badge {
  return BADGES[service.bookable];
}

/** What that means for this role: only a referrer may read services and try slots (contract.md section 3). */
export function bookableMeaning(service: ShortlistedService, canReadServices: boolean): string {
  return service.bookable === 'unknown' && !canReadServices
    ? 'e-RS tells only the referrer how it is booked'
    : BADGES[service.bookable].meaning;
}

const REASONS: Readonly<Record<string, string>> = {
  NO_SLOTS_AT_SERVICE: 'there were no free slots at the service',
  SLOT_NOT_AVAILABLE: 'the slot asked for had gone',
  BOOKING_ATTEMPT_PROBLEM: "the provider's system did not answer",
  TRIAGE: 'sent for triage',
  ACCEPT_REFER_BOOK_LATER: 'accepted, to be booked later',
  RETURN_TO_REFERRER_WITH_ADVICE: 'returned with advice',
  CANCEL_APPOINTMENT_ACTION_LATER: 'the appointment was cancelled, to be acted on later',
  PROVIDER_CONVERTED_ADVICE_AND_GUIDANCE_ADMIN_TO_REFER: 'converted from advice and guidance',
};
const DEFERRALS = ['NO_SLOTS_AT_SERVICE', 'SLOT_NOT_AVAILABLE', 'BOOKING_ATTEMPT_PROBLEM'];

const codeWords = (coded: Coded) => REASONS[coded.code] ?? codedWords(coded);

/** What the current appointment is; `proposed` means different things by its reason (contract.md A038). */
export function appointmentWords(appointment: AppointmentView): string {
  const { status, reason, start } = appointment;
  const why = reason === null ? '' : `: ${codeWords(reason)}`;
  const when = start === null ? '' : ` ${formatStaffDateTime(start)}`;
  switch (status) {
    case 'booked':
      return `Booked${when}`;
    case 'cancelled':
      return `Cancelled${when === '' ? '' : `, was${when}`}${why}`;
    case 'noshow':
      return `Not attended${when}${why}`;
    case 'proposed':
      return `${proposedWords(reason)}${why}`;
    default:
      return `${status}${when}${why}`;
  }
}

function proposedWords(reason: Coded | null): string {
  if (reason === null) return 'No date yet: with the provider';
  if (DEFERRALS.includes(reason.code)) return 'No date yet: deferred to the provider';
  return reason.code === 'TRIAGE'
    ? 'No date yet: with the triage service'
    : 'No date: the provider has decided';
}

const AVAILABILITY: Readonly<Record<string, string>> = {
  AVAILABLE: 'Available',
  PENDING: 'Being checked for threats: read again in 5 minutes',
  THREATS_FOUND: 'Blocked: a threat was found',
  VALIDATION_FAILED: 'Blocked: the file failed its check',
  FILE_SIZE_ERROR: 'Blocked: the file is too large',
};

/** Whether an attachment can be used. */
export function availabilityWords(availability: Coded): string {
  return AVAILABILITY[availability.code] ?? (codedWords(availability) || 'Not stated');
}

const REQUIREMENTS: Readonly<Record<string, string>> = {
  INTERPRETER: 'Interpreter',
  TRANSPORT: 'Transport',
  ADVOCACY: 'Advocacy',
};

/** A requirement that must not be lost (hazard 14). */
export function requirementWords(requirement: Coded): string {
  return REQUIREMENTS[requirement.code] ?? codedWords(requirement);
}

const ACTIONS: Readonly<Record<string, string>> = {
  CREATE_APPOINTMENT: 'Book or defer',
  CHANGE_SHORTLIST: 'Change the shortlist',
  CHANGE_SHORTLIST_AND_SEND_FOR_TRIAGE: 'Change the shortlist and send for triage',
  CANCEL_DIRECTLY_BOOKED_APPOINTMENT: 'Cancel the appointment',
  CANCEL_REFERRAL: 'Cancel the referral',
  RECORD_REVIEW_OUTCOME: 'Record a review outcome',
};

/** An action that e-RS allows this user (A029). */
export function actionWords(action: Coded): string {
  return ACTIONS[action.code] ?? codedWords(action);
}

const PATIENT_PROBLEMS: Readonly<Record<NonNullable<ReferralView['patientProblem']>, string>> = {
  'not-found': 'PDS has no record under this NHS number',
  unavailable: 'PDS could not be read',
  restricted: 'the record is restricted (S flag)',
  'different-number': 'PDS holds this patient under another NHS number',
};

/** Why there are no patient details. */
export function patientProblemWords(problem: ReferralView['patientProblem']): string {
  return problem === null ? 'this connection to e-RS brings no patient details' : PATIENT_PROBLEMS[problem];
}
