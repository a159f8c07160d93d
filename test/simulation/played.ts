/** The writes that stories are told of; the outbox may know more of them. */
import type { OutboxAction } from '../../src-main/contract/channels/outbox.ts';
import type { Intent } from '../../src-main/features/outbox/record-schemas.ts';

export type PlayedAction = Extract<
  OutboxAction,
  | 'book'
  | 'defer'
  | 'cancel-later'
  | 'cancel-appointment'
  | 'cancel-referral'
  | 'change-shortlist'
  | 'send-for-triage'
  | 'accept-referral'
  | 'reject-referral'
  | 'record-review'
  | 'letter'
>;
export type PlayedIntent = Extract<Intent, { readonly action: PlayedAction }>;
