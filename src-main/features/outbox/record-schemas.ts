/** Schemas of the sealed records on disk: strict, checked on every read. */
import type { Static } from 'typebox';
import {
  count,
  fhirId,
  instant,
  nhsNumber,
  orNull,
  sdsUserId,
  serviceId,
  strict,
  text,
  ubrn,
  uuid,
} from '../../contract/schema.ts';

/** A booking as the clerk asked for it, pinned to the version that the review panel showed (safety.md, step 1). */
const bookIntent = strict({
  intentId: uuid,
  ubrn,
  pinnedVersion: count,
  nhsNumber,
  serviceId,
  serviceName: text(200),
  slotId: fhirId,
  start: instant,
  end: instant,
  clinicianId: orNull(sdsUserId),
  commissioningOrg: text(10),
  priority: text(40),
  slotPage: count,
});

export const recordSchemas = { bookIntent };

export type BookIntent = Static<typeof bookIntent>;
