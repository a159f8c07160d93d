/** Parts that the sealed records of several actions have. */
import { Type, type Static } from 'typebox';
import type { SearchCriteria } from '../../ers/model.ts';
import {
  count,
  instant,
  nhsNumber,
  orNull,
  serviceId,
  strict,
  text,
  ubrn,
  uuid,
} from '../../contract/schema.ts';

/** What the clerk saw of the referral when the panel was open; e-RS does not give old versions (safety.md, fact 8). */
const seenReferral = strict({
  state: text(80),
  priority: text(80),
  shortlist: text(2000),
  appointmentStatus: text(20),
  appointmentStart: orNull(instant),
  appointmentService: text(200),
  readAt: instant,
});

const common = {
  intentId: uuid,
  nhsNumber,
  serviceId,
  serviceName: text(200),
  isUrgent: Type.Boolean(),
};

/** Of a write on a referral that there is, or on a request for advice: its UBRN and its version. */
export const target = {
  ...common,
  ubrn,
  /** The version that the review panel showed: the pin (safety.md step 2). */
  pinnedVersion: count,
  saw: seenReferral,
};

/** Of what has no UBRN before e-RS gives it one: lined up and tagged by its patient (`lineOf`), with no pin. */
export const creation = {
  ...common,
  ubrn: Type.Literal(''),
  pinnedVersion: Type.Literal(0),
  saw: Type.Null(),
};

/** Uploads (intents of this outbox, ahead of this one in the line) whose documents go with a write. */
export const uploads = Type.Optional(
  Type.Array(strict({ intentId: uuid, name: text(255), description: text(200) }), { maxItems: 10 }),
);

/** What the services were searched by, as it came. */
export const criteria = Type.Unsafe<SearchCriteria>(
  Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 50 }),
);

/** A service on a shortlist. */
export const listedService = strict({ serviceId, name: text(200) });

/** A concept of A004 as it was chosen. */
export const chosenReason = strict({ system: text(200), code: text(80), display: text(200) });

export type SeenReferral = Static<typeof seenReferral>;
