/** The client's advice and guidance against the training service, which was written apart from it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { NhsNumber, SdsUserId, ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import type { ErsClient, ErsIdentity } from '../../../src-main/ers/client.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import {
  a010SearchServicesForPatient,
  buildSearchCriteria,
} from '../../../src-main/ers/operations/a010-search-services-for-patient.ts';
import { a020UploadFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import { a023FetchAdviceWorklist } from '../../../src-main/ers/operations/a023-fetch-advice-worklist.ts';
import { a024RetrieveAdviceRequest } from '../../../src-main/ers/operations/a024-retrieve-advice-request.ts';
import { a025RetrieveAdviceConversation } from '../../../src-main/ers/operations/a025-retrieve-advice-conversation.ts';
import {
  a026SendAdviceResponse,
  type A026Input,
} from '../../../src-main/ers/operations/a026-send-advice-response.ts';
import { a027ConvertAdviceToReferral } from '../../../src-main/ers/operations/a027-convert-advice-to-referral.ts';
import { a043GenerateAdviceOverview } from '../../../src-main/ers/operations/a043-generate-advice-overview.ts';
import { a044CreateAdviceRequest } from '../../../src-main/ers/operations/a044-create-advice-request.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { BusinessFunction } from '../../../src-main/ers/roles.ts';
import type { AdviceSceneName } from '../../../src-main/training-service/world/advice-model.ts';
import { ASID, createBench, PLATFORM, SPINE, type Bench } from '../../training-service/support.ts';
import { createInstantClock } from '../support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

function clientAs(identity: ErsIdentity): ErsClient {
  const { dialect } = identity;
  return createErsClient({
    settings: {
      ...{ dialect, pdsBaseUrl: null, rateShare: 1 },
      baseUrl: dialect === 'api-platform' ? PLATFORM : SPINE,
    },
    network: createInProcessNetwork(bench.service),
    clock: createInstantClock(),
    log: { write: () => {} },
    identity: () => identity,
  });
}

const organisationOf = (role: BusinessFunction) => (role.startsWith('REFERRING') ? 'R69' : 'R68');

async function as(dialect: 'api-platform' | 'spine-session', businessFunction: BusinessFunction) {
  const organisation = organisationOf(businessFunction);
  if (dialect === 'spine-session') {
    const sessionKey = await bench.openSession(businessFunction, organisation);
    return clientAs({ dialect, asid: ASID, sessionKey });
  }
  return clientAs({ dialect, bearer: bench.token, organisation, businessFunction, onBehalfOf: null });
}

function valueOf<T>(outcome: ErsOutcome<T>): T {
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
const refusalOf = (outcome: ErsOutcome<unknown>) =>
  outcome.kind === 'refused' ? [outcome.facts.status, outcome.code] : outcome.kind;

const find = (name: AdviceSceneName, at = 0) => (bench.world.findAdviceScene(name)[at] ?? '') as Ubrn;
const read = async (client: ErsClient, ubrn: Ubrn) =>
  valueOf(await client.call(a024RetrieveAdviceRequest, { ubrn }));

async function answerFor(client: ErsClient, ubrn: Ubrn, more: Partial<A026Input> = {}): Promise<A026Input> {
  const { version } = await read(client, ubrn);
  return {
    ...{ ubrn, version, priority: 'URGENT', attachments: [], guidance: 'K <3: ring me' },
    ...{ outcome: 'RETURN_TO_REFERRER_WITH_ADVICE', recommendation: 'OTHER' },
    ...more,
  };
}

describe.each(['api-platform', 'spine-session'] as const)('advice and guidance (%s)', (dialect) => {
  test('is listed, read, and its conversation sorted', async () => {
    const client = await as(dialect, 'SERVICE_PROVIDER_CLINICIAN');
    const list = valueOf(await client.call(a023FetchAdviceWorklist, {}));
    const ubrn = find('advice-multi-way');
    const row = list.entries.find((entry) => entry.ubrn === ubrn);
    expect(row).toMatchObject({ category: { code: 'PROVIDER_RESPONSE_REQUIRED' }, serviceId: '11000' });
    expect(list.entries.map((entry) => entry.ubrn)).not.toContain(find('advice-no-relationship'));
    const request = await read(client, ubrn);
    expect(request).toMatchObject({ status: 'active', isConversionAuthorised: true });
    const { version } = request;
    const talk = valueOf(await client.call(a025RetrieveAdviceConversation, { ubrn, version }));
    expect(talk.messages.map(({ sentBy }) => sentBy.code)).toEqual(['REQUESTER', 'RESPONDER', 'REQUESTER']);
    expect(talk.messages[2]?.attachments).toHaveLength(1);
    expect(talk.messages[1]?.sender).toMatchObject({
      organisation: 'R68',
      role: 'SERVICE_PROVIDER_CLINICIAN',
    });
    const filtered = await client.call(a023FetchAdviceWorklist, {
      filters: { serviceId: '11004' as ServiceId },
    });
    expect(valueOf(filtered).entries.map(({ serviceId }) => serviceId)).toEqual(['11004']);
  });

  test('writes links out and keeps what only looks like HTML', async () => {
    const client = await as(dialect, 'REFERRING_CLINICIAN');
    const ubrn = find('advice-link');
    const { version } = await read(client, ubrn);
    const talk = valueOf(await client.call(a025RetrieveAdviceConversation, { ubrn, version }));
    expect(talk.messages[1]?.text).toContain('(https://guidance.example.nhs.uk/heart-failure?step=2)');
    expect(talk.messages[0]?.text).toContain('K <5 and Na >135');
  });

  test('is answered once under its pin, with a file', async () => {
    const client = await as(dialect, 'SERVICE_PROVIDER_CLINICIAN');
    const ubrn = find('advice-waiting');
    const content = new TextEncoder().encode('A file of four words');
    const file = { ubrn, name: 'plan.txt', mediaType: 'text/plain', content };
    const { documentId } = valueOf(await client.call(a020UploadFile, file));
    const attachments = [{ binaryId: documentId, description: '', indexed: '2026-11-23T09:00:00.000Z' }];
    const input = await answerFor(client, ubrn, { attachments });
    const sent = valueOf(await client.call(a026SendAdviceResponse, input));
    expect(sent.request).toMatchObject({ category: { code: 'REFERRER_TO_REVIEW_RESPONSE' } });
    expect(sent.message).toMatchObject({ text: 'K <3: ring me', attachments: [{ title: 'plan.txt' }] });
    const stale = dialect === 'api-platform' ? [409, ''] : [409, 'VERSION_CONFLICT'];
    expect(refusalOf(await client.call(a026SendAdviceResponse, input))).toEqual(stale);
    const again = await answerFor(client, ubrn);
    expect(refusalOf(await client.call(a026SendAdviceResponse, again))).toEqual([
      422,
      'INVALID_REQUEST_STATE',
    ]);
  });

  test('asks back without a recommendation, and is locked while somebody else has it', async () => {
    const client = await as(dialect, 'SERVICE_PROVIDER_CLINICIAN');
    const ubrn = find('advice-waiting', 1);
    const question = { outcome: 'REQUIRE_FURTHER_INFORMATION', recommendation: null } as const;
    const wrong = await answerFor(client, ubrn, { recommendation: null });
    expect(refusalOf(await client.call(a026SendAdviceResponse, wrong))).toEqual([422, 'VALUE_IS_REQUIRED']);
    bench.world.lock(ubrn, 60_000);
    const locked = await client.call(a026SendAdviceResponse, await answerFor(client, ubrn, question));
    expect(refusalOf(locked)).toEqual([423, dialect === 'api-platform' ? '' : 'REFERRAL_LOCKED']);
    await bench.clock.advance(61_000);
    const sent = await client.call(a026SendAdviceResponse, await answerFor(client, ubrn, question));
    expect(valueOf(sent).request.category.code).toBe('REFERRER_TO_SUBMIT_FURTHER_INFORMATION');
  });

  test('becomes a referral of the same UBRN where the referrer allowed it', async () => {
    const client = await as(dialect, 'SERVICE_PROVIDER_CLINICIAN');
    const ubrn = find('advice-waiting', 2);
    const { version } = await read(client, ubrn);
    const files = { guidanceFiles: [], reviewFiles: [] };
    const input = { ubrn, version, guidance: 'We see them', priority: 'URGENT', comments: 'Book', ...files };
    const before = await client.call(a005RetrieveReferral, { ubrn });
    expect(refusalOf(before)).toEqual([422, 'INVALID_REQUEST_TYPE']);
    const made = valueOf(await client.call(a027ConvertAdviceToReferral, input));
    expect(made).toMatchObject({ ubrn, priority: { code: 'URGENT' }, appointment: { status: 'proposed' } });
    expect(valueOf(await client.call(a005RetrieveReferral, { ubrn })).version).toBe(made.version);
    expect((await read(client, ubrn)).category.code).toBe('ADVICE_CONVERTED');
    const forbidden = find('advice-not-authorised');
    const other = { ...input, ubrn: forbidden, version: (await read(client, forbidden)).version };
    const refused = await client.call(a027ConvertAdviceToReferral, other);
    expect(refusalOf(refused)).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  test('is refused to strangers and for restricted patients', async () => {
    const client = await as(dialect, 'SERVICE_PROVIDER_CLINICIAN');
    const strange = await client.call(a024RetrieveAdviceRequest, { ubrn: find('advice-no-relationship') });
    expect(refusalOf(strange)).toEqual([422, 'NO_RELATIONSHIP']);
    const answer = await answerFor(client, find('advice-s-flag'));
    const code = dialect === 'api-platform' ? 'PATIENT_ERROR' : 'PATIENT_SENSITIVE';
    expect(refusalOf(await client.call(a026SendAdviceResponse, answer))).toEqual([422, code]);
    const referral = bench.world.findScene('bookable')[0] as Ubrn;
    const wrongType = await client.call(a024RetrieveAdviceRequest, { ubrn: referral });
    expect(refusalOf(wrongType)).toEqual([422, 'INVALID_REQUEST_TYPE']);
  });
});

describe('on the platform alone', () => {
  const patient = () =>
    bench.world.patients.find(({ key, record }) => key === '' && record === 'normal')?.nhsNumber as NhsNumber;
  const criteria = buildSearchCriteria({
    ...{
      priority: 'ROUTINE',
      clinicType: null,
      clinicalTerm: null,
      namedClinician: null,
      organisation: null,
    },
    specialty: { system: `${PLATFORM}/STU3/CodeSystem/SPECIALTY`, code: 'CARDIOLOGY' },
    ...{ postcode: null, distanceLimit: null, waitLimit: null, isForAgeAndGender: true },
  });

  test('an overview is a PDF', async () => {
    const client = await as('api-platform', 'REFERRING_CLINICIAN_ADMIN');
    const file = valueOf(await client.call(a043GenerateAdviceOverview, { ubrn: find('advice-answered') }));
    expect(new TextDecoder().decode(file.pdf.slice(0, 5))).toBe('%PDF-');
    expect(file.fileName).toMatch(/^\d{12}_Advice_And_Guidance_\d{14}\.pdf$/);
  });

  test('a service that the search finds is asked, by an admin in a clinician’s name', async () => {
    const client = await as('api-platform', 'REFERRING_CLINICIAN_ADMIN');
    const referringClinician = '555000000211' as SdsUserId;
    const search = { nhsNumber: patient(), criteria, referringClinician, commissioningOrg: null };
    const asked = { requestType: 'ADVICE_AND_GUIDANCE_REQUEST', sortBy: 'IWT', ...search } as const;
    const found = valueOf(await client.call(a010SearchServicesForPatient, asked));
    expect(found.services.map(({ id }) => id)).toContain('11000');
    const input = {
      ...{ nhsNumber: patient(), serviceId: '11000' as ServiceId, criteria, referringClinician },
      ...{ request: 'Is an echo needed?', isConversionAuthorised: true, attachments: [] },
    };
    const { request, message } = valueOf(await client.call(a044CreateAdviceRequest, input));
    expect(request).toMatchObject({ requester: { userId: referringClinician }, version: 1 });
    expect(message.sender?.role).toBe('REFERRING_CLINICIAN_ADMIN');
    expect((await read(client, request.ubrn)).nhsNumber).toBe(patient());
    const unfit = await client.call(a044CreateAdviceRequest, { ...input, serviceId: '11002' as ServiceId });
    expect(refusalOf(unfit)).toEqual([422, 'INAPPROPRIATE_VALUE']);
    const missing = await client.call(a044CreateAdviceRequest, { ...input, referringClinician: null });
    expect(refusalOf(missing)).toEqual([422, 'VALUE_IS_REQUIRED']);
  });
});
