/** Displays that the service sends with its codes; lists spell some of them otherwise (contract.md A008). */
import type { Attachment, Priority, ReferralState } from '../world/model.ts';

export const PRIORITY_DISPLAY: Readonly<Record<Priority, string>> = {
  ROUTINE: 'Routine',
  URGENT: 'Urgent',
  TWO_WEEK_WAIT: '2 Week Wait',
};

export const STATE_DISPLAY: Readonly<Record<ReferralState, string>> = {
  NOT_BOOKED: 'Not Booked',
  BOOKED: 'Booked',
  DEFERRED_TO_PROVIDER: 'Deferred To Provider',
  AWAITING_TRIAGE: 'Awaiting Triage',
  TRIAGED_PROVIDER_TO_ACTION: 'Triaged - Provider To Action',
  TRIAGE_RESPONSE: 'Triage Response',
  REJECTED: 'Rejected',
  APPT_CANCELLED_BY_PATIENT: 'Appointment Cancelled By Patient',
  APPT_CANCELLED_BY_PROVIDER: 'Appointment Cancelled By Provider',
  DID_NOT_ATTEND: 'Did Not Attend',
  ASSESSMENT_RESULT: 'Assessment Result',
  CANCELLED_REFERRAL: 'Cancelled Referral',
};

/** The code and display of a state in a worklist: `APP_CANCELLED_…`, in sentence case. */
export function stateInLists(state: ReferralState): { readonly code: string; readonly display: string } {
  const display = STATE_DISPLAY[state];
  return {
    code: state.replace(/^APPT_/, 'APP_'),
    display: state === 'TRIAGE_RESPONSE' ? display : display.charAt(0) + display.slice(1).toLowerCase(),
  };
}

export const REQUIREMENT_DISPLAY: Readonly<Record<'INTERPRETER' | 'TRANSPORT' | 'ADVOCACY', string>> = {
  INTERPRETER: 'Interpreter',
  TRANSPORT: 'Transport',
  ADVOCACY: 'Advocacy',
};

export const ATTACHMENT_DISPLAY: Readonly<Record<Attachment['type'], string>> = {
  REFERRER: 'Referrer',
  PROVIDER: 'Provider',
  ADVICE_REQUEST: 'Advice Request',
  GUIDANCE_RESPONSE: 'Guidance Response',
};
