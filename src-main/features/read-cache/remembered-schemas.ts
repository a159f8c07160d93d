/** Schemas of what is remembered of e-RS: strict, checked on every recall, since a file may hold anything. */
import { Type } from 'typebox';
import { patientDetails, requests as patientRequests } from '../../contract/channels/patient.ts';
import { requests as worklistRequests } from '../../contract/channels/worklist.ts';
import {
  count,
  fhirId,
  instant,
  nhsNumber,
  oneOf,
  orNull,
  sdsUserId,
  serviceId,
  strict,
  ubrn,
} from '../../contract/schema.ts';

/** Text of e-RS, as long as it came: the answers to the page have limits of their own. */
const words = Type.String();
const coding = strict({ code: words, display: words });
const odsCode = Type.String({ pattern: '^[A-Z0-9]{2,10}$' });

const appointment = strict({
  id: orNull(fhirId),
  version: orNull(count),
  status: words,
  reason: orNull(strict({ system: words, code: words, display: words })),
  comment: words,
  serviceId: orNull(serviceId),
  serviceName: words,
  nhsNumber: orNull(nhsNumber),
  clinicianId: orNull(sdsUserId),
  start: orNull(instant),
  end: orNull(instant),
  slotId: orNull(fhirId),
  created: orNull(instant),
  referral: orNull(strict({ ubrn, version: count })),
});

const attachment = strict({
  id: words,
  title: words,
  description: words,
  contentType: words,
  url: words,
  bytes: orNull(count),
  availability: coding,
  type: coding,
});

const service = strict({
  id: serviceId,
  name: words,
  bookable: oneOf(['directly', 'indirectly', 'triage', 'unknown']),
  site: orNull(words),
  instructions: words,
  hours: words,
  /** Absent in what was remembered before this was read. */
  isActive: Type.Optional(Type.Boolean()),
  patientPhone: orNull(words),
  version: Type.Optional(orNull(count)),
  contacts: Type.Optional(Type.Array(strict({ purpose: orNull(coding), system: words, value: words }))),
  types: Type.Optional(Type.Array(coding)),
  characteristics: Type.Optional(Type.Array(coding)),
});

const referral = strict({
  referral: strict({
    ubrn,
    version: count,
    status: words,
    nhsNumber,
    state: orNull(strict({ code: words, display: words, reason: orNull(coding), comments: words })),
    priority: coding,
    specialty: orNull(coding),
    shortlist: Type.Array(strict({ serviceId, name: words })),
    commissioningOrg: orNull(odsCode),
    appointment: orNull(appointment),
    appointmentId: orNull(fhirId),
    attachments: Type.Array(attachment),
    additionalRequirements: Type.Array(coding),
    relatedReferrals: Type.Array(ubrn),
    pathwayStart: orNull(words),
    searchCriteria: Type.Optional(orNull(Type.Array(Type.Record(words, Type.Unknown())))),
    clinicalInfoSince: Type.Optional(orNull(words)),
  }),
  services: Type.Array(service),
});

const slotPage = strict({
  slots: Type.Array(
    strict({
      id: fhirId,
      start: instant,
      end: instant,
      clinicianId: orNull(sdsUserId),
      serviceId: orNull(serviceId),
    }),
  ),
  unreadable: count,
  total: count,
  hasNext: Type.Boolean(),
});

const referenceSet = strict({
  id: words,
  url: words,
  concepts: Type.Array(
    strict({
      code: words,
      display: words,
      effectiveFrom: orNull(words),
      effectiveTo: orNull(words),
      properties: Type.Record(words, Type.Array(Type.Union([words, Type.Number(), Type.Boolean()]))),
    }),
  ),
});

export const rememberedSchemas = {
  worklist: worklistRequests['worklist/fetch'].output,
  referral,
  patient: patientDetails,
  'listed-name': patientRequests['patient/read-names'].output.properties.names.items,
  'slot-page': slotPage,
  'reference-set': referenceSet,
};
