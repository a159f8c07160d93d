/**
 * The deprecated DSTU2 forms of A004 to A008, for sites whose agreement still names them (contract.md section 8). The same
 * inputs and outputs as the forms that came after; only reading, and only in the spine dialect.
 */
import { parseUbrn } from '../../contract/identifiers.ts';
import { asObject, type Json } from '../fhir/json.ts';
import type { Framing, Operation, SuccessReply } from '../operation.ts';
import { a004RetrieveReferenceData, type A004Input } from '../operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral, type A005Input } from '../operations/a005-retrieve-referral.ts';
import { a006RetrieveAttachment, type A006Input } from '../operations/a006-retrieve-attachment.ts';
import {
  a007GenerateClinicalInformation,
  type A007Input,
} from '../operations/a007-generate-clinical-information.ts';
import { a008FetchWorklist, type A008Input } from '../operations/a008-fetch-worklist.ts';
import { buildWorklistBody, readWorklistBody } from '../operations/a008-worklist-body.ts';
import { matchPath } from '../operations/framing.ts';
import { PROVIDER_ALL } from '../roles.ts';
import { DSTU2_SPECIALTY, toDstu2Names, toLaterNames } from './names.ts';
import { upgradeReferral, upgradeValueSet, upgradeWorklist } from './upgrade.ts';

const JSON_FHIR = 'application/json+fhir';
const V1 = '/v1';
const ACCEPTS = { Accept: JSON_FHIR };

/** The same operation in its old form: another framing, and a reply that is renamed before it is read. */
function inOldForm<Input, Output>(
  later: Operation<Input, Output>,
  framing: Framing<Input>,
  upgrade: (json: unknown) => unknown = (json) => json,
): Operation<Input, Output> {
  return {
    ...later,
    name: `${later.name} (DSTU2)`,
    dialects: { 'spine-session': framing },
    read: (reply: SuccessReply, dialect) => later.read({ ...reply, json: upgrade(reply.json) }, dialect),
  };
}

const referenceData: Framing<A004Input> = {
  supports: ({ set }) => set === 'SPECIALTY',
  build: ({ set }) => ({ method: 'GET', path: `${V1}/ValueSet/${set}`, headers: ACCEPTS }),
  readRequest(request) {
    const [set] = matchPath(request, 'GET', V1, /^\/ValueSet\/(SPECIALTY)$/) ?? [];
    return set === undefined ? null : { set };
  },
  successStatus: [200],
};

const referral: Framing<A005Input> = {
  supports: ({ version }) => version === undefined,
  build: ({ ubrn }) => ({ method: 'GET', path: `${V1}/ReferralRequest/${ubrn}`, headers: ACCEPTS }),
  readRequest(request) {
    const ubrn = parseUbrn(matchPath(request, 'GET', V1, /^\/ReferralRequest\/(\d{12})$/)?.[0] ?? '');
    return ubrn === null ? null : { ubrn };
  },
  successStatus: [200],
};

const attachment: Framing<A006Input> = {
  // The one form of id that there was.
  supports: ({ id }) => /^att-\d+-\d+$/.test(id),
  build: ({ id }) => ({ method: 'GET', path: `${V1}/Binary/${id}` }),
  readRequest(request) {
    const [id] = matchPath(request, 'GET', V1, /^\/Binary\/(att-\d+-\d+)$/) ?? [];
    return id === undefined ? null : { id };
  },
  successStatus: [200],
};

const clinicalInformation: Framing<A007Input> = {
  build: ({ ubrn }) => ({
    method: 'GET',
    path: `${V1}/Binary/$ers.generateCRI`,
    query: [['UBRN', ubrn]],
    headers: { Accept: '*/*' },
  }),
  readRequest(request) {
    const isOurs = matchPath(request, 'GET', V1, /^\/Binary\/\$ers\.generateCRI$/) !== null;
    const ubrn = isOurs ? parseUbrn(request.query['UBRN'] ?? '') : null;
    return ubrn === null ? null : { ubrn };
  },
  successStatus: [200],
};

const PROFILE = 'http://fhir.nhs.uk/OperationDefinition/ers-fetchworklist-operation-1';

const worklist: Framing<A008Input> = {
  // Slot issues came after it.
  supports: ({ kind }) => kind === 'REFERRALS_FOR_REVIEW',
  build: (input) => ({
    method: 'POST',
    path: `${V1}/ReferralRequest/$ers.fetchworklist`,
    headers: { ...ACCEPTS, 'Content-Type': JSON_FHIR },
    body: {
      ...(toDstu2Names(buildWorklistBody(withOldSpecialty(input))) as Json),
      meta: { versionId: '1', profile: [PROFILE] },
    },
  }),
  readRequest(request) {
    const isOurs = matchPath(request, 'POST', V1, /^\/ReferralRequest\/\$ers\.fetchworklist$/) !== null;
    return isOurs ? readWorklistBody(asObject(toLaterNames(request.body))) : null;
  },
  successStatus: [200],
};

/** The set of specialties has one system here, whatever server named it. */
function withOldSpecialty(input: A008Input): A008Input {
  const specialty = input.filters?.specialty;
  if (specialty === undefined || specialty === 'not-assigned') return input;
  return {
    ...input,
    filters: { ...input.filters, specialty: { ...specialty, system: DSTU2_SPECIALTY } },
  };
}

export const a004InDstu2 = inOldForm(a004RetrieveReferenceData, referenceData, upgradeValueSet);
export const a005InDstu2 = inOldForm(a005RetrieveReferral, referral, upgradeReferral);
export const a006InDstu2 = inOldForm(a006RetrieveAttachment, attachment);
export const a007InDstu2 = inOldForm(a007GenerateClinicalInformation, clinicalInformation);
export const a008InDstu2 = {
  ...inOldForm(a008FetchWorklist, worklist, upgradeWorklist),
  roles: PROVIDER_ALL,
};
