import { beforeEach, describe, expect, it } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { PasBehaviour, Slot } from '../../src-main/training-service/world/model.ts';
import { because, bookingBody, codeOf, createBench, type Answered, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const scene = (name: SceneName, i = 0) => bench.world.referral(bench.world.findScene(name)[i] ?? '');
const post = (body: unknown) => bench.platform('/STU3/Appointment', { method: 'POST', body });
const postSpine = (body: unknown) => bench.spine('/STU3/v1/Appointment', { method: 'POST', body });
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];
function slotOf(service: string, fits: (slot: Slot) => boolean = () => true): Slot {
  const slot = bench.world.freeSlots(service).find(fits);
  if (!slot) throw new Error('no such slot');
  return slot;
}

describe('booking', () => {
  it('answers 201, raises the referral’s version by two, takes the slot, tells the PAS', async () => {
    const before = scene('bookable');
    const slot = slotOf('11000');
    const answered = await post(bookingBody(before, slot));
    const after = bench.world.referral(before.ubrn);
    expect([answered.status, after.state, after.version]).toEqual([201, 'BOOKED', before.version + 2]);
    expect(answered.at('id')).toBe(after.appointment?.id);
    expect(answered.at('meta', 'versionId')).toBe('0');
    expect(answered.headers.get('etag')).toBe('W/"0"');
    expect(answered.headers.get('location')).toBeNull();
    expect(answered.at('incomingReferral', 0, 'reference')).toBe(
      `ReferralRequest/${before.ubrn}/_history/${after.version}`,
    );
    expect(answered.at('slot', 0, 'reference')).toBe(`Slot/${slot.id}`);
    expect(answered.at('start')).toMatch(/\+00:00$/);
    expect(bench.world.freeSlots('11000').map((one) => one.id)).not.toContain(slot.id);
    expect(bench.world.pasAppointments('11000').at(-1)).toMatchObject({ slotId: slot.id, ubrn: before.ubrn });
  });

  it('steps as configured', async () => {
    bench = await createBench({ bookingVersionStep: 5 });
    const before = scene('bookable');
    await post(bookingBody(before, slotOf('11000')));
    expect(bench.world.referral(before.ubrn).version).toBe(before.version + 5);
  });

  it('takes an instant in another spelling, and the clinician of the slot', async () => {
    const slot = slotOf('11001');
    const referral = scene('bookable-with-clinician');
    const body = bookingBody(referral, slot);
    const clinician = (value: string) => ({
      type: { coding: [{ system: 'http://hl7.org/fhir/ValueSet/encounter-participant-type', code: 'CON' }] },
      actor: { identifier: { system: 'http://fhir.nhs.net/Id/sds-user-id', value } },
      status: 'accepted',
    });
    const other = slot.clinicianId === '021600556514' ? '921600556514' : '021600556514';
    const wrong = { ...body, participant: [...body.participant, clinician(other)] };
    expect(await outcome(post(wrong))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    const listed = { ...clinician(slot.clinicianId ?? ''), type: [{ coding: [] }] };
    expect(await outcome(post({ ...body, participant: [...body.participant, listed] }))).toEqual([
      422,
      'INVALID_FHIR_STRUCTURE',
    ]);
    const right = {
      ...body,
      start: String(body.start).replace('.000Z', '+00:00'),
      participant: [...body.participant, clinician(slot.clinicianId ?? '')],
    };
    expect((await post(right)).status).toBe(201);
    expect(bench.world.appointmentOf(referral.ubrn)?.clinicianId).toBe(slot.clinicianId);
  });

  it('answers in 2021 with a Location, without versionId, to a body without id and eRS profile', async () => {
    const referral = scene('bookable');
    const { id: _id, ...body } = bookingBody(referral, slotOf('11000'), {
      meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1'] },
    });
    const answered = await postSpine(body);
    const { appointment } = bench.world.referral(referral.ubrn);
    expect(answered.status).toBe(201);
    expect(answered.headers.get('location')).toBe(
      `https://training.test/ers-api/STU3/v1/Appointment/${appointment?.id}/_history/0`,
    );
    expect(answered.headers.get('etag')).toBeNull();
    expect(answered.at('meta', 'versionId')).toBeUndefined();
    expect(await outcome(post(body))).toEqual([422, 'MISSING_VALUE']);
  });

  it('never books twice under one version', async () => {
    const body = bookingBody(scene('bookable'), slotOf('11000'));
    expect((await post(body)).status).toBe(201);
    expect((await post(body)).status).toBe(409);
  });

  it.each([
    ['id', { id: '7' }, 'INVALID_VALUE'],
    [
      'one profile',
      { meta: { profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/eRS-Appointment-1'] } },
      'INVALID_VALUE',
    ],
    ['no profile', { meta: {} }, 'MISSING_VALUE'],
    ['language', { language: 'cy' }, 'INVALID_VALUE'],
    ['description', { description: 'An appointment' }, 'INVALID_VALUE'],
    ['no description', { description: undefined }, 'MISSING_VALUE'],
    ['status', { status: 'someday' }, 'INVALID_CODE'],
    ['another status', { status: 'arrived' }, 'INVALID_VALUE'],
    ['no referral', { incomingReferral: [] }, 'MISSING_VALUE'],
    [
      'a referral without version',
      { incomingReferral: [{ reference: 'ReferralRequest/000070000001' }] },
      'INVALID_VALUE',
    ],
    ['no participants', { participant: [] }, 'MISSING_VALUE'],
    ['no slot', { slot: undefined }, 'MISSING_VALUE'],
    ['two slots', { slot: [{ reference: 'Slot/1' }, { reference: 'Slot/2' }] }, 'INVALID_VALUE'],
    ['an unknown slot', { slot: [{ reference: 'Slot/1100099999' }] }, 'REFERENCE_NOT_FOUND'],
    ['no start', { start: undefined }, 'MISSING_VALUE'],
    ['another end', { end: '2030-01-01T09:00:00Z' }, 'INAPPROPRIATE_VALUE'],
    ['a long comment', { comment: 'x'.repeat(1001) }, 'INVALID_VALUE'],
  ])('refuses %s', async (_what, more, code) => {
    expect(await outcome(post(bookingBody(scene('bookable'), slotOf('11000'), more)))).toEqual([422, code]);
  });

  it('refuses another patient, a service off the shortlist, of the wrong kind, withdrawn, unknown', async () => {
    const referral = scene('bookable');
    const slot = slotOf('11000');
    const other = { ...referral, nhsNumber: scene('booked').nhsNumber };
    expect(await outcome(post(bookingBody(other, slot)))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await outcome(post(bookingBody(referral, slotOf('11001'))))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    const at = (serviceId: string) => ({ ...slot, serviceId });
    expect(await outcome(post(bookingBody(scene('triage'), at('13000'))))).toEqual([422, 'INVALID_STATE']);
    expect(await outcome(post(bookingBody(scene('indirectly-bookable'), at('12000'))))).toEqual([
      422,
      'INVALID_STATE',
    ]);
    expect(await outcome(post(bookingBody(scene('withdrawn-service'), slotOf('11009'))))).toEqual([
      422,
      'SERVICE_UNAVAILABLE',
    ]);
    expect(await outcome(post(bookingBody(referral, at('99999'))))).toEqual([422, 'REFERENCE_NOT_FOUND']);
  });

  it('refuses a slot of another service or priority as inappropriate, a taken or begun one as not available', async () => {
    const several = scene('several-services');
    const elsewhere = { ...slotOf('11001'), serviceId: '11000' };
    expect(await outcome(post(bookingBody(several, elsewhere)))).toEqual([422, 'INAPPROPRIATE_SLOT']);
    const urgent = slotOf('11008', (slot) => slot.isForUrgent);
    expect(await outcome(post(bookingBody(scene('urgent-only-slots'), urgent)))).toEqual([
      422,
      'INAPPROPRIATE_SLOT',
    ]);
    const slot = slotOf('11000');
    bench.world.takeSlot(slot.id);
    expect(await outcome(post(bookingBody(scene('bookable'), slot)))).toEqual([422, 'SLOT_NOT_AVAILABLE']);
    const next = slotOf('11000');
    const late = await createBench({ credentialLifetimeMs: 10 ** 10 });
    await late.clock.advance(next.startMs - late.clock.nowMs());
    const referral = late.world.referral(late.world.findScene('bookable')[0] ?? '');
    const answered = late.platform('/STU3/Appointment', {
      method: 'POST',
      body: bookingBody(referral, next),
    });
    expect(await outcome(answered)).toEqual([422, 'SLOT_NOT_AVAILABLE']);
  });

  it('speaks 2021’s own codes there', async () => {
    const referral = scene('bookable');
    const slot = slotOf('11000');
    expect(await outcome(postSpine(bookingBody({ ...referral, ubrn: '999999999999' }, slot)))).toEqual([
      404,
      'NO_SUCH_REQUEST',
    ]);
    expect(await outcome(postSpine(bookingBody(scene('s-flag'), slot)))).toEqual([422, 'PATIENT_SENSITIVE']);
    bench.world.touch(referral.ubrn);
    expect(await outcome(postSpine(bookingBody(referral, slot)))).toEqual([409, 'VERSION_CONFLICT']);
    bench.world.lock(referral.ubrn, 1000);
    const current = bench.world.referral(referral.ubrn);
    expect(await outcome(postSpine(bookingBody(current, slot)))).toEqual([423, 'REFERRAL_LOCKED']);
  });
});

describe('the provider’s system', () => {
  const bookWith = async (behaviour: PasBehaviour, send = post) => {
    const referral = scene('bookable');
    const slot = slotOf('11000');
    bench.world.setPas('11000', behaviour);
    const answered = send(bookingBody(referral, slot));
    await bench.clock.advance(1000);
    const isFree = bench.world.freeSlots('11000').some((one) => one.id === slot.id);
    const isInPas = bench.world.pasAppointments('11000').some((one) => one.ubrn === referral.ubrn);
    return {
      result: await outcome(answered),
      state: bench.world.referral(referral.ubrn).state,
      isFree,
      isInPas,
    };
  };

  it('answers with an error: 502, not booked, the slot gone unless told otherwise', async () => {
    const lost = {
      result: [502, 'PAS_RESPONDED_WITH_ERROR'],
      state: 'NOT_BOOKED',
      isFree: false,
      isInPas: false,
    };
    expect(await bookWith({ kind: 'error' })).toEqual(lost);
    expect(await bookWith({ kind: 'error', slotAfter: 'free' })).toEqual({ ...lost, isFree: true });
  });

  it('has no such slot any more: 502 on the platform, UNABLE_TO_CONFIRM_APPOINTMENT in 2021', async () => {
    expect((await bookWith({ kind: 'gone' })).result).toEqual([502, 'PAS_RESPONDED_WITH_ERROR']);
    expect((await bookWith({ kind: 'gone' }, postSpine)).result).toEqual([
      422,
      'UNABLE_TO_CONFIRM_APPOINTMENT',
    ]);
    expect((await bookWith({ kind: 'unconfirmed' })).result).toEqual([422, 'UNABLE_TO_CONFIRM_APPOINTMENT']);
  });

  it.each([
    [false, false, 'NOT_BOOKED', true],
    [true, true, 'BOOKED', false],
    [false, true, 'NOT_BOOKED', false],
    [true, false, 'BOOKED', false],
  ])(
    'is silent, booked in e-RS %s, in the PAS %s: 504 and %s',
    async (bookedInErs, bookedInPas, state, isFree) => {
      expect(await bookWith({ kind: 'silence', bookedInErs, bookedInPas })).toEqual({
        result: [504, 'PAS_NOT_RESPONDING'],
        state,
        isFree,
        isInPas: bookedInPas,
      });
    },
  );

  it('holds the referral while it is waited for, and answers no sooner than the delay', async () => {
    const referral = scene('bookable');
    bench.world.setPas('11000', { kind: 'silence', bookedInErs: false, bookedInPas: false });
    let isAnswered = false;
    const first = post(bookingBody(referral, slotOf('11000'))).finally(() => (isAnswered = true));
    await bench.clock.advance(999);
    expect(isAnswered).toBe(false);
    expect((await post(bookingBody(referral, slotOf('11000')))).status).toBe(423);
    await bench.clock.advance(1);
    expect((await first).status).toBe(504);
    bench.world.setPas('11000', { kind: 'ok' });
    expect((await post(bookingBody(referral, slotOf('11000')))).status).toBe(201);
  });
});

describe('deferring and triage', () => {
  const defer = (name: SceneName, reason: string, more: Record<string, unknown> = {}) =>
    post(bookingBody(scene(name), null, { reason: because(reason), comment: 'Please ring', ...more }));

  it('defers when there are no slots: version plus two, appointment version 1, no slot in the answer', async () => {
    const before = scene('no-slots');
    const answered = await defer('no-slots', 'NO_SLOTS_AT_SERVICE');
    const after = bench.world.referral(before.ubrn);
    expect([answered.status, after.state, after.version]).toEqual([
      201,
      'DEFERRED_TO_PROVIDER',
      before.version + 2,
    ]);
    expect([answered.at('meta', 'versionId'), answered.at('slot'), answered.at('start')]).toEqual([
      '1',
      undefined,
      undefined,
    ]);
    expect([after.stateReason?.code, after.appointment?.comment]).toEqual([
      'NO_SLOTS_AT_SERVICE',
      'Please ring',
    ]);
    expect(await outcome(defer('no-slots', 'NO_SLOTS_AT_SERVICE'))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('looks at the evidence again', async () => {
    const slot = slotOf('11000');
    const named = { slot: [{ reference: `Slot/${slot.id}` }] };
    expect(await outcome(defer('bookable', 'NO_SLOTS_AT_SERVICE'))).toEqual([
      422,
      'SLOTS_CURRENTLY_AVAILABLE',
    ]);
    expect(await outcome(defer('bookable', 'SLOT_NOT_AVAILABLE', named))).toEqual([
      422,
      'THIS_SLOT_IS_AVAILABLE',
    ]);
    expect(await outcome(defer('bookable', 'BOOKING_ATTEMPT_PROBLEM'))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    bench.world.takeSlot(slot.id);
    const answered = await defer('bookable', 'SLOT_NOT_AVAILABLE', named);
    expect([answered.status, answered.at('slot')]).toEqual([201, undefined]);
  });

  it('takes BOOKING_ATTEMPT_PROBLEM after a silence at that service, for that referral', async () => {
    bench.world.setPas('11000', { kind: 'silence', bookedInErs: false, bookedInPas: false });
    const attempt = post(bookingBody(scene('bookable'), slotOf('11000')));
    await bench.clock.advance(1000);
    expect((await attempt).status).toBe(504);
    const other = bookingBody(scene('bookable', 1), null, { reason: because('BOOKING_ATTEMPT_PROBLEM') });
    expect(await outcome(post(other))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect((await defer('bookable', 'BOOKING_ATTEMPT_PROBLEM')).status).toBe(201);
  });

  it('takes a slot with SLOT_NOT_AVAILABLE only, and needs it there', async () => {
    const slot = [{ reference: `Slot/${slotOf('11000').id}` }];
    expect(await outcome(defer('no-slots', 'NO_SLOTS_AT_SERVICE', { slot }))).toEqual([
      422,
      'INAPPROPRIATE_VALUE',
    ]);
    expect(await outcome(defer('bookable', 'SLOT_NOT_AVAILABLE'))).toEqual([422, 'MISSING_VALUE']);
    const strange = [{ reference: `Slot/${slotOf('11001').id}` }];
    expect(await outcome(defer('bookable', 'SLOT_NOT_AVAILABLE', { slot: strange }))).toEqual([
      422,
      'INAPPROPRIATE_SLOT',
    ]);
  });

  it('refuses a missing, unknown or doubled reason, times, and other services than directly bookable ones', async () => {
    const bare = bookingBody(scene('no-slots'), null);
    expect(await outcome(post(bare))).toEqual([422, 'MISSING_VALUE']);
    expect(await outcome(defer('no-slots', 'PATIENT_DISLIKES_TIMES'))).toEqual([422, 'INVALID_CODE']);
    const twice = [...because('NO_SLOTS_AT_SERVICE'), ...because('TRIAGE')];
    expect(await outcome(post({ ...bare, reason: twice }))).toEqual([422, 'INVALID_VALUE']);
    expect(
      await outcome(defer('no-slots', 'NO_SLOTS_AT_SERVICE', { start: '2030-01-01T09:00:00Z' })),
    ).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await outcome(defer('indirectly-bookable', 'NO_SLOTS_AT_SERVICE'))).toEqual([
      422,
      'INVALID_STATE',
    ]);
  });

  it('sends for triage on the platform, to a triage service of the shortlist', async () => {
    const { ubrn } = scene('triage');
    expect((await defer('triage', 'TRIAGE')).status).toBe(201);
    expect(bench.world.referral(ubrn).state).toBe('AWAITING_TRIAGE');
    expect(await outcome(defer('bookable', 'TRIAGE'))).toEqual([422, 'INVALID_STATE']);
    const body = bookingBody(scene('triage', 1), null, { reason: because('TRIAGE') });
    expect(await outcome(postSpine(body))).toEqual([422, 'INVALID_VALUE']);
  });
});
