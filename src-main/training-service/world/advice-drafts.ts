/** Which requests for advice the training world holds: one or more for every scene. */
import type { AdviceCategory, AdviceMessage, AdviceSceneName } from './advice-model.ts';
import type { Attachment, Priority } from './model.ts';

export interface DraftMessage {
  readonly by: AdviceMessage['sentBy'];
  readonly text: string;
  readonly files?: readonly Attachment['availability'][];
}

export interface AdviceDraft {
  readonly category: AdviceCategory;
  readonly serviceId: string;
  readonly scenes: readonly AdviceSceneName[];
  readonly messages: readonly DraftMessage[];
  readonly priority?: Priority;
  /** Key of a special patient; else an ordinary one. */
  readonly patient?: string;
  readonly isConversionAuthorised?: boolean;
  readonly referringOrg?: string;
  readonly hasOwnFile?: boolean;
}

const asks = (text: string, files: readonly Attachment['availability'][] = []): DraftMessage => ({
  by: 'REQUESTER',
  text,
  files,
});
const answers = (text: string, files: readonly Attachment['availability'][] = []): DraftMessage => ({
  by: 'RESPONDER',
  text,
  files,
});

const QUESTION =
  'Breathless on exertion for six weeks, NT-proBNP raised. K <5 and Na >135. Is an echo needed before a clinic?';
const RASH = 'Itchy rash on both forearms, no response to a mild steroid. Would you see or advise?';

const waiting = (
  serviceId: string,
  scenes: readonly AdviceSceneName[],
  more: Partial<AdviceDraft> = {},
): AdviceDraft => ({
  category: 'PROVIDER_RESPONSE_REQUIRED',
  serviceId,
  scenes,
  messages: [asks(serviceId === '11004' ? RASH : QUESTION)],
  ...more,
});

const LINKED =
  'Please follow <a href="https://guidance.example.nhs.uk/heart-failure?step=2" target="_blank">the local pathway</a> ' +
  'first.\nIf the ejection fraction is <40 % write again.';

/** Every request, in the order of its UBRN. */
export const ADVICE_DRAFTS: readonly AdviceDraft[] = [
  ...Array.from({ length: 6 }, () => waiting('11000', ['advice-waiting'])),
  waiting('11004', ['advice-waiting']),
  waiting('13000', ['advice-waiting'], { priority: 'ROUTINE' }),
  waiting('11000', ['advice-waiting', 'advice-urgent'], { priority: 'URGENT' }),
  waiting('11000', ['advice-waiting', 'advice-urgent'], { priority: 'TWO_WEEK_WAIT' }),
  waiting('11000', ['advice-not-authorised'], { isConversionAuthorised: false }),
  waiting('11000', ['advice-not-authorised'], { isConversionAuthorised: false }),
  waiting('11000', ['advice-multi-way'], {
    messages: [
      asks(QUESTION),
      answers('Please send the last ECG and a full blood count.'),
      asks('ECG attached, full blood count normal.', ['AVAILABLE']),
    ],
  }),
  waiting('11000', ['advice-files'], {
    messages: [asks(QUESTION, ['AVAILABLE', 'PENDING', 'THREATS_FOUND', 'VALIDATION_FAILED'])],
    hasOwnFile: true,
  }),
  waiting('11000', ['advice-link'], {
    category: 'REFERRER_TO_REVIEW_RESPONSE',
    messages: [asks(QUESTION), answers(LINKED)],
  }),
  waiting('11000', ['advice-further-information'], {
    category: 'REFERRER_TO_SUBMIT_FURTHER_INFORMATION',
    messages: [asks(QUESTION), answers('Please send the last ECG.')],
  }),
  waiting('11004', ['advice-answered'], {
    category: 'REFERRER_TO_REVIEW_RESPONSE',
    messages: [asks(RASH), answers('A potent steroid for two weeks, then review. No referral needed.')],
  }),
  waiting('11000', ['advice-cancelled'], { category: 'CONVERSATION_ENDED_CANCELLED' }),
  waiting('11000', ['advice-closed'], {
    category: 'CONVERSATION_ENDED_CLOSED',
    messages: [asks(QUESTION), answers('An echo first, please.'), asks('Thank you, arranged.')],
  }),
  waiting('11000', ['advice-converted'], {
    category: 'ADVICE_CONVERTED',
    messages: [asks(QUESTION), answers('We will see the patient.')],
  }),
  waiting('11000', ['advice-updated'], {
    messages: [
      asks(QUESTION, ['AVAILABLE']),
      {
        by: 'REFERRER_CLINICAL_INFORMATION_UPDATED',
        text: 'NOTE: Clinical Information has been added/amended',
      },
    ],
    hasOwnFile: true,
  }),
  waiting('11000', ['advice-s-flag'], { patient: 'sensitive' }),
  waiting('11000', ['advice-deceased'], { patient: 'deceased' }),
  waiting('11000', ['advice-patient-error'], { patient: 'unusable' }),
  waiting('11010', ['advice-no-relationship'], { referringOrg: 'R70' }),
];
