/** The DSTU2 forms against the training service: what they send, and what their replies are read as. */
import { beforeEach, describe, expect, it } from 'vitest';
import { parseServiceId, type ServiceId, type Ubrn } from '../../src-main/contract/identifiers.ts';
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import type { ErsClient } from '../../src-main/ers/client.ts';
import { DSTU2_FORMS } from '../../src-main/ers/dstu2/read-in-dstu2.ts';
import { upgradeReferral, upgradeValueSet, upgradeWorklist } from '../../src-main/ers/dstu2/upgrade.ts';
import { createErsClient } from '../../src-main/ers/create-ers-client.ts';
import { a004RetrieveReferenceData } from '../../src-main/ers/operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral } from '../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a006RetrieveAttachment } from '../../src-main/ers/operations/a006-retrieve-attachment.ts';
import { a007GenerateClinicalInformation } from '../../src-main/ers/operations/a007-generate-clinical-information.ts';
import { a008FetchWorklist } from '../../src-main/ers/operations/a008-fetch-worklist.ts';
import type { Operation } from '../../src-main/ers/operation.ts';
import type { Network, WireRequest } from '../../src-main/app/ports.ts';
import { ASID, createBench, SPINE, type Bench } from '../training-service/support.ts';

let bench: Bench;
let sent: WireRequest[];
let sessionKey: string;

beforeEach(async () => {
  bench = await createBench();
  sent = [];
  sessionKey = await bench.openSession('SERVICE_PROVIDER_CLINICIAN', 'R68');
});

function clientOf(readsDstu2: boolean): ErsClient {
  const service = createInProcessNetwork(bench.service);
  const network: Network = {
    ...service,
    send(request) {
      sent.push(request);
      return service.send(request);
    },
  };
  return createErsClient({
    settings: { dialect: 'spine-session', baseUrl: SPINE, pdsBaseUrl: null, rateShare: 1, readsDstu2 },
    network,
    clock: bench.clock,
    log: { write: () => undefined },
    identity: () => ({ dialect: 'spine-session', asid: ASID, sessionKey }),
  });
}

async function must<I, O>(operation: Operation<I, O>, input: I, isOld = true): Promise<O> {
  const outcome = await clientOf(isOld).call(operation, input);
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('reading in the DSTU2 form', () => {
  const withFiles = () =>
    (bench.world.findScene('with-attachments').find((one) => bench.world.referral(one).state === 'BOOKED') ??
      '') as Ubrn;
  const scene = () => (bench.world.findScene('booked-for-review')[0] ?? '') as Ubrn;

  it('a referral: the same patient, priority, appointment and files as in the form after it', async () => {
    const ubrn = (bench.world
      .findScene('with-attachments')
      .find((one) => bench.world.referral(one).state === 'BOOKED') ?? '') as Ubrn;
    const old = await must(a005RetrieveReferral, { ubrn });
    const later = await must(a005RetrieveReferral, { ubrn }, false);
    expect(sent.map(({ path }) => path)).toEqual([
      `/v1/ReferralRequest/${ubrn}`,
      `/STU3/v1/ReferralRequest/${ubrn}`,
    ]);
    expect(sent[0]?.headers).toMatchObject({ Accept: 'application/json+fhir' });
    for (const key of ['ubrn', 'version', 'nhsNumber', 'status', 'clinicalInfoSince'] as const)
      expect(old[key], key).toEqual(later[key]);
    expect([old.priority.code, old.specialty?.code]).toEqual([later.priority.code, later.specialty?.code]);
    const { status, serviceId, serviceName, clinicianId, start, end } = later.appointment ?? {};
    expect(old.appointment).toMatchObject({ status, serviceId, serviceName, clinicianId, start, end });
    expect(old.attachments.map(({ url, title, type }) => [url, title, type.code])).toEqual(
      later.attachments.map(({ url, title, type }) => [url, title, type.code]),
    );
    expect(old.attachments.length).toBeGreaterThan(0);
    expect([old.shortlist, old.commissioningOrg, old.state]).toEqual([[], null, null]);
  });

  it('the review list, with its filters in the old words; the other list as before', async () => {
    const list = await must(a008FetchWorklist, { kind: 'REFERRALS_FOR_REVIEW' });
    const later = await must(a008FetchWorklist, { kind: 'REFERRALS_FOR_REVIEW' }, false);
    expect(list.unreadable).toBe(0);
    expect(list.entries.map(({ ubrn, nhsNumber, priority }) => [ubrn, nhsNumber, priority.code])).toEqual(
      later.entries.map(({ ubrn, nhsNumber, priority }) => [ubrn, nhsNumber, priority.code]),
    );
    const serviceId = parseServiceId(bench.world.referral(scene()).appointment?.serviceId) as ServiceId;
    const filters = {
      serviceId,
      specialty: { system: 'https://x/CodeSystem/SPECIALTY', code: 'CARDIOLOGY' },
    };
    await clientOf(true).call(a008FetchWorklist, { kind: 'REFERRALS_FOR_REVIEW', filters });
    const body = String(sent.at(-1)?.body);
    expect(sent.at(-1)?.headers).toMatchObject({ 'Content-Type': 'application/json+fhir' });
    expect(body).toContain('http://fhir.nhs.uk/ValueSet/ers-specialty-1');
    expect(body).toContain('http://fhir.nhs.uk/Id/ers-service');
    expect(body).not.toMatch(/STU3|fhir\.nhs\.net/);
    await must(a008FetchWorklist, { kind: 'APPOINTMENT_SLOT_ISSUES' });
    expect(sent.at(-1)?.path).toBe('/STU3/v1/ReferralRequest/$ers.fetchworklist');
  });

  it('specialties with their days; other sets as before', async () => {
    const old = await must(a004RetrieveReferenceData, { set: 'SPECIALTY' });
    const later = await must(a004RetrieveReferenceData, { set: 'SPECIALTY' }, false);
    expect(old.url).toBe('http://fhir.nhs.uk/ValueSet/ers-specialty-1');
    const pairs = (set: typeof old) => set.concepts.map(({ code, display }) => [code, display]);
    expect(pairs(old)).toEqual(pairs(later));
    expect(old.concepts[0]?.effectiveFrom).toMatch(/^\d{4}-/);
    expect(old.concepts[0]?.properties['designation']).toEqual(later.concepts[0]?.properties['designation']);
    await must(a004RetrieveReferenceData, { set: 'APPOINTMENT-CANCELLATION-REASON' });
    expect(sent.at(-1)?.path).toBe('/STU3/v1/CodeSystem/APPOINTMENT-CANCELLATION-REASON');
  });

  it('a file and the clinical information', async () => {
    const ubrn = withFiles();
    const { attachments } = await must(a005RetrieveReferral, { ubrn });
    const id = attachments[0]?.url.replace('Binary/', '') ?? '';
    expect((await must(a006RetrieveAttachment, { id })).bytes.length).toBeGreaterThan(0);
    expect(sent.at(-1)?.path).toBe(`/v1/Binary/${id}`);
    expect((await must(a007GenerateClinicalInformation, { ubrn })).pdf.length).toBeGreaterThan(0);
    expect(sent.at(-1)).toMatchObject({ method: 'GET', path: '/v1/Binary/$ers.generateCRI' });
  });

  it('takes a request apart again, and none of another form', () => {
    const form = DSTU2_FORMS.get('A005');
    const framing = form?.dialects['spine-session'];
    const request = { method: 'GET', query: {}, headers: {}, body: undefined };
    expect(framing?.readRequest({ ...request, path: '/v1/ReferralRequest/000000070000' })).toEqual({
      ubrn: '000000070000',
    });
    expect(framing?.readRequest({ ...request, path: '/STU3/v1/ReferralRequest/000000070000' })).toBeNull();
    expect([...DSTU2_FORMS.values()].every(({ dialects }) => dialects['api-platform'] === undefined)).toBe(
      true,
    );
  });
});

describe('what is not a reply of DSTU2', () => {
  it.each([null, 'text', [], 7])('%j is left to the reader that refuses it', (value) => {
    expect([upgradeReferral(value), upgradeValueSet(value), upgradeWorklist(value)].length).toBe(3);
  });

  it('a referral without its patient is not readable', async () => {
    const upgraded = upgradeReferral({ resourceType: 'ReferralRequest', id: '000000000001' });
    expect(upgraded).toMatchObject({ subject: { identifier: { value: '' } } });
  });
});
