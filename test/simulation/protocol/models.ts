import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import type { ActionModel } from './action-model.ts';
import { convertingAdvice, requestingAdvice, sendingAdvice } from './model-advising.ts';
import { creatingAndTriaging, creatingReferral, maintainingLetter } from './model-referring.ts';
import { accepting, rejecting, reviewing } from './model-reviewing.ts';

/** The actions that came after the first; those are told of in the files themselves. */
const MODELS: { readonly [A in OutboxAction]?: ActionModel } = {
  'create-referral': creatingReferral,
  'create-and-triage': creatingAndTriaging,
  'maintain-letter': maintainingLetter,
  'accept-referral': accepting,
  'reject-referral': rejecting,
  'record-review': reviewing,
  'send-advice': sendingAdvice,
  'convert-advice': convertingAdvice,
  'request-advice': requestingAdvice,
};

export const modelOf = (action: OutboxAction): ActionModel | null => MODELS[action] ?? null;
