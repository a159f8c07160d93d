/** Reads the List of A008. Each kind of list has its own extension; the fields that it lacks stay empty. */
import type { Coded } from '../../contract/schema.ts';
import { parseServedNhsNumber, parseServiceId } from '../../contract/identifiers.ts';
import type { WorklistEntry, WorklistReply } from '../model.ts';
import { identifierValue, NO_CODE, readConcept, withoutSystem } from './codings.ts';
import { extensionNamed } from './extensions.ts';
import { normaliseDay, normaliseInstant } from './instants.ts';
import { integerAt, objectAt, objectsAt, textAt, type Json } from './json.ts';
import { containedResource, parseReferralReference } from './references.ts';

const ITEM_EXTENSION = /\/Extension-eRS-[A-Za-z]+-WorkListItem-1$/;

export function readWorklist(list: Json): WorklistReply {
  const read = objectsAt(list, 'entry').map((entry) => readEntry(list, entry));
  const entries = read.filter((entry) => entry !== null);
  return { entries, unreadable: read.length - entries.length };
}

function readEntry(list: Json, entry: Json): WorklistEntry | null {
  const referral = parseReferralReference(textAt(objectAt(entry, 'item'), 'reference'));
  const item = objectsAt(entry, 'extension').find((extension) =>
    ITEM_EXTENSION.test(textAt(extension, 'url')),
  );
  if (referral === null || item === undefined) return null;
  const concept = (name: string) =>
    withoutSystem(readConcept(objectAt(extensionNamed(item, name), 'valueCodeableConcept')));
  const instant = (name: string) => normaliseInstant(textAt(extensionNamed(item, name), 'valueDateTime'));
  const date = (name: string) => normaliseDay(textAt(extensionNamed(item, name), 'valueDate'));
  const service = objectAt(extensionNamed(item, 'service'), 'valueReference');
  return {
    ubrn: referral.ubrn,
    nhsNumber: parseServedNhsNumber(patientNumber(list, item)),
    priority: concept('priority') ?? NO_CODE,
    context:
      textAt(extensionNamed(item, 'clinicalContext'), 'valueString') ||
      textAt(service, 'display') ||
      nameOf(concept('specialty')),
    status: asReferralState(concept('status')),
    reason: concept('reason'),
    // Provider lists have no creation time; the start of the pathway is what their rows are judged by.
    created: instant('referralCreated') ?? instant('eReferralPathwayStart'),
    lastUpdated: instant('referralLastUpdated') ?? instant('clinicalInfoLastUpdated'),
    contactBy: date('patientContactExpected'),
    letterDue: date('letterDue'),
    appointmentStart: instant('appointmentStart'),
    serviceId: parseServiceId(identifierValue(service)),
    version: integerAt(extensionNamed(item, 'referralRequestVersion'), 'valueInteger'),
    referralType: concept('referralType'),
    clinicalInformation: concept('clinicalInformationStatus'),
    pathwayStart: instant('eReferralPathwayStart'),
  };
}

const nameOf = (coded: Coded | null) => coded?.display || coded?.code || '';

/** The review list refers to a contained Patient; the other lists state the identifier (contract.md A008). */
function patientNumber(list: Json, item: Json): string {
  const reference = objectAt(extensionNamed(item, 'patient'), 'valueReference');
  const patient = containedResource(list, textAt(reference, 'reference'));
  return identifierValue(reference) || textAt(objectsAt(patient, 'identifier')[0] ?? null, 'value');
}

/** Lists spell cancelled states `APP_…` where A005 has `APPT_…` (contract.md section 15, row 15). */
function asReferralState(status: Coded | null): Coded | null {
  return status === null
    ? null
    : { ...status, code: status.code.replace(/^APP_CANCELLED_/, 'APPT_CANCELLED_') };
}
