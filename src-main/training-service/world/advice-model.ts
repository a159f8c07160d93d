/** What the training world knows of advice and guidance (contract.md section 7, A023 to A027, A044). */
import type { Attachment, Priority, SearchTerms } from './model.ts';

/** The statuses of contract.md section 4.2. */
export const ADVICE_CATEGORIES = [
  'PROVIDER_RESPONSE_REQUIRED',
  'REFERRER_TO_SUBMIT_FURTHER_INFORMATION',
  'REFERRER_TO_REVIEW_RESPONSE',
  'CONVERSATION_ENDED_CANCELLED',
  'CONVERSATION_ENDED_CLOSED',
  'ADVICE_CONVERTED',
] as const;

export type AdviceCategory = (typeof ADVICE_CATEGORIES)[number];

/** A person in a role: a resource of its own on the wire. */
export interface Party {
  readonly userId: string;
  readonly organisation: string;
  readonly businessFunction: string;
}

export interface AdviceMessage {
  readonly id: string;
  readonly sentBy: 'REQUESTER' | 'RESPONDER' | 'REFERRER_CLINICAL_INFORMATION_UPDATED';
  readonly sentMs: number;
  readonly text: string;
  readonly sender: Party;
  /** In whose name; the sender, unless an admin sent it. */
  readonly requester: Party;
  readonly attachments: readonly Attachment[];
}

export interface AdviceRequest {
  readonly ubrn: string;
  version: number;
  readonly requestId: string;
  category: AdviceCategory;
  readonly nhsNumber: string;
  priority: Priority;
  readonly specialty: string;
  readonly clinicType: string;
  readonly serviceId: string;
  readonly referringOrg: string;
  readonly requester: Party;
  readonly sender: Party;
  readonly isConversionAuthorised: boolean;
  readonly firstRequestedMs: number;
  updatedMs: number;
  messages: readonly AdviceMessage[];
  /** Files of the request itself. */
  readonly attachments: readonly Attachment[];
  /** What the service was found by, where the request was made here. */
  readonly searchTerms?: SearchTerms;
}

/** The situations that a test or a drill can ask for by name. */
export const ADVICE_SCENES = [
  'advice-waiting',
  'advice-not-authorised',
  'advice-multi-way',
  'advice-files',
  'advice-link',
  'advice-further-information',
  'advice-answered',
  'advice-cancelled',
  'advice-closed',
  'advice-converted',
  'advice-updated',
  'advice-urgent',
  'advice-s-flag',
  'advice-deceased',
  'advice-patient-error',
  'advice-no-relationship',
] as const;

export type AdviceSceneName = (typeof ADVICE_SCENES)[number];
