/** The lists of A008 with their filters, through the whole application (contract.md A008, screens.md section 1). */
import { describe, expect, it } from 'vitest';
import type { WireReply } from '../../../src-main/app/ports.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { WorklistFilter } from '../../../src-main/contract/channels/worklist.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { openClerkDesk, pass } from '../../support/clerk-steps.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const PROVIDER = 'R68.SERVICE_PROVIDER_CLINICIAN';
const NONE: WorklistFilter = { serviceId: null, specialty: null, clinician: null };

async function openProvider() {
  const clerk = await openClerkDesk();
  await clerk.desk.signIn(PROVIDER);
  return clerk;
}

const fetchAsi = (desk: TestDesk, filter?: Partial<WorklistFilter>) =>
  desk.must('worklist/fetch', {
    kind: 'APPOINTMENT_SLOT_ISSUES',
    ...(filter === undefined ? {} : { filter: { ...NONE, ...filter } }),
  });
const fetchReview = (desk: TestDesk, filter?: Partial<WorklistFilter>) =>
  desk.must('worklist/fetch', {
    kind: 'REFERRALS_FOR_REVIEW',
    ...(filter === undefined ? {} : { filter: { ...NONE, ...filter } }),
  });

/** The calls of A008 that reached the service. */
const listCalls = (desk: TestDesk) =>
  desk.logLines.filter((line) => line.includes('"ers-call"') && line.includes('"A008"')).length;

describe('the filter of a provider list', () => {
  it('narrows it to a service', async () => {
    const { desk } = await openProvider();
    const whole = await fetchReview(desk);
    const serviceIds = [...new Set(whole.rows.map(({ serviceId }) => serviceId))];
    expect(serviceIds.length).toBeGreaterThan(1);
    const serviceId = serviceIds[0] ?? '';
    const part = await fetchReview(desk, { serviceId });
    expect(part.filter).toEqual({ ...NONE, serviceId });
    expect(part.rows.map(({ ubrn }) => ubrn)).toEqual(
      whole.rows.filter((row) => row.serviceId === serviceId).map(({ ubrn }) => ubrn),
    );
  });

  it('narrows it to those without a named clinician', async () => {
    const { desk } = await openProvider();
    const whole = await fetchReview(desk);
    const unnamed = await fetchReview(desk, { clinician: 'not-assigned' });
    expect(unnamed.rows.length).toBeGreaterThan(0);
    expect(unnamed.rows.length).toBeLessThan(whole.rows.length);
  });

  it('narrows it to a specialty, by the code system of A004', async () => {
    const { desk } = await openProvider();
    const whole = await fetchReview(desk);
    const counts = await Promise.all(
      ['CARDIOLOGY', 'GASTROENTEROLOGY'].map(async (specialty) => {
        const answer = await desk.ask('worklist/fetch', {
          kind: 'REFERRALS_FOR_REVIEW',
          filter: { ...NONE, specialty },
        });
        return answer.ok ? answer.value.rows.length : answer.problem.code;
      }),
    );
    expect(counts.some((count) => typeof count === 'number' && count > 0 && count < whole.rows.length)).toBe(
      true,
    );
    expect(desk.logLines.join()).toContain('"A004"');
  });

  it('is no filter where it names nothing', async () => {
    const { desk } = await openProvider();
    const list = await fetchAsi(desk, { specialty: '  ' });
    expect(list.filter).toBeNull();
  });

  it('is refused as e-RS refuses it', async () => {
    const { desk } = await openProvider();
    const filter = { ...NONE, serviceId: '99999' };
    expect(await desk.ask('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW', filter })).toMatchObject({
      ok: false,
      problem: { code: 'REFERENCE_NOT_FOUND' },
    });
  });

  it('is not for the lists of referrers: nothing is sent', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const filter = { ...NONE, serviceId: '11000' };
    expect(await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING', filter })).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-input', code: 'list-takes-no-filter' },
    });
    expect(listCalls(desk)).toBe(0);
    const empty = { kind: 'AWAITING_BOOKING', filter: NONE } as const;
    expect(await desk.ask('worklist/fetch', empty)).toMatchObject({ ok: true });
  });

  it('has a list of its own in the memory for the time offline', async () => {
    const { desk, network } = await openProvider();
    const whole = await fetchReview(desk);
    const serviceId = whole.rows[0]?.serviceId ?? '';
    const part = await fetchReview(desk, { serviceId });
    await pass(desk, 1);
    network.isDown = true;
    expect(await fetchReview(desk)).toMatchObject({ isRemembered: true, filter: null, rows: whole.rows });
    expect(await fetchReview(desk, { serviceId })).toMatchObject({
      isRemembered: true,
      filter: { serviceId },
      rows: part.rows,
    });
    const another = whole.rows.find((row) => row.serviceId !== serviceId)?.serviceId ?? null;
    for (const other of [{ serviceId: another }, { clinician: 'not-assigned' as const }]) {
      const filter = { ...NONE, ...other };
      expect(await desk.ask('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW', filter })).toMatchObject({
        problem: { kind: 'offline' },
      });
    }
  });
});

describe('what a row says', () => {
  it('is the type of a referral under review, and when its pathway started', async () => {
    const { desk } = await openProvider();
    const { rows } = await fetchReview(desk);
    const types = new Set(rows.map(({ referralType }) => referralType?.code));
    expect(types).toContain('APPOINTMENT');
    expect(rows.every(({ pathwayStart }) => pathwayStart !== null)).toBe(true);
  });

  it('is the clinical information of a slot issue', async () => {
    const { desk } = await openProvider();
    const { rows } = await fetchAsi(desk);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ clinicalInformation }) => clinicalInformation !== null)).toBe(true);
  });
});

describe('a list over the limit', () => {
  async function openLarge(roleId?: string) {
    const clock = createManualClock();
    const service = createTrainingService({ seed: 5, clock, pasDelayMs: 0 });
    const inner = createInProcessNetwork(service, clock);
    const network = {
      ...inner,
      send: async (request: Parameters<typeof inner.send>[0]): Promise<WireReply> =>
        request.path.endsWith('fetchworklist') ? { kind: 'too-large', status: 200 } : inner.send(request),
    };
    const desk = await openDesk({ clock, service, network });
    await desk.signIn(roleId);
    return desk;
  }

  it('says that a provider list can be filtered', async () => {
    const desk = await openLarge(PROVIDER);
    expect(await desk.ask('worklist/fetch', { kind: 'APPOINTMENT_SLOT_ISSUES' })).toMatchObject({
      problem: { code: 'list-too-large', facts: { takesFilter: true } },
    });
  });

  it('says that a referrer list cannot', async () => {
    const desk = await openLarge();
    expect(await desk.ask('worklist/fetch', { kind: 'AWAITING_BOOKING' })).toMatchObject({
      problem: { code: 'list-too-large', facts: { takesFilter: false } },
    });
  });
});
