import { beforeEach, describe, expect, it } from 'vitest';
import { listAt, textAt } from '../../src-main/training-service/wire/read-body.ts';
import { codeOf, createBench, slotQuery, type Answered, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const find = (service: string, more: Record<string, string> = {}, headers = {}) =>
  bench.platform(`/STU3/Slot?${slotQuery(service, more)}`, { headers });
const findSpine = (service: string, more: Record<string, string> = {}) =>
  bench.spine(`/STU3/v1/Slot?${slotQuery(service, more)}`);
const resources = (answered: Answered, type: string) =>
  listAt(answered.json, 'entry')
    .map((entry) => (entry as { resource: Record<string, unknown> }).resource)
    .filter((resource) => resource.resourceType === type);
const link = (answered: Answered, relation: string) =>
  listAt(answered.json, 'link')
    .filter((one) => textAt(one, 'relation') === relation)
    .map((one) => textAt(one, 'url'))[0];

describe('a page of A015', () => {
  it('has slots first, then the schedules that they use, and the total of slots', async () => {
    const page = await find('11002', { _count: '5' });
    expect(page.at('total')).toBe(bench.world.freeSlots('11002', { priority: 'ROUTINE' }).length);
    const types = listAt(page.json, 'entry').map((entry) => textAt(entry, 'resource', 'resourceType'));
    expect(types).toEqual(['Slot', 'Slot', 'Slot', 'Slot', 'Slot', 'Schedule', 'Schedule']);
    expect(listAt(page.json, 'entry').map((entry) => textAt(entry, 'search', 'mode'))[6]).toBe('include');
  });

  it('names a clinician in the schedule’s actors only, whatever the schedule’s id says', async () => {
    const schedules = resources(await find('11003'), 'Schedule');
    const actors = Object.fromEntries(schedules.map((one) => [one.id, listAt(one, 'actor').length]));
    expect(actors).toEqual({ '11003-921600556514': 1, '11003': 2 });
  });

  it('links to self, previous and next with the query in the published form', async () => {
    const page = await find('11004', { page: '2', _count: '10', extra: 'dropped' });
    expect(link(page, 'self')).toBe(
      'https://training.test/referrals/FHIR/STU3/Slot?schedule.actor%3AHealthcareService=11004' +
        '&appointmentType=ROUTINE&_count=10&status=free&_include=Slot%3Aschedule&page=2',
    );
    expect(link(page, 'previous')).toMatch(/page=1$/);
    expect(link(page, 'next')).toMatch(/page=3$/);
    const first = await find('11004');
    expect(link(first, 'previous')).toBeUndefined();
    const last = await find('11004', { page: '50' });
    expect([resources(last, 'Slot').length, link(last, 'next')]).toEqual([100, undefined]);
    expect(link(await findSpine('11004'), 'next')).toMatch(/^https:\/\/ers-api:445\/STU3\/v1\/Slot\?/);
  });

  it('reads 5,000 different slots over fifty pages, in order', async () => {
    const ids = new Set<unknown>();
    let last = '';
    for (let page = 1; page <= 50; page++) {
      for (const slot of resources(await find('11004', { page: String(page) }), 'Slot')) {
        ids.add(slot.id);
        expect(String(slot.start) >= last).toBe(true);
        last = String(slot.start);
      }
    }
    expect(ids.size).toBe(5000);
  });

  it('is live: slots that another user takes between two pages leave a gap', async () => {
    const before = resources(await find('11000', { _count: '10' }), 'Slot').map((slot) => String(slot.id));
    const second = await find('11000', { _count: '10', page: '2' });
    const expected = String(resources(second, 'Slot')[0]?.id);
    bench.world.takeSlot(before[0] ?? '');
    const shifted = resources(await find('11000', { _count: '10', page: '2' }), 'Slot').map(
      (slot) => slot.id,
    );
    expect(shifted).not.toContain(expected);
    expect(resources(await find('11000', { _count: '10' }), 'Slot').at(-1)?.id).toBe(expected);
  });

  it('past the end is refused: 400 on the platform, 422 in 2021', async () => {
    const platform = await find('11000', { page: '50' });
    expect([platform.status, codeOf(platform)]).toEqual([400, 'INVALID_VALUE']);
    const spine = await findSpine('11000', { page: '50' });
    expect([spine.status, codeOf(spine)]).toEqual([422, 'INVALID_VALUE']);
    expect((await find('11005', { page: '2' })).status).toBe(400);
  });

  it('of a service without slots is an empty bundle', async () => {
    const page = await find('11005');
    expect([page.status, page.at('total'), page.at('entry')]).toEqual([200, 0, []]);
  });

  it('leaves out slots kept for other priorities, and other clinicians’ slots when one is asked for', async () => {
    const routine = Number((await find('11008')).at('total'));
    const urgent = Number((await find('11008', { appointmentType: 'URGENT' })).at('total'));
    expect(urgent).toBeGreaterThan(routine);
    const all = Number((await find('11001')).at('total'));
    const one = Number((await find('11001', { 'schedule.actor:Practitioner': '021600556514' })).at('total'));
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(all);
  });
});

describe('A015 refuses', () => {
  it.each([
    ['99999', {}, 'REFERENCE_NOT_FOUND', 'NO_SUCH_SERVICE'],
    ['11009', {}, 'SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE'],
    ['13000', {}, 'INVALID_STATE', 'INVALID_STATE'],
    ['12000', {}, 'INVALID_STATE', 'INVALID_STATE'],
    ['11000', { status: 'nonsense' }, 'INVALID_CODE', 'INVALID_CODE'],
    ['11000', { status: 'busy' }, 'INVALID_VALUE', 'INVALID_VALUE'],
    ['11000', { appointmentType: 'SOON' }, 'INVALID_CODE', 'INVALID_CODE'],
    ['11000', { _count: '101' }, 'INVALID_VALUE', 'INVALID_VALUE'],
    ['11000', { _count: '0' }, 'INVALID_VALUE', 'INVALID_VALUE'],
    ['11000', { page: '0' }, 'INVALID_VALUE', 'INVALID_VALUE'],
    ['11000', { 'schedule.actor:Practitioner': '021600556514' }, 'INVALID_VALUE', 'INVALID_VALUE'],
    ['11000', { 'schedule.actor:Practitioner': '999999999999' }, 'REFERENCE_NOT_FOUND', 'INVALID_VALUE'],
  ] as const)('%s %j', async (service, more, platformCode, spineCode) => {
    const platform = await find(service, more);
    expect([platform.status, codeOf(platform)]).toEqual([400, platformCode]);
    const spine = await findSpine(service, more);
    expect([spine.status, codeOf(spine)]).toEqual([422, spineCode]);
  });

  it('missing parameters: all five on the platform, service and status in 2021', async () => {
    const query = (leftOut: string) => {
      const parameters = new URLSearchParams(slotQuery('11000'));
      parameters.delete(leftOut);
      return parameters.toString();
    };
    for (const name of ['schedule.actor:HealthcareService', 'appointmentType', 'status', '_count', 'page']) {
      expect(codeOf(await bench.platform(`/STU3/Slot?${query(name)}`)), name).toBe('MISSING_PARAMETER');
    }
    expect((await bench.spine(`/STU3/v1/Slot?${query('page')}`)).status).toBe(200);
    expect(codeOf(await bench.spine(`/STU3/v1/Slot?${query('status')}`))).toBe('MISSING_PARAMETER');
  });

  it('a missing or wrong commissioning organisation', async () => {
    expect(codeOf(await find('11000', {}, { 'NHSD-eRS-Comm-Rule-Org': null }))).toBe('MISSING_HEADER');
    expect(codeOf(await find('11000', {}, { 'NHSD-eRS-Comm-Rule-Org': 'R68' }))).toBe('INVALID_VALUE');
    const spine = await bench.spine(`/STU3/v1/Slot?${slotQuery('11000')}`, {
      headers: { 'X-ERS-XAPI-COMM-RULE-ORG': null },
    });
    expect([spine.status, codeOf(spine)]).toEqual([422, 'MISSING_PARAMETER']);
  });
});
