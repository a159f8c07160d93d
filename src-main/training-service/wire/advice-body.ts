/** Requests for advice and their messages on the wire (contract.md section 7, A024 to A027). */
import { isSpine, type Call, type Json, type JsonObject } from '../service-types.ts';
import { specialtyName } from '../reference-sets.ts';
import type { AdviceCategory, AdviceMessage, AdviceRequest, Party } from '../world/advice-model.ts';
import type { Attachment } from '../world/model.ts';
import { PRIORITY_DISPLAY } from './displays.ts';
import { instantText } from './instants.ts';
import { documentReference, searchParameters } from './referral-body.ts';
import {
  codeSystem,
  coding,
  concept,
  ERS_SERVICE,
  extension,
  identified,
  NHS_NUMBER,
  ODS_CODE,
  profile,
  REQUEST_ID,
  SDS_USER,
  serverSystem,
  STU3_BUNDLE_PROFILE,
  linkRoot,
} from './systems.ts';

const STATUS: Readonly<Record<AdviceCategory, 'active' | 'cancelled' | 'completed'>> = {
  PROVIDER_RESPONSE_REQUIRED: 'active',
  REFERRER_TO_SUBMIT_FURTHER_INFORMATION: 'active',
  REFERRER_TO_REVIEW_RESPONSE: 'active',
  CONVERSATION_ENDED_CANCELLED: 'cancelled',
  CONVERSATION_ENDED_CLOSED: 'completed',
  ADVICE_CONVERTED: 'completed',
};

const AUTHORISED =
  'Referrer has allowed the Service Provider to convert the Advice and Guidance to a Referral';
const NOT_AUTHORISED =
  'Referrer has not allowed the Service Provider to convert the Advice and Guidance to a Referral';

/** These two extensions are not named after e-RS. */
const plainExtension = (name: string, value: Json): JsonObject => ({
  url: `https://fhir.nhs.uk/STU3/StructureDefinition/Extension-${name}-1`,
  valueReference: value,
});

const roleId = ({ userId, organisation, businessFunction }: Party): string =>
  `${userId}.${organisation}.${businessFunction.replaceAll('_', '-')}`;

const roleBody = (party: Party, id: string): JsonObject => ({
  id,
  meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-PractitionerRole-1'] },
  resourceType: 'PractitionerRole',
  practitioner: { identifier: { system: SDS_USER, value: party.userId } },
  organization: { identifier: { system: ODS_CODE, value: party.organisation } },
  code: [concept(codeSystem('eRS-BusinessFunction-1'), party.businessFunction)],
});

/** How a message names other resources: as contained ones, or as entries of the bundle that it is in. */
type Naming = 'contained' | 'in-bundle';

const refer = (naming: Naming, type: string, id: string): JsonObject => ({
  reference:
    naming === 'contained' ? `#${type}${type === 'PractitionerRole' ? '.' : '-'}${id}` : `${type}/${id}`,
});

const referToRole = (naming: Naming, party: Party): JsonObject =>
  plainExtension('PractitionerRole-Reference', refer(naming, 'PractitionerRole', roleId(party)));

/** Each person once. */
function rolesOf(parties: readonly Party[]): Party[] {
  return [...new Map(parties.map((party) => [roleId(party), party])).values()];
}

const containedRoles = (parties: readonly Party[]): JsonObject[] =>
  rolesOf(parties).map((party) => roleBody(party, `PractitionerRole.${roleId(party)}`));

const recipientService = (serviceId: string): JsonObject => ({
  extension: [plainExtension('HealthcareService-Reference', identified(ERS_SERVICE, serviceId))],
});

const owner = ({ ubrn, referringOrg, requester }: AdviceRequest) => ({
  ubrn,
  referringOrg,
  referrerId: requester.userId,
});

function extensions(call: Call, request: AdviceRequest): Json[] {
  const { priority, isConversionAuthorised, specialty } = request;
  return [
    extension(
      'ReferralPriority-1',
      'valueCodeableConcept',
      concept(codeSystem('eRS-Priority-1'), priority, PRIORITY_DISPLAY[priority]),
    ),
    extension(
      'ProviderConversionAuthorisation-1',
      'valueCoding',
      coding(
        codeSystem('eRS-ProviderConversionAuthorisation-1'),
        isConversionAuthorised ? 'AUTHORISED_TO_CONVERT' : 'NOT_AUTHORISED_TO_CONVERT',
        isConversionAuthorised ? AUTHORISED : NOT_AUTHORISED,
      ),
    ),
    extension('ReferralShortlist-1', 'valueReference', { reference: '#shortlist' }),
    extension(
      'Specialty-1',
      'valueCoding',
      coding(serverSystem(call, 'SPECIALTY'), specialty, specialtyName(specialty)),
    ),
  ];
}

const shortlist = (call: Call, { serviceId }: AdviceRequest): JsonObject => ({
  id: 'shortlist',
  meta: { profile: [profile('eRS-Shortlist-List-1')] },
  resourceType: 'List',
  extension: [
    extension('Shortlist-SearchCriteria-1', 'valueReference', { reference: '#serviceSearchCriteria' }),
  ],
  status: 'current',
  mode: 'snapshot',
  entry: [{ item: identified(ERS_SERVICE, serviceId, call.desk.world.findService(serviceId)?.name) }],
});

/** The request as A024 gives it. */
export function adviceBody(call: Call, request: AdviceRequest): JsonObject {
  const { ubrn, version, attachments, category, nhsNumber, serviceId, sender, requester } = request;
  return {
    id: ubrn,
    meta: { versionId: String(version), profile: [profile('eRS-CommunicationRequest-1')] },
    resourceType: 'CommunicationRequest',
    extension: extensions(call, request),
    contained: [
      searchParameters(call, request),
      shortlist(call, request),
      ...containedRoles([sender, requester]),
      ...attachments.map((file) => documentReference(call, owner(request), file)),
    ],
    status: STATUS[category],
    category: [concept(codeSystem('eRS-AdviceAndGuidanceStatus-1'), category)],
    subject: { identifier: { system: NHS_NUMBER, value: nhsNumber } },
    recipient: [recipientService(serviceId)],
    sender: { extension: [referToRole('contained', sender)] },
    requester: { agent: { extension: [referToRole('contained', requester)] } },
    ...(attachments.length === 0
      ? {}
      : {
          payload: attachments.map((file) => ({
            contentReference: refer('contained', 'DocumentReference', file.number),
          })),
        }),
    ...(isSpine(call) ? {} : { identifier: [{ system: REQUEST_ID, value: request.requestId }] }),
  };
}

function messageBody(request: AdviceRequest, message: AdviceMessage, naming: Naming): JsonObject {
  const { sentBy, sender, requester, attachments } = message;
  return {
    id: message.id,
    meta: { versionId: '0', profile: [profile('eRS-Communication-1')] },
    resourceType: 'Communication',
    extension: [
      plainExtension('Communication-Requester', refer(naming, 'PractitionerRole', roleId(requester))),
    ],
    basedOn: [{ reference: `CommunicationRequest/${request.ubrn}/_history/${request.version}` }],
    status: 'completed',
    category: [concept(codeSystem('eRS-CommunicationSentBy-1'), sentBy)],
    recipient: [
      sentBy === 'RESPONDER'
        ? identified(ODS_CODE, request.referringOrg)
        : recipientService(request.serviceId),
    ],
    sent: instantText(message.sentMs),
    sender: { extension: [referToRole(naming, sender)] },
    ...(attachments.length === 0
      ? {}
      : {
          payload: attachments.map((file) => ({
            contentReference: refer(naming, 'DocumentReference', file.number),
          })),
        }),
    note: [{ text: message.text }],
  };
}

/** A message on its own, with what it names inside it (A026, A044). */
export function createdMessage(call: Call, request: AdviceRequest, message: AdviceMessage): JsonObject {
  const { sender, requester, attachments } = message;
  return {
    ...messageBody(request, message, 'contained'),
    contained: [
      ...attachments.map((file) => documentReference(call, owner(request), file)),
      ...containedRoles([sender, requester]),
    ],
  };
}

const documentEntry = (call: Call, request: AdviceRequest, file: Attachment): JsonObject => ({
  ...documentReference(call, owner(request), file),
  id: file.number,
});

/** The conversation, in no order (contract.md section 7, A025). */
export function conversationBody(call: Call, request: AdviceRequest, bundleId: string): JsonObject {
  const { messages } = request;
  const root = linkRoot(call);
  const entry = (type: string, resource: JsonObject, mode: 'match' | 'include'): JsonObject => ({
    fullUrl: `${root}/${type}/${String(resource['id'])}`,
    resource,
    search: { mode },
  });
  const parties = rolesOf(messages.flatMap(({ sender, requester }) => [sender, requester]));
  const files = messages.flatMap(({ attachments }) => attachments);
  const asked = `based-on=CommunicationRequest/${request.ubrn}/_history/${request.version}`;
  return {
    id: bundleId,
    meta: { lastUpdated: instantText(call.desk.clock.nowMs()), profile: [STU3_BUNDLE_PROFILE] },
    resourceType: 'Bundle',
    type: 'searchset',
    total: messages.length,
    link: [{ relation: 'self', url: `${root}/Communication?${asked}` }],
    entry: [
      ...messages
        .toReversed()
        .map((message) => entry('Communication', messageBody(request, message, 'in-bundle'), 'match')),
      ...parties.map((party) => entry('PractitionerRole', roleBody(party, roleId(party)), 'include')),
      ...files.map((file) => entry('DocumentReference', documentEntry(call, request, file), 'include')),
    ],
  };
}
