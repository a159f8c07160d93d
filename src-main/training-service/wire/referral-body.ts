/** A referral on the wire (contract.md A005). The spine dialect leaves out what 2021 did not have (section 14.6). */
import { londonDate } from '../../contract/london-time.ts';
import { isSpine, type Call, type Json, type JsonObject } from '../service-types.ts';
import type { Attachment, Referral, SearchTerms } from '../world/model.ts';
import { specialtyName } from '../reference-sets.ts';
import { appointmentBody } from './appointment-body.ts';
import { ATTACHMENT_DISPLAY, PRIORITY_DISPLAY, REQUIREMENT_DISPLAY, STATE_DISPLAY } from './displays.ts';
import {
  ERS_SERVICE,
  LOCATION,
  NHS_NUMBER,
  ODS_CODE,
  REQUEST_ID,
  SDS_USER,
  codeSystem,
  coding,
  concept,
  extension,
  extensionUrl,
  identified,
  profile,
  reasonSystem,
  serverSystem,
} from './systems.ts';
import { instantText } from './instants.ts';

function stateExtension(call: Call, referral: Referral): JsonObject {
  const { state, stateReason: reason, stateComments: comments } = referral;
  const parts: Json[] = [
    { url: 'state', valueCoding: coding(codeSystem('eRS-ReferralState-1'), state, STATE_DISPLAY[state]) },
  ];
  if (reason) {
    parts.push({
      url: 'reason',
      valueCoding: coding(reasonSystem(call, reason.set), reason.code, reason.display),
    });
  }
  if (comments !== '') parts.push({ url: 'comments', valueString: comments });
  return { url: extensionUrl('ReferralState-1'), extension: parts };
}

/** What only the platform tells: state, real appointment id, pathway start, additional requirements. */
function platformExtensions(call: Call, referral: Referral): Json[] {
  const { appointment, requirements } = referral;
  return [
    ...(appointment
      ? [
          extension('Appointment-Reference-1', 'valueReference', {
            reference: `Appointment/${appointment.id}`,
          }),
        ]
      : []),
    extension(
      'eReferralPathwayStart-1',
      'valueInstant',
      instantText(referral.pathwayStartMs ?? referral.createdMs),
    ),
    stateExtension(call, referral),
    ...requirements.map((code) =>
      extension(
        'PatientAdditionalRequirement-1',
        'valueCoding',
        coding(codeSystem('eRS-AdditionalRequirementType-1'), code, REQUIREMENT_DISPLAY[code]),
      ),
    ),
  ];
}

function extensions(call: Call, referral: Referral): Json[] {
  const { appointment, clinicalInfoMs, priority } = referral;
  return [
    ...(appointment ? [extension('Appointment-1', 'valueReference', { reference: '#appointment' })] : []),
    ...(clinicalInfoMs === null
      ? []
      : [extension('ClinicalInfoFirstSubmitted-1', 'valueDateTime', instantText(clinicalInfoMs))]),
    extension(
      'ReferralPriority-1',
      'valueCodeableConcept',
      concept(codeSystem('eRS-Priority-1'), priority, PRIORITY_DISPLAY[priority]),
    ),
    extension('ReferralShortlist-1', 'valueReference', { reference: '#shortlist' }),
    extension('Commissioning-Rule-Org-1', 'valueIdentifier', {
      system: ODS_CODE,
      value: referral.commissioningOrg,
    }),
    ...(isSpine(call) ? [] : platformExtensions(call, referral)),
  ];
}

/** A request that services were searched for. */
type Searched = Pick<Referral, 'priority' | 'specialty' | 'clinicType' | 'searchTerms'>;

/** Those that it was made with, with the priority that it has now; else made up from what it is. */
function searchTermsOf(referral: Searched): SearchTerms {
  const { searchTerms, priority, specialty, clinicType } = referral;
  if (searchTerms !== undefined) return { ...searchTerms, priority };
  return {
    ...{ priority, specialty, clinicType, clinicalTerm: null, namedClinician: null, organisation: null },
    ...{ postcode: 'ZZ1 1AA', distanceLimit: 50, waitLimit: null, isForAgeAndGender: true },
  };
}

/** The contained criteria of a referral, or of a request for advice. */
export function searchParameters(call: Call, referral: Searched): JsonObject {
  const terms = searchTermsOf(referral);
  const coded = (name: string, system: string, code: string | null): Json[] =>
    code === null ? [] : [{ name, valueCoding: coding(system, code) }];
  const named = (name: string, system: string, value: string | null): Json[] =>
    value === null ? [] : [{ name, valueIdentifier: { system, value } }];
  const counted = (name: string, value: number | null): Json[] =>
    value === null ? [] : [{ name, valueUnsignedInt: value }];
  const parameter: Json[] = [
    ...coded('priority', codeSystem('eRS-Priority-1'), terms.priority),
    ...coded('specialty', serverSystem(call, 'SPECIALTY'), terms.specialty),
    ...coded('clinicType', codeSystem('eRS-ClinicType-1'), terms.clinicType),
    ...counted('indicativeAppointmentWaitTimeLimit', terms.waitLimit),
    ...(terms.postcode === null ? [] : [{ name: 'postcode', valueString: terms.postcode }]),
    ...counted('distanceLimit', terms.distanceLimit),
    ...coded('clinicalTerm', 'http://snomed.info/sct', terms.clinicalTerm),
    ...named('namedClinician', SDS_USER, terms.namedClinician),
    ...named('organisation', LOCATION, terms.organisation),
    { name: 'ageAndGenderAppropriate', valueBoolean: terms.isForAgeAndGender },
  ];
  return {
    id: 'serviceSearchCriteria',
    meta: { profile: [profile('eRS-ServiceSearchCriteria-Parameters-1')] },
    resourceType: 'Parameters',
    parameter,
  };
}

function shortlist(call: Call, referral: Referral): JsonObject {
  return {
    id: 'shortlist',
    meta: { profile: [profile('eRS-Shortlist-List-1')] },
    resourceType: 'List',
    extension: [
      extension('Shortlist-SearchCriteria-1', 'valueReference', { reference: '#serviceSearchCriteria' }),
    ],
    status: 'current',
    mode: 'snapshot',
    entry: referral.shortlist.map((id) => ({
      item: identified(ERS_SERVICE, id, call.desk.world.findService(id)?.name),
    })),
  };
}

/** A file of whatever has this UBRN; nobody is named twice. */
export function documentReference(
  call: Call,
  referral: Pick<Referral, 'ubrn' | 'referringOrg' | 'referrerId'>,
  file: Attachment,
): JsonObject {
  const by = (name: string, system: string, value: string): JsonObject =>
    extension(name, 'valueReference', { identifier: { system, value } });
  const organisation = file.attachedBy?.organisation ?? referral.referringOrg;
  const availability = extension(
    'AvailabilityStatus-1',
    'valueCoding',
    coding(codeSystem('eRS-AvailabilityStatus-1'), file.availability),
  );
  return {
    id: `DocumentReference-${file.number}`,
    meta: { profile: [profile('eRS-DocumentReference-1')] },
    resourceType: 'DocumentReference',
    type: concept(codeSystem('eRS-AttachmentType-1'), file.type, ATTACHMENT_DISPLAY[file.type]),
    status: 'current',
    indexed: instantText(file.indexedMs),
    description: file.description,
    content: [
      {
        attachment: {
          id: file.number,
          extension: [
            ...(isSpine(call) ? [] : [availability]),
            by('AttachedBy-1', SDS_USER, file.attachedBy?.userId ?? referral.referrerId),
            ...(isSpine(call) ? [] : [by('AttachedByOrganisation-1', ODS_CODE, organisation)]),
          ],
          contentType: file.contentType,
          url: isSpine(call) ? `Binary/att-${Number(referral.ubrn)}-${file.number}` : `Binary/${file.uuid}`,
          size: file.bytes,
          title: file.title,
          creation: londonDate(file.indexedMs),
        },
      },
    ],
  };
}

/** The referral as A005 gives it. */
export function referralBody(call: Call, referral: Referral): JsonObject {
  const { appointment, attachments, specialty } = referral;
  return {
    id: referral.ubrn,
    meta: { versionId: String(referral.version), profile: [profile('eRS-ReferralRequest-1')] },
    resourceType: 'ReferralRequest',
    extension: extensions(call, referral),
    contained: [
      searchParameters(call, referral),
      shortlist(call, referral),
      ...(appointment
        ? [appointmentBody(call, referral, appointment, { id: 'appointment', isReplyToA016: false })]
        : []),
      ...attachments.map((file) => documentReference(call, referral, file)),
    ],
    status: referral.state === 'CANCELLED_REFERRAL' ? 'cancelled' : 'active',
    // Unbooked referrals come without it.
    ...(appointment
      ? { specialty: concept(serverSystem(call, 'SPECIALTY'), specialty, specialtyName(specialty)) }
      : {}),
    subject: { identifier: { system: NHS_NUMBER, value: referral.nhsNumber } },
    supportingInfo: [
      ...attachments.map((file) => ({ reference: `#DocumentReference-${file.number}` })),
      ...referral.related.map((ubrn) => ({ reference: `ReferralRequest/${ubrn}` })),
      // A referral that was made of a request for advice keeps its UBRN (A027).
      ...(call.desk.world.findAdvice(referral.ubrn)
        ? [{ reference: `CommunicationRequest/${referral.ubrn}` }]
        : []),
    ],
    intent: 'plan',
    ...(isSpine(call) ? {} : { identifier: [{ system: REQUEST_ID, value: referral.requestId }] }),
  };
}
