import { Type, type Static } from 'typebox';
import {
  PRIORITIES,
  count,
  fhirId,
  instant,
  oneOf,
  orNull,
  sdsUserId,
  serviceId,
  strict,
  text,
  ubrn,
  uuid,
} from '../schema.ts';

const slot = strict({
  slotId: fhirId,
  start: instant,
  end: instant,
  clinicianId: orNull(sdsUserId),
  /** A time at which clinics do not usually see patients: a slot that may mean "do not attend" (hazard log). */
  isUnusual: Type.Boolean(),
});

const slotPage = strict({
  searchId: uuid,
  page: count,
  slots: Type.Array(slot, { maxItems: 200 }),
  /** Slots of the reply that could not be read (no times, end before start) and are not offered. */
  unreadable: count,
  /** Slots of this page that an earlier page already gave. */
  repeated: count,
  total: count,
  hasMore: Type.Boolean(),
  /** Paging ran past the end because slots went meanwhile: start again from page 1. */
  mustRestart: Type.Boolean(),
  readAt: instant,
  /** True when e-RS could not be reached and these are the slots that were free at `readAt`. */
  isRemembered: Type.Boolean(),
});

const searchStart = strict({
  searchId: uuid,
  ubrn,
  serviceId,
  serviceName: text(200),
  /** Text that the service publishes for patients and clerks; may say "do not attend". */
  instructions: text(2000),
  priority: oneOf(PRIORITIES),
  firstPage: slotPage,
});

export const requests = {
  /** Starts a search at a shortlisted service: page 1. Priority null means the referral's own. */
  'slots/search': {
    input: strict({
      ubrn,
      serviceId,
      priority: orNull(oneOf(PRIORITIES)),
      clinicianId: orNull(sdsUserId),
      /** F5: asks e-RS also while the desk knows itself offline. */
      isReread: Type.Optional(Type.Boolean()),
    }),
    output: searchStart,
  },
  /** One further page (100 slots) of a search. */
  'slots/read-page': {
    input: strict({ searchId: uuid, page: Type.Integer({ minimum: 1, maximum: 1000 }) }),
    output: slotPage,
  },
};

export const pushes = {};

export type Slot = Static<typeof slot>;
export type SlotPage = Static<typeof slotPage>;
export type SlotSearch = Static<typeof searchStart>;
