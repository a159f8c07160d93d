/** The client's operations of referring against the training service, which was written apart from it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { NhsNumber, SdsUserId, ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import type { ErsClient, ErsIdentity } from '../../../src-main/ers/client.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import type { Referral } from '../../../src-main/ers/model.ts';
import type { DialectName } from '../../../src-main/ers/operation.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import {
  a010SearchServicesForPatient,
  buildSearchCriteria,
  type SearchValues,
  type SortBy,
} from '../../../src-main/ers/operations/a010-search-services-for-patient.ts';
import { a011CreateReferral } from '../../../src-main/ers/operations/a011-create-referral.ts';
import {
  a012MaintainReferralLetter,
  lettersOf,
} from '../../../src-main/ers/operations/a012-maintain-referral-letter.ts';
import { a020UploadFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import { a021CreateReferralAndSendForTriage } from '../../../src-main/ers/operations/a021-create-referral-and-send-for-triage.ts';
import { a032ChangeShortlistAndSendForTriage } from '../../../src-main/ers/operations/a032-change-shortlist-and-send-for-triage.ts';
import { a037CheckServiceVersion } from '../../../src-main/ers/operations/a037-check-service-version.ts';
import { a041SearchServiceRequest } from '../../../src-main/ers/operations/a041-search-service-request.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { ASID, createBench, PLATFORM, SPINE, type Bench } from '../../training-service/support.ts';
import { createInstantClock } from '../support.ts';

const REFERRER = '555000000211' as SdsUserId;
const SETS = 'https://ers.example/STU3/CodeSystem';

let bench: Bench;
let patient: NhsNumber;
beforeEach(async () => {
  bench = await createBench();
  patient = bench.world.referral(bench.world.findScene('bookable')[0] ?? '').nhsNumber as NhsNumber;
});

function clientAs(identity: ErsIdentity): ErsClient {
  const { dialect } = identity;
  return createErsClient({
    settings: {
      dialect,
      baseUrl: dialect === 'api-platform' ? PLATFORM : SPINE,
      pdsBaseUrl: null,
      rateShare: 1,
    },
    network: createInProcessNetwork(bench.service),
    clock: createInstantClock(),
    log: { write: () => {} },
    identity: () => identity,
  });
}

async function admin(dialect: DialectName = 'api-platform'): Promise<ErsClient> {
  const businessFunction = 'REFERRING_CLINICIAN_ADMIN';
  if (dialect === 'spine-session')
    return clientAs({ dialect, asid: ASID, sessionKey: await bench.openSession(businessFunction, 'R69') });
  const { token: bearer } = bench;
  return clientAs({ dialect, bearer, organisation: 'R69', businessFunction, onBehalfOf: null });
}

function valueOf<T>(outcome: ErsOutcome<T>): T {
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const letterIdsOf = (referral: Pick<Referral, 'attachments'>) =>
  lettersOf(referral).map(({ documentId }) => documentId ?? '');

const codeOf = (outcome: ErsOutcome<unknown>) => (outcome.kind === 'refused' ? outcome.code : outcome.kind);

const values = (more: Partial<SearchValues> = {}): SearchValues => ({
  priority: 'ROUTINE',
  specialty: { system: `${SETS}/SPECIALTY`, code: 'CARDIOLOGY' },
  clinicType: null,
  clinicalTerm: null,
  namedClinician: null,
  organisation: null,
  postcode: null,
  distanceLimit: null,
  waitLimit: null,
  isForAgeAndGender: true,
  ...more,
});

const searching = (more: Partial<SearchValues> = {}, sortBy: SortBy = 'DISTANCE') => ({
  requestType: 'APPOINTMENT_REQUEST' as const,
  sortBy,
  nhsNumber: patient,
  criteria: buildSearchCriteria(values(more)),
  referringClinician: REFERRER,
  commissioningOrg: null,
});

const search = async (more: Partial<SearchValues> = {}, sortBy: SortBy = 'DISTANCE') =>
  (await admin()).call(a010SearchServicesForPatient, searching(more, sortBy));

const idsOf = async (more: Partial<SearchValues> = {}, sortBy: SortBy = 'DISTANCE') =>
  valueOf(await search(more, sortBy)).services.map(({ id }) => id as string);

const creating = (services: readonly string[], more: Partial<SearchValues> = {}) => ({
  nhsNumber: patient,
  referringClinician: REFERRER,
  pathwayStart: toIso(bench.clock.nowMs() - 60_000),
  services: services.map((serviceId) => ({ serviceId: serviceId as ServiceId })),
  criteria: buildSearchCriteria(values(more)),
  letterIntention: 'NEED_TO_ADD_LATER' as const,
  reminderDays: 0,
});

describe('A010', () => {
  test.each(['api-platform', 'spine-session'] as const)(
    'finds services with waits and miles in %s',
    async (dialect) => {
      const { services } = valueOf(
        await (await admin(dialect)).call(a010SearchServicesForPatient, searching()),
      );
      expect(services.map(({ id }) => id as string).sort()).toEqual(['11000', '11001', '13000']);
      const triage = services.find(({ id }) => id === '13000');
      expect(triage).toMatchObject({ bookable: 'triage', wait: { days: null, code: 'NOT_APPLICABLE' } });
      expect(services.find(({ id }) => id === '11000')).toMatchObject({
        bookable: 'directly',
        isLetterRequired: true,
        specialty: { code: 'CARDIOLOGY' },
      });
      expect(services.every(({ distance }) => distance !== null)).toBe(true);
    },
  );

  test('leaves out what the criteria leave out', async () => {
    expect(await idsOf({ clinicType: 'HEART_FAILURE' })).toEqual(expect.arrayContaining(['11001', '13000']));
    expect(await idsOf({ clinicType: 'HEART_FAILURE' })).toHaveLength(2);
    expect(await idsOf({ specialty: null, clinicalTerm: '30989003' })).toEqual(['11002']);
    expect(await idsOf({ namedClinician: '021600556514' as SdsUserId })).toEqual(['11001']);
    expect(await idsOf({ organisation: 'R67' })).toEqual([]);
    // Services without slots do not say a wait in days, and stay.
    expect(await idsOf({ waitLimit: 0 })).toContain('13000');
    const dermatology = { specialty: { system: `${SETS}/SPECIALTY`, code: 'DERMATOLOGY' } };
    expect((await idsOf(dermatology)).length).toBeGreaterThan(20);
    const near = await idsOf({ ...dermatology, postcode: 'ZZ2 1AA', distanceLimit: 1 });
    expect(near).toHaveLength(7);
  });

  test('sorts by miles or by wait', async () => {
    const dermatology = {
      specialty: { system: `${SETS}/SPECIALTY`, code: 'DERMATOLOGY' },
      postcode: 'ZZ4 1AA',
    };
    const { services } = valueOf(await search(dermatology));
    const miles = services.map(({ distance }) => distance ?? 0);
    expect(miles).toEqual([...miles].sort((a, b) => a - b));
    expect((await idsOf(dermatology, 'IWT'))[0]).toBe('11004');
  });

  test.each([
    ['CONFLICTING_VALUES', { clinicType: 'KNEE' }],
    ['SNOMED_NOT_FOUND', { clinicalTerm: '1' }],
    ['INVALID_VALUE', { postcode: 'nowhere' }],
    ['VALUE_IS_REQUIRED', { distanceLimit: 5 }],
    ['MISSING_VALUE', { specialty: null }],
    ['REFERENCE_NOT_FOUND', { specialty: { system: `${SETS}/SPECIALTY`, code: 'NO_SUCH' } }],
  ])('refuses with %s', async (code, more) => {
    expect(codeOf(await search(more))).toBe(code);
  });

  test('asks an admin for a clinician of the practice, and refuses one from a clinician', async () => {
    const client = await admin();
    const as = (referringClinician: string | null) =>
      client.call(a010SearchServicesForPatient, {
        ...searching(),
        referringClinician: referringClinician as SdsUserId | null,
      });
    expect(codeOf(await as(null))).toBe('VALUE_IS_REQUIRED');
    expect(codeOf(await as('999999999999'))).toBe('REFERENCE_NOT_FOUND');
    expect(codeOf(await as('021600556514'))).toBe('REFERENCED_USER_IS_NOT_RC');
    const { token: bearer } = bench;
    const clinician = clientAs({
      dialect: 'api-platform',
      bearer,
      organisation: 'R69',
      businessFunction: 'REFERRING_CLINICIAN',
      onBehalfOf: null,
    });
    expect(codeOf(await clinician.call(a010SearchServicesForPatient, searching()))).toBe(
      'FIELD_NOT_PERMITTED',
    );
  });

  test.each([
    ['PATIENT_ERROR', 's-flag'],
    ['PATIENT_ERROR', 'deceased'],
    ['NO_REG_GP_PRACTICE', 'pds-missing'],
  ] as const)('refuses with %s for a patient of %s', async (code, scene) => {
    patient = bench.world.referral(bench.world.findScene(scene)[0] ?? '').nhsNumber as NhsNumber;
    expect(codeOf(await search())).toBe(code);
  });
});

describe('A011', () => {
  test.each(['api-platform', 'spine-session'] as const)('makes a referral in %s', async (dialect) => {
    const client = await admin(dialect);
    const made = valueOf(await client.call(a011CreateReferral, creating(['11001', '11000'])));
    expect(made).toMatchObject({ version: 3, status: 'active', nhsNumber: patient, appointment: null });
    expect(bench.world.referral(made.ubrn)).toMatchObject({
      state: 'NOT_BOOKED',
      shortlist: ['11001', '11000'],
      referrerId: REFERRER,
      commissioningOrg: 'R69',
      letterDue: expect.any(String) as string,
      accessCode: expect.stringMatching(/^\S{4} \S{4}$/) as string,
    });
    const read = valueOf(await client.call(a005RetrieveReferral, { ubrn: made.ubrn }));
    expect(read.searchCriteria).toContainEqual(
      expect.objectContaining({ name: 'ageAndGenderAppropriate', valueBoolean: true }),
    );
    if (dialect === 'api-platform') expect(read.pathwayStart).toBe(toIso(bench.clock.nowMs() - 60_000));
  });

  test('makes another one each time: nothing keeps a second one away', async () => {
    const client = await admin();
    const first = valueOf(await client.call(a011CreateReferral, creating(['11000'])));
    const second = valueOf(await client.call(a011CreateReferral, creating(['11000'])));
    expect(second.ubrn).not.toBe(first.ubrn);
  });

  test.each([
    ['SHORTLISTED_SERVICE_NOT_IN_RESULTS', ['11002']],
    ['REFERENCE_NOT_FOUND', ['99999']],
    ['SERVICE_UNAVAILABLE', ['11009']],
    ['DUPLICATE_SERVICE', ['11000', '11000']],
    ['TOO_MANY_ITEMS', Array.from({ length: 21 }, (_, i) => String(12_100 + i))],
  ])('refuses a shortlist with %s', async (code, services) => {
    expect(codeOf(await (await admin()).call(a011CreateReferral, creating(services)))).toBe(code);
  });

  test('takes a pathway that began within the last year, and a mixed list on the platform only', async () => {
    const begun = (ms: number) => ({ ...creating(['11000']), pathwayStart: toIso(bench.clock.nowMs() + ms) });
    const client = await admin();
    expect(codeOf(await client.call(a011CreateReferral, begun(60_000)))).toBe('INVALID_VALUE');
    expect(codeOf(await client.call(a011CreateReferral, begun(-366 * 86_400_000)))).toBe('INVALID_VALUE');
    expect((await client.call(a011CreateReferral, creating(['11000', '13000']))).kind).toBe('success');
    const spine = await admin('spine-session');
    expect(codeOf(await spine.call(a011CreateReferral, creating(['11000', '13000'])))).toBe(
      'INAPPROPRIATE_VALUE',
    );
  });
});

describe('A021 and A032', () => {
  test.each(['api-platform', 'spine-session'] as const)(
    'A021 makes a referral for triage in %s',
    async (dialect) => {
      const client = await admin(dialect);
      const made = valueOf(await client.call(a021CreateReferralAndSendForTriage, creating(['13000'])));
      expect([made.version, made.appointment?.status]).toEqual([3, 'proposed']);
      expect(bench.world.referral(made.ubrn)).toMatchObject({
        state: 'AWAITING_TRIAGE',
        isReviewPending: true,
      });
      expect(codeOf(await client.call(a021CreateReferralAndSendForTriage, creating(['11000'])))).toBe(
        'INVALID_STATE',
      );
      const later = { ...creating(['13000']), reminderDays: 3 };
      expect(codeOf(await client.call(a021CreateReferralAndSendForTriage, later))).toBe('INVALID_VALUE');
    },
  );

  test('A032 changes the list and sends the referral, once', async () => {
    const ubrn = (bench.world.findScene('two-services')[0] ?? '') as Ubrn;
    const { version } = bench.world.referral(ubrn);
    const { services, criteria } = creating(['13000']);
    const asked = {
      ...{ ubrn, version, services, criteria, reminderDays: 0 },
      letterIntention: 'NOT_INTENDING_TO_ADD' as const,
    };
    const client = await admin();
    const sent = valueOf(await client.call(a032ChangeShortlistAndSendForTriage, asked));
    expect(sent.referral).toMatchObject({ ubrn, state: { code: 'AWAITING_TRIAGE' } });
    expect(sent.appointment).toMatchObject({
      status: 'proposed',
      reason: { code: 'TRIAGE' },
      serviceId: '13000',
    });
    const again = await client.call(a032ChangeShortlistAndSendForTriage, asked);
    expect(again.kind === 'refused' && again.facts.status).toBe(409);
  });
});

describe('A012', () => {
  const ubrnOf = (scene: 'bookable' | 'with-attachments') => (bench.world.findScene(scene)[0] ?? '') as Ubrn;
  const named = (binaryId: string, description = 'Letter') => ({
    binaryId,
    description,
    indexed: toIso(bench.clock.nowMs()),
  });

  async function upload(client: ErsClient, ubrn: Ubrn, name = 'new-letter.txt') {
    const content = new TextEncoder().encode('Dear colleague');
    const uploaded = await client.call(a020UploadFile, { ubrn, name, mediaType: 'text/plain', content });
    return valueOf(uploaded).documentId;
  }

  test.each(['api-platform', 'spine-session'] as const)('replaces all letters in %s', async (dialect) => {
    const client = await admin(dialect);
    const ubrn = ubrnOf('with-attachments');
    const before = valueOf(await client.call(a005RetrieveReferral, { ubrn }));
    const [kept = ''] = letterIdsOf(before);
    expect(letterIdsOf(before).length).toBeGreaterThan(1);
    const letters = [named(kept), named(await upload(client, ubrn))];
    const after = valueOf(
      await client.call(a012MaintainReferralLetter, { ubrn, version: before.version, letters }),
    );
    expect(after.version).toBe(before.version + 3);
    expect(letterIdsOf(after)).toEqual(letters.map(({ binaryId }) => binaryId));
    expect(after.attachments.at(-1)?.title).toBe('new-letter.txt');
  });

  test('refuses what changes nothing, what is named twice, and what is another referral’s', async () => {
    const client = await admin();
    const ubrn = ubrnOf('with-attachments');
    const { version, attachments } = valueOf(await client.call(a005RetrieveReferral, { ubrn }));
    const ask = (letters: readonly ReturnType<typeof named>[]) =>
      client.call(a012MaintainReferralLetter, { ubrn, version, letters });
    const same = attachments.map(({ url, description }) => named(url.slice('Binary/'.length), description));
    expect(codeOf(await ask(same))).toBe('NO_CHANGES_DETECTED');
    const [first = named('x')] = same;
    expect(codeOf(await ask([first, first]))).toBe('CONFLICTING_VALUES');
    const [one, two] = [await upload(client, ubrn, 'a.txt'), await upload(client, ubrn, 'a.txt')];
    expect(codeOf(await ask([named(one), named(two)]))).toBe('DUPLICATE_FILENAME');
    const foreign = await upload(client, ubrnOf('bookable'));
    expect(codeOf(await ask([named(foreign)]))).toBe('INAPPROPRIATE_VALUE');
    expect(codeOf(await ask([named('no-such-file')]))).toBe('REFERENCE_NOT_FOUND');
    expect(bench.world.referral(ubrn).version).toBe(version);
  });
});

test('A037 gives the version of a service, A041 what a UBRN stands for', async () => {
  const client = await admin();
  const serviceId = (id: string) => ({ serviceId: id as ServiceId });
  expect(valueOf(await client.call(a037CheckServiceVersion, serviceId('11000')))).toEqual({ version: 1 });
  expect((await client.call(a037CheckServiceVersion, serviceId('99999'))).kind).toBe('refused');
  const ubrn = (bench.world.findScene('bookable')[0] ?? '') as Ubrn;
  const found = valueOf(await client.call(a041SearchServiceRequest, { ubrn }));
  expect(found).toEqual([
    expect.objectContaining({ kind: 'referral', ubrn, nhsNumber: patient, status: 'active' }),
  ]);
  const nobody = '000000000001' as Ubrn;
  expect(valueOf(await client.call(a041SearchServiceRequest, { ubrn: nobody }))).toEqual([]);
});
