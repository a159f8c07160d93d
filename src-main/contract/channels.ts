/**
 * The contract between main and renderer: one map of requests, one of pushes, merged from one file a feature.
 * A channel is `feature/verb-object`. Loaded by the schema compiler only; main and renderer use the types and the
 * validators in `build/generated`.
 */
import type { Static, TSchema } from 'typebox';
import type { Outcome } from './outcome.ts';
import * as advice from './channels/advice.ts';
import * as attachments from './channels/attachments.ts';
import * as audit from './channels/audit.ts';
import * as booking from './channels/booking.ts';
import * as cancellation from './channels/cancellation.ts';
import * as diagnostics from './channels/diagnostics.ts';
import * as letters from './channels/letters.ts';
import * as lists from './channels/lists.ts';
import * as outbox from './channels/outbox.ts';
import * as patient from './channels/patient.ts';
import * as refer from './channels/refer.ts';
import * as referral from './channels/referral.ts';
import * as review from './channels/review.ts';
import * as session from './channels/session.ts';
import * as settings from './channels/settings.ts';
import * as shortlist from './channels/shortlist.ts';
import * as slots from './channels/slots.ts';
import * as tasks from './channels/tasks.ts';
import * as worklist from './channels/worklist.ts';

export const features = {
  advice,
  attachments,
  audit,
  booking,
  cancellation,
  diagnostics,
  letters,
  lists,
  outbox,
  patient,
  refer,
  referral,
  review,
  session,
  settings,
  shortlist,
  slots,
  tasks,
  worklist,
};

export const requests = {
  ...advice.requests,
  ...attachments.requests,
  ...audit.requests,
  ...booking.requests,
  ...cancellation.requests,
  ...diagnostics.requests,
  ...letters.requests,
  ...lists.requests,
  ...outbox.requests,
  ...patient.requests,
  ...refer.requests,
  ...referral.requests,
  ...review.requests,
  ...session.requests,
  ...settings.requests,
  ...shortlist.requests,
  ...slots.requests,
  ...tasks.requests,
  ...worklist.requests,
};

export const pushes = {
  ...audit.pushes,
  ...booking.pushes,
  ...letters.pushes,
  ...lists.pushes,
  ...outbox.pushes,
  ...session.pushes,
  ...settings.pushes,
  ...tasks.pushes,
};

type Requests = typeof requests;
type Pushes = typeof pushes;

export type RequestChannel = keyof Requests;
export type PushChannel = keyof Pushes;
export type RequestInput<C extends RequestChannel> = Static<Requests[C]['input'] & TSchema>;
export type RequestOutput<C extends RequestChannel> = Static<Requests[C]['output'] & TSchema>;
export type PushPayload<C extends PushChannel> = Static<Pushes[C] & TSchema>;

/** What the preload exposes: a request per channel, a subscription per push; nothing generic. */
export interface Bridge {
  readonly requests: {
    readonly [C in RequestChannel]: (input: RequestInput<C>) => Promise<Outcome<RequestOutput<C>>>;
  };
  readonly pushes: {
    readonly [C in PushChannel]: (listener: (payload: PushPayload<C>) => void) => () => void;
  };
}
