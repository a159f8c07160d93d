/** Words of advice and guidance. */
import type {
  AdviceMessageView,
  AdviceOutcome,
  AdviceRecommendation,
  AdviceView,
} from '../../../src-main/contract/channels/advice.ts';
import type { Coded } from '../../../src-main/contract/schema.ts';
import { codedWords } from '../../app/words/code-words.ts';

const CATEGORIES: Readonly<Record<string, string>> = {
  PROVIDER_RESPONSE_REQUIRED: 'Provider to answer',
  REFERRER_TO_SUBMIT_FURTHER_INFORMATION: 'Referrer to send more information',
  REFERRER_TO_REVIEW_RESPONSE: 'Answered, referrer to look',
  CONVERSATION_ENDED_CANCELLED: 'Ended: cancelled',
  CONVERSATION_ENDED_CLOSED: 'Ended: closed',
  ADVICE_CONVERTED: 'Made a referral',
};

/** Where a request stands; an unknown code is shown as it came. */
export const categoryWords = (category: Coded): string => CATEGORIES[category.code] ?? codedWords(category);

const SENT_BY: Readonly<Record<string, string>> = {
  REQUESTER: 'Referrer',
  RESPONDER: 'Provider',
  REFERRER_CLINICAL_INFORMATION_UPDATED: 'e-RS: the referrer changed the clinical information',
};

export const sentByWords = ({ sentBy }: AdviceMessageView): string =>
  SENT_BY[sentBy.code] ?? codedWords(sentBy);

type Party = AdviceView['requester'];

/** e-RS gives no names: the id, the organisation, and for whom. */
export function partyWords(sender: Party, requester: Party): string {
  const id = sender?.userId ?? 'not named';
  const organisation = sender?.organisation ?? null;
  const other = requester?.userId != null && requester.userId !== sender?.userId ? requester.userId : null;
  return [`user ${id}`, organisation, other === null ? null : `for clinician ${other}`]
    .filter((part) => part !== null)
    .join(', ');
}

export const OUTCOME_WORDS: Readonly<Record<AdviceOutcome, string>> = {
  RETURN_TO_REFERRER_WITH_ADVICE: 'Advice',
  REQUIRE_FURTHER_INFORMATION: 'Ask the referrer for more information',
};

export const RECOMMENDATION_WORDS: Readonly<Record<AdviceRecommendation, string>> = {
  ADVICE_ONLY_NO_REFERRAL_RECOMMENDED: 'Advice only, no referral recommended',
  ADVICE_FOLLOWED_BY_REFERRAL_IF_REQUIRED: 'Advice, then a referral if it is still needed',
  REFERRAL_RECOMMENDED: 'A referral is recommended',
  OTHER: 'Other',
};

const GATES: Readonly<Record<string, string>> = {
  'role-cannot-answer': 'your role cannot answer: this needs a provider’s clinician. Alt+R changes the role.',
  'patient-sensitive': 'the patient’s record is restricted (S flag).',
  'patient-differs': 'the NHS numbers of e-RS and PDS differ. Call the service desk.',
  'patient-deceased': 'PDS says that the patient has died. Tell the referrer by telephone.',
  'not-with-provider': 'the request is not with the provider now. F5 reads it again.',
  'no-service-known': 'e-RS does not name the service that was asked.',
  'conversion-not-authorised': 'the referrer has not allowed the provider to make a referral of it.',
  'not-in-dialect': 'this connection to e-RS does not have it. Use the e-RS web application.',
};

/** True, or in words why not. */
export const gateWords = (reason: string | null): true | string =>
  reason === null || (GATES[reason] ?? `e-RS or the desk does not allow it now (${reason}).`);

/** What the referrer allowed, in words. */
export function conversionWords(isAuthorised: boolean | null): string {
  if (isAuthorised === null) return 'Not said';
  return isAuthorised ? 'Allowed by the referrer' : 'Not allowed by the referrer';
}
