/** The DSTU2 forms of A004 to A008: deprecated, reading only, in the API of 2021 only (contract.md section 8). */
import { CLINICAL, PROVIDER_ALL } from '../../ers/roles.ts';
import { fetchWorklist } from '../operations/a008-fetch-worklist.ts';
import { generateClinicalInformation } from '../operations/a007-generate-clinical-information.ts';
import { readAttachment } from '../operations/a006-read-attachment.ts';
import { readReferral } from '../operations/a005-read-referral.ts';
import { findReferenceSet } from '../reference-sets.ts';
import { isRefusal, refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { listAt, textAt } from '../wire/read-body.ts';
import { inOldWords, oldProfile, oldReferral, oldValueSet } from './old-form.ts';

const route = (method: 'GET' | 'POST', path: string, permission: readonly string[]): Operation['routes'] => [
  { surface: 'spine-session', method, path, permission },
];

/** Specialties, the one set that there was of those still known; their days are extensions. */
function answerValueSet(call: Call): Answer {
  const set = call.params.set === 'SPECIALTY' ? findReferenceSet('SPECIALTY') : undefined;
  if (!set) return refuse(404, '');
  const day = (name: string, valueDateTime: string) => ({
    url: `http://fhir.nhs.uk/StructureDefinition/extension-ers-${name}-1`,
    valueDateTime,
  });
  return {
    status: 200,
    json: {
      id: 'SPECIALTY',
      meta: { profile: [oldProfile('valueset')] },
      resourceType: 'ValueSet',
      status: 'active',
      publisher: 'Training service',
      codeSystem: {
        system: oldValueSet('specialty'),
        concept: set.concepts.map(({ code, display, numeric, from, to }) => ({
          extension: [
            day('effectivefromdate', from),
            ...(to === undefined ? [] : [day('effectivetodate', to)]),
          ],
          code,
          display,
          designation: { value: numeric ?? '' },
        })),
      },
    },
  };
}

async function answerReferral(call: Call): Promise<Answer> {
  const answer = await readReferral.answer(call);
  if (isRefusal(answer) || answer.json === undefined) return answer;
  return { ...answer, json: oldReferral(call, answer.json) };
}

/** The review list only, asked for in the old words. */
async function answerWorklist(call: Call): Promise<Answer> {
  const parameter = listAt(call.body, 'parameter').find((one) => textAt(one, 'name') === 'listType');
  const system = textAt(parameter, 'valueCodeableConcept', 'coding', 0, 'system');
  const code = textAt(parameter, 'valueCodeableConcept', 'coding', 0, 'code');
  const profiles = listAt(call.body, 'meta', 'profile');
  const isOld =
    profiles.includes('http://fhir.nhs.uk/OperationDefinition/ers-fetchworklist-operation-1') &&
    system === oldValueSet('referrallistselector');
  if (!isOld || code !== 'REFERRALS_FOR_REVIEW') return refuse(422, 'INVALID_VALUE', 'listType');
  const answer = await fetchWorklist.answer(call);
  if (isRefusal(answer) || answer.json === undefined) return answer;
  return { ...answer, json: inOldWords(answer.json) as typeof answer.json };
}

const asked = (call: Call): Call => ({
  ...call,
  params: { ...call.params, ubrn: call.query.get('UBRN') ?? '' },
});

const old: Pick<Operation, 'fhir' | 'produces' | 'consumes'> = {
  fhir: 'stu3',
  produces: 'json+fhir',
  consumes: null,
};

export const DSTU2_OPERATIONS: readonly Operation[] = [
  { ...old, id: 'A004', routes: route('GET', '/v1/ValueSet/:set', CLINICAL), answer: answerValueSet },
  {
    ...old,
    id: 'A005',
    routes: route('GET', '/v1/ReferralRequest/:ubrn', CLINICAL),
    answer: answerReferral,
  },
  // Before the files: its path would be one of theirs.
  {
    ...old,
    id: 'A007',
    produces: 'pdf',
    routes: route('GET', '/v1/Binary/$ers.generateCRI', CLINICAL),
    answer: (call) => generateClinicalInformation.answer(asked(call)),
  },
  {
    ...old,
    id: 'A006',
    produces: 'file',
    routes: route('GET', '/v1/Binary/:id', CLINICAL),
    answer: (call) => readAttachment.answer(call),
  },
  {
    ...old,
    id: 'A008',
    consumes: 'application/json+fhir',
    routes: route('POST', '/v1/ReferralRequest/$ers.fetchworklist', PROVIDER_ALL),
    answer: answerWorklist,
  },
];
