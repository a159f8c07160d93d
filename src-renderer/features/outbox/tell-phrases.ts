/** What to say to the patient of what providers judge and referrers ask for: by action, in phrases. */
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';

export interface TellPhrases {
  readonly done: { readonly short: string; spoken(place: string, time: string): string };
  /** "We have asked …", to which "but it is not confirmed" is added. */
  asked(time: string): string;
  /** `yet` is empty for what will not be done any more. */
  readonly not: { readonly short: string; spoken(yet: string, time: string): string };
}

type Phrased = Extract<
  OutboxAction,
  | 'create-referral'
  | 'create-and-triage'
  | 'maintain-letter'
  | 'accept-referral'
  | 'reject-referral'
  | 'record-review'
  | 'send-advice'
  | 'convert-advice'
  | 'request-advice'
>;

const STAYS = 'Your appointment';

export const PHRASES: Readonly<Record<Phrased, TellPhrases>> = {
  'accept-referral': {
    done: {
      short: 'accepted, appointment stays',
      spoken: (place, time) => `The clinic has accepted your referral. ${STAYS} at ${place}${time} stays.`,
    },
    asked: () => 'We have asked to record that the clinic accepts your referral',
    not: {
      short: 'not accepted',
      spoken: (yet, time) => `Your referral has not been accepted${yet}. ${STAYS}${time} stays as it is.`,
    },
  },
  'reject-referral': {
    done: {
      short: 'sent back, appointment cancelled',
      spoken: (_place, time) =>
        `The clinic has sent your referral back to your doctor, and your appointment${time} is cancelled. Please do not come that day: your doctor will contact you.`,
    },
    asked: (time) => `We have asked to send your referral back and to cancel your appointment${time}`,
    not: {
      short: 'not sent back',
      spoken: (yet, time) =>
        `Your referral has not been sent back${yet}: your appointment${time} still stands, as far as we know.`,
    },
  },
  'record-review': {
    done: {
      short: 'looked at, nothing booked',
      spoken: (place) =>
        `${place} has looked at your referral and will contact you, or your doctor will. Nothing is booked yet.`,
    },
    asked: () => 'We have asked to record what comes next for your referral',
    not: {
      short: 'nothing decided',
      spoken: (yet) => `What comes next has not been decided${yet}. Nothing is booked.`,
    },
  },
  'create-referral': {
    done: {
      short: 'referred, nothing booked',
      spoken: (place) => `You are referred; ${place} is among your choices. Nothing is booked yet.`,
    },
    asked: () => 'We have asked for your referral to be made',
    not: { short: 'not referred', spoken: (yet) => `Your referral has not been made${yet}.` },
  },
  'create-and-triage': {
    done: {
      short: 'referred, being looked at',
      spoken: (place) => `You are referred. ${place} looks at it and will contact you. Nothing is booked.`,
    },
    asked: () => 'We have asked for your referral to be made',
    not: { short: 'not referred', spoken: (yet) => `Your referral has not been made${yet}.` },
  },
  'maintain-letter': {
    done: {
      short: 'letter changed',
      spoken: () => 'The letter of your referral has been brought up to date.',
    },
    asked: () => 'We have sent a new letter for your referral',
    not: {
      short: 'letter not changed',
      spoken: (yet) => `The letter of your referral has not been changed${yet}.`,
    },
  },
  'send-advice': {
    done: { short: 'advice sent', spoken: () => 'The specialist has answered your doctor.' },
    asked: () => 'We have asked to send the specialist’s answer to your doctor',
    not: {
      short: 'advice not sent',
      spoken: (yet) => `The specialist’s answer has not gone to your doctor${yet}.`,
    },
  },
  'convert-advice': {
    done: {
      short: 'made a referral, nothing booked',
      spoken: (place) => `Your doctor’s question has become a referral to ${place}. Nothing is booked yet.`,
    },
    asked: () => 'We have asked to make a referral of your doctor’s question',
    not: { short: 'no referral', spoken: (yet) => `It has not become a referral${yet}. Nothing is booked.` },
  },
  'request-advice': {
    done: {
      short: 'advice asked for',
      spoken: (place) => `Your doctor’s question is with ${place}. Nothing is booked.`,
    },
    asked: () => 'We have sent your doctor’s question to the specialist',
    not: {
      short: 'advice not asked for',
      spoken: (yet) => `Your doctor’s question has not been sent${yet}. Nothing is booked.`,
    },
  },
};
