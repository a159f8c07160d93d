import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, londonDate } from '../../src-main/contract/london-time.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { asClinician, isListed } from './cancelling-support.ts';
import { codeOf, createBench, type Answered, type Bench, type Sent } from './support.ts';

const profile = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/${name}`;
const system = (name: string) => `https://fhir.nhs.uk/STU3/CodeSystem/${name}`;

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = find('two-services');
});

const find = (name: SceneName, i = 0) => bench.world.findScene(name)[i] ?? '';
const now = () => bench.world.referral(ubrn);
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];

const criteria = (priority = 'ROUTINE') => [
  { name: 'priority', valueCoding: { system: system('eRS-Priority-1'), code: priority } },
  { name: 'ageAndGenderAppropriate', valueBoolean: true },
];
const entries = (ids: readonly string[]) =>
  ids.map((value) => ({ item: { identifier: { system: 'http://fhir.nhs.net/Id/ers-service', value } } }));

const list = (ids: readonly string[], more: Record<string, unknown> = {}) => ({
  resourceType: 'List',
  meta: { profile: [profile('eRS-Shortlist-List-1')] },
  status: 'current',
  mode: 'snapshot',
  contained: [{ resourceType: 'Parameters', id: 'C', parameter: criteria() }],
  entry: entries(ids),
  extension: [
    { url: profile('Extension-eRS-Shortlist-SearchCriteria-1'), valueReference: { reference: '#C' } },
  ],
  ...more,
});
const letter = (code = 'NEED_TO_ADD_LATER') => ({
  name: 'intentionToAddReferralLetter',
  valueCoding: { system: system('eRS-ReferralLetterIntention-1'), code },
});
const reminder = (days: unknown = 5) => ({
  name: 'firstReminderLetterFollowUpDays',
  valueUnsignedInt: days,
});
const body = (ids: readonly string[], more: Record<string, unknown> = {}) => ({
  resourceType: 'Parameters',
  meta: { profile: [profile('eRS-ChangeShortlist-Parameters-1')] },
  parameter: [{ name: 'shortlist', resource: list(ids, more) }, letter(), reminder()],
});

const change = (ids: readonly string[], sent: Sent = {}, one = ubrn) =>
  bench.platform(`/STU3/ReferralRequest/${one}/$ers.changeShortlist`, {
    method: 'POST',
    body: body(ids),
    ...sent,
    headers: { 'If-Match': `W/"${bench.world.findReferral(one)?.version ?? 1}"`, ...sent.headers },
  });

describe('A031', () => {
  it('answers with the referral, NOT_BOOKED, with the services in their order, one version on', async () => {
    const before = now();
    const answered = await change(['11002', '13000', '11000']);
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${before.version + 1}"`]);
    expect(answered.at('meta', 'versionId')).toBe(String(before.version + 1));
    const shortlist = (answered.at('contained') as { id: string; entry?: unknown }[]).find(
      (one) => one.id === 'shortlist',
    );
    expect(shortlist?.entry).toHaveLength(3);
    expect(now()).toMatchObject({ shortlist: ['11002', '13000', '11000'], state: 'NOT_BOOKED' });
    const read = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
    expect(read.json).toEqual(answered.json);
  });

  it('opens a referral for booking again whose appointment was cancelled', async () => {
    ubrn = find('cancelled-by-patient');
    expect((await change(['11000'])).status).toBe(200);
    expect(now()).toMatchObject({ state: 'NOT_BOOKED', stateReason: null, appointment: null });
    expect(await isListed(bench, 'AWAITING_BOOKING', ubrn)).toBe(true);
  });

  it('drops the requirements without a word when a service goes, and keeps them when one comes', async () => {
    ubrn = find('with-requirements');
    await change([...now().shortlist, '11000']);
    expect(now().requirements).toEqual(['INTERPRETER', 'TRANSPORT']);
    const answered = await change(['11000']);
    expect(answered.text).not.toContain('PatientAdditionalRequirement');
    expect(now().requirements).toEqual([]);
  });

  it('keeps the day of the letter by what it is told', async () => {
    ubrn = find('letter-due');
    const today = londonDate(bench.clock.nowMs());
    await change(['11000']);
    expect(now().letterDue).toBe(addDays(today, 5));
    const none = { ...body(['11000']), parameter: [{ name: 'shortlist', resource: list(['11000']) }] };
    none.parameter.push(letter('NOT_INTENDING_TO_ADD') as never, reminder(1) as never);
    await change([], { body: none });
    expect(now().letterDue).toBeNull();
    ubrn = find('two-services');
    await change(['11000']);
    expect(now().letterDue).toBeNull();
  });

  it('takes the priority of the criteria', async () => {
    const contained = [{ resourceType: 'Parameters', id: 'C', parameter: criteria('URGENT') }];
    await change([], { body: body(['11000'], { contained }) });
    expect(now().priority).toBe('URGENT');
  });
});

describe('who may, and when', () => {
  it('a referrer of this referral, pinned to the version that is', async () => {
    expect((await change(['11000'], { headers: asClinician })).status).toBe(403);
    expect(await outcome(change(['11000'], {}, find('no-relationship')))).toEqual([422, 'NO_RELATIONSHIP']);
    expect((await change(['11000'], { headers: { 'If-Match': null } })).status).toBe(412);
    expect((await change(['11000'], { headers: { 'If-Match': 'W/"1"' } })).status).toBe(409);
    expect((await change(['11000'], {}, '999999999999')).status).toBe(404);
    bench.world.lock(ubrn, 1000);
    expect((await change(['11000'])).status).toBe(423);
    expect((await bench.spine(`/STU3/v1/ReferralRequest/${ubrn}/$ers.changeShortlist`)).status).toBe(404);
  });

  it.each<[SceneName, number, string]>([
    ['booked', 422, 'INVALID_REQUEST_STATE'],
    ['deferred', 422, 'INVALID_REQUEST_STATE'],
    ['awaiting-triage', 422, 'INVALID_REQUEST_STATE'],
    ['cancelled-referral', 422, 'INVALID_REQUEST_STATE'],
    ['onward', 422, 'INVALID_REQUEST_STATE'],
    ['advice-request', 422, 'INVALID_REQUEST_TYPE'],
    ['s-flag', 422, 'PATIENT_ERROR'],
  ])('not %s: %i %s', async (scene, status, code) => {
    expect(await outcome(change(['11000'], {}, find(scene)))).toEqual([status, code]);
  });

  it('never twice under one version', async () => {
    const headers = { 'If-Match': `W/"${now().version}"` };
    expect((await change(['11000'], { headers })).status).toBe(200);
    expect((await change(['11000'], { headers })).status).toBe(409);
    bench.world.changeShortlistByAnother(ubrn, ['11002']);
    expect(now().shortlist).toEqual(['11002']);
  });
});

describe('the body', () => {
  const wrongId = (id: string) => change([id]);
  it.each([
    ['an unknown service', () => wrongId('99'), 'REFERENCE_NOT_FOUND'],
    ['a withdrawn service', () => wrongId('11009'), 'SERVICE_UNAVAILABLE'],
    ['a service of elsewhere', () => wrongId('11010'), 'SHORTLISTED_SERVICE_NOT_IN_RESULTS'],
    ['a service twice', () => change(['11000', '11000']), 'DUPLICATE_SERVICE'],
    [
      'too many services',
      () => change(Array.from({ length: 21 }, (_, i) => String(i + 1))),
      'TOO_MANY_ITEMS',
    ],
    ['no service', () => change([]), 'MISSING_VALUE'],
    ['no criteria', () => change([], { body: body(['11000'], { contained: [] }) }), 'MISSING_VALUE'],
    [
      'no letter',
      () => {
        const { parameter, ...rest } = body(['11000']);
        return change([], { body: { ...rest, parameter: parameter.slice(0, 1) } });
      },
      'MISSING_VALUE',
    ],
    [
      'a letter of another kind',
      () => {
        const { parameter, ...rest } = body(['11000']);
        return change([], { body: { ...rest, parameter: [parameter[0], letter('MAYBE'), reminder()] } });
      },
      'INVALID_CODE',
    ],
    [
      'days that are none',
      () => {
        const { parameter, ...rest } = body(['11000']);
        return change([], { body: { ...rest, parameter: [parameter[0], letter(), reminder(-1)] } });
      },
      'INVALID_VALUE',
    ],
    ['another profile', () => change([], { body: { ...body(['11000']), meta: {} } }), 'MISSING_VALUE'],
    ['a list that is none', () => change([], { body: body(['11000'], { mode: 'x' }) }), 'INVALID_VALUE'],
  ])('is refused with %s', async (_what, ask, code) => {
    const { version } = now();
    expect(await outcome(ask())).toEqual([422, code]);
    expect(now().version).toBe(version);
  });
});

describe('others', () => {
  it('send for triage while a clerk looks', () => {
    ubrn = find('triage-service');
    bench.world.sendForTriageByAnother(ubrn);
    expect(now()).toMatchObject({ state: 'AWAITING_TRIAGE', appointment: { status: 'proposed' } });
    expect(() => bench.world.sendForTriageByAnother(find('two-services'))).toThrow(RangeError);
  });
});
