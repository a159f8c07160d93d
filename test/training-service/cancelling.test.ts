import { beforeEach, describe, expect, it } from 'vitest';
import { findReferenceSet } from '../../src-main/training-service/reference-sets.ts';
import { isReasonToCancel } from '../../src-main/training-service/operations/a034-rules.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { PasBehaviour } from '../../src-main/training-service/world/model.ts';
import { actLater, cancel, cancellationBody, cancellationReason, isListed } from './cancelling-support.ts';
import { codeOf, createBench, type Answered, type Bench } from './support.ts';

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = find('booked-cancellable');
});

const find = (name: SceneName, i = 0) => bench.world.findScene(name)[i] ?? '';
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];
const now = () => bench.world.referral(ubrn);
const actions = async () =>
  (
    await bench.platform(
      `/STU3/Task?focus=ReferralRequest/${ubrn}/_history/${now().version}&intent=proposal&status=ready`,
    )
  ).text;

describe('cancelling an appointment', () => {
  it('answers with it cancelled, both versions raised by one, the slot free, the PAS told', async () => {
    const before = now();
    const { id, version, serviceId, slotId } = before.appointment ?? {};
    const answered = await cancel(bench, ubrn, { comment: 'Away in May' });
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${(version ?? 0) + 1}"`]);
    expect(answered.json).toMatchObject({
      id,
      meta: { versionId: String((version ?? 0) + 1) },
      status: 'cancelled',
      comment: 'Away in May',
      incomingReferral: [{ reference: `ReferralRequest/${ubrn}/_history/${before.version + 1}` }],
    });
    expect(answered.at('reason')).toEqual(cancellationReason('PATIENT_HOLIDAY'));
    expect([answered.at('start'), answered.at('end'), answered.at('slot')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([now().state, now().version, now().stateComments]).toEqual([
      'APPT_CANCELLED_BY_PATIENT',
      before.version + 1,
      'Away in May',
    ]);
    expect(bench.world.freeSlots(serviceId ?? '').map((slot) => slot.id)).toContain(slotId);
    expect(bench.world.pasAppointments(serviceId ?? '').map((one) => one.ubrn)).not.toContain(ubrn);
  });

  it('shows in A005, A038, A029 and the lists afterwards', async () => {
    expect(await isListed(bench, 'AWAITING_BOOKING', ubrn)).toBe(false);
    expect(await actions()).toContain('CANCEL_DIRECTLY_BOOKED_APPOINTMENT');
    const { appointment } = now();
    await cancel(bench, ubrn);
    const referral = await bench.platform(`/STU3/ReferralRequest/${ubrn}`);
    expect(referral.text).toContain('APPT_CANCELLED_BY_PATIENT');
    expect(referral.text).toContain(`"reference":"Appointment/${appointment?.id}"`);
    const read = await bench.platform(`/STU3/Appointment/${appointment?.id}`);
    expect(read.json).toMatchObject({
      status: 'cancelled',
      reason: [{ coding: [{ code: 'PATIENT_HOLIDAY' }] }],
      meta: { versionId: String((appointment?.version ?? 0) + 1) },
    });
    expect(await isListed(bench, 'AWAITING_BOOKING', ubrn)).toBe(true);
    expect(await actions()).not.toContain('CANCEL_DIRECTLY_BOOKED_APPOINTMENT');
    expect(await actions()).toContain('CHANGE_SHORTLIST');
  });

  it('names the clinician where there is one, and must name the right one', async () => {
    const withClinician = bench.world
      .findScene('booked-cancellable')
      .find((one) => bench.world.appointmentOf(one)?.clinicianId != null);
    ubrn = withClinician ?? '';
    const right = cancellationBody(now()).participant;
    const wrong = JSON.parse(
      JSON.stringify(right).replace(now().appointment?.clinicianId ?? '?', '000000000009'),
    ) as unknown;
    expect(await outcome(cancel(bench, ubrn, { participant: wrong }))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    const answered = await cancel(bench, ubrn, { participant: right });
    expect([answered.status, (answered.at('participant') as unknown[]).length]).toEqual([200, 3]);
  });
});

describe('the reason', () => {
  const because = (code: string, more: Record<string, unknown> = {}) =>
    outcome(cancel(bench, ubrn, { reason: cancellationReason(code), ...more }));

  it('is one that this role may use now', async () => {
    expect(await because('FURTHER_INFORMATION_REQUIRED')).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await because('CLINIC_CANCELLED')).toEqual([422, 'INAPPROPRIATE_VALUE']);
    // As published: a code of the referral's set.
    expect(await because('INTEND_PRIVATE', { comment: 'x' })).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect((await because('PATIENT_ILL'))[0]).toBe(200);
  });

  it('must be there, one, and of the right set', async () => {
    const other = cancellationReason('PATIENT_ILL', 'REFERRAL-CANCELLATION-REASON');
    const twice = [...cancellationReason('PATIENT_ILL'), ...cancellationReason('PATIENT_HOLIDAY')];
    expect(await outcome(cancel(bench, ubrn, { reason: other }))).toEqual([422, 'INVALID_VALUE']);
    expect(await outcome(cancel(bench, ubrn, { reason: twice }))).toEqual([422, 'INVALID_VALUE']);
    expect(await outcome(cancel(bench, ubrn, { reason: undefined }))).toEqual([422, 'MISSING_VALUE']);
  });

  it('may ask for a comment', async () => {
    expect(await because('PATIENT_OTHER_ENGAGEMENT')).toEqual([422, 'MISSING_VALUE']);
    expect(await because('PATIENT_OTHER_ENGAGEMENT', { comment: ' ' })).toEqual([422, 'MISSING_VALUE']);
    expect(await because('PATIENT_ILL', { comment: 'x'.repeat(2001) })).toEqual([422, 'INVALID_VALUE']);
    expect((await because('PATIENT_OTHER_ENGAGEMENT', { comment: 'A wedding' }))[0]).toBe(200);
  });

  it('counts from its first day to before its last, for a role that it names', () => {
    const concept = {
      ...{ code: 'X', display: 'X', from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' },
      properties: { usage: 'CANCEL', businessFunction: ['REFERRING_CLINICIAN'] },
    };
    const isOn = (instant: string, role = 'REFERRING_CLINICIAN') =>
      isReasonToCancel(concept, role, Date.parse(instant));
    expect([isOn('2025-12-31T23:59:59Z'), isOn('2026-01-01T00:00:00Z')]).toEqual([false, true]);
    expect([isOn('2026-01-31T23:59:59Z'), isOn('2026-02-01T00:00:00Z')]).toEqual([true, false]);
    expect(isOn('2026-01-15T00:00:00Z', 'REFERRING_CLINICIAN_ADMIN')).toBe(false);
    const toReject = { ...concept, properties: { ...concept.properties, usage: 'REJECT' } };
    expect(isReasonToCancel(toReject, 'REFERRING_CLINICIAN', Date.parse('2026-01-15T00:00:00Z'))).toBe(false);
  });

  it('is told by A004 with its properties', async () => {
    const set = await bench.platform('/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON');
    const concept = (set.at('concept') as { code: string; property: { code: string }[] }[]).find(
      (one) => one.code === 'PATIENT_OTHER_ENGAGEMENT',
    );
    expect(concept?.property.map((one) => one.code)).toEqual([
      'effectiveFrom',
      'appointmentBookingCancellationReasonType',
      'willCancelWholeRequest',
      'commentIsMandatory',
      'businessFunction',
      'businessFunction',
      'usage',
    ]);
    const all = findReferenceSet('APPOINTMENT-CANCELLATION-REASON')?.concepts ?? [];
    const usable = all.filter((one) =>
      isReasonToCancel(one, 'REFERRING_CLINICIAN_ADMIN', bench.clock.nowMs()),
    );
    expect(usable.map((one) => one.code)).toEqual([
      'PATIENT_APPOINTMENT_CANCELLATION_OTHER',
      'PATIENT_HOLIDAY',
      'PATIENT_ILL',
      'PATIENT_OTHER_ENGAGEMENT',
    ]);
  });
});

describe('the body', () => {
  it.each([
    ['another resource', { resourceType: 'Slot' }, [400, undefined]],
    ['no id', { id: undefined }, [422, 'MISSING_VALUE']],
    ['another id', { id: '7' }, [422, 'INVALID_VALUE']],
    ['another language', { language: 'cy' }, [422, 'INVALID_VALUE']],
    ['no profile', { meta: {} }, [422, 'MISSING_VALUE']],
    ['no description', { description: undefined }, [422, 'MISSING_VALUE']],
    ['another status', { status: 'booked' }, [422, 'INVALID_VALUE']],
    ['no status that there is', { status: 'gone' }, [422, 'INVALID_CODE']],
    ['a start', { start: '2027-01-01T09:00:00Z' }, [422, 'UNEXPECTED_FIELD']],
    ['a slot', { slot: [{ reference: 'Slot/1' }] }, [422, 'UNEXPECTED_FIELD']],
    ['no participants', { participant: [] }, [422, 'MISSING_VALUE']],
    ['no referral', { incomingReferral: [] }, [422, 'MISSING_VALUE']],
  ])('is refused with %s', async (_what, more, refused) => {
    expect(await outcome(cancel(bench, ubrn, more))).toEqual(refused);
    expect(now().state).toBe('BOOKED');
  });

  it('speaks of this appointment, this referral and this patient', async () => {
    const other = bench.world.referral(find('booked-cancellable', 1));
    const { participant, incomingReferral, meta } = cancellationBody(other);
    const version = { ...meta, versionId: '17' };
    expect(await outcome(cancel(bench, ubrn, { participant }))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await outcome(cancel(bench, ubrn, { incomingReferral }))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await outcome(cancel(bench, ubrn, { meta: version }))).toEqual([422, 'INVALID_VALUE']);
    expect((await cancel(bench, ubrn, { language: undefined })).status).toBe(200);
  });
});

describe('the checks in their order', () => {
  it('If-Match: 412 without, 400 when it is none', async () => {
    const pinned = (tag: string | null, more: object = {}) =>
      outcome(cancel(bench, ubrn, {}, { headers: { 'If-Match': tag }, ...more }));
    expect(await pinned(null)).toEqual([412, undefined]);
    expect(await pinned(null, { body: '{' })).toEqual([412, undefined]);
    expect(await pinned('W/"x"')).toEqual([400, undefined]);
  });

  it('409 when the appointment has moved, or the referral alone', async () => {
    const stale = now();
    const send = () =>
      bench.platform(`/STU3/Appointment/${stale.appointment?.id}`, {
        method: 'PUT',
        body: cancellationBody(stale),
        headers: { 'If-Match': `W/"${stale.appointment?.version}"` },
      });
    bench.world.touch(ubrn);
    expect((await send()).status).toBe(409);
    bench.world.touchAppointment(ubrn);
    const { version } = now();
    const incomingReferral = [{ reference: `ReferralRequest/${ubrn}/_history/${version}` }];
    const current = await bench.platform(`/STU3/Appointment/${stale.appointment?.id}`, {
      method: 'PUT',
      body: cancellationBody(stale, { incomingReferral }),
      headers: { 'If-Match': `W/"${stale.appointment?.version}"` },
    });
    expect(current.status).toBe(409);
    expect((await cancel(bench, ubrn)).status).toBe(200);
  });

  it('never twice under one version, nor again under the next', async () => {
    const stale = now();
    const headers = { 'If-Match': `W/"${stale.appointment?.version}"` };
    expect((await cancel(bench, ubrn)).status).toBe(200);
    const again = { body: cancellationBody(stale), headers };
    expect((await cancel(bench, ubrn, {}, again)).status).toBe(409);
    expect(await outcome(cancel(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('404 for an unknown appointment, 423 while somebody has the referral', async () => {
    const id = '999';
    const body = cancellationBody(now(), { id });
    const headers = { 'If-Match': 'W/"0"' };
    expect((await bench.platform(`/STU3/Appointment/${id}`, { method: 'PUT', body, headers })).status).toBe(
      404,
    );
    bench.world.lock(ubrn, 1000);
    expect((await cancel(bench, ubrn)).status).toBe(423);
  });

  it('for referrers who refer, on the platform', async () => {
    const as = (organisation: string, role: string) =>
      outcome(
        cancel(
          bench,
          ubrn,
          {},
          {
            headers: { 'NHSD-End-User-Organisation-ODS': organisation, 'NHSD-eRS-Business-Function': role },
          },
        ),
      );
    expect(await as('R69', 'REFERRING_ADMIN')).toEqual([403, 'FORBIDDEN']);
    expect(await as('R68', 'SERVICE_PROVIDER_CLINICIAN')).toEqual([403, 'FORBIDDEN']);
    const spine = await bench.spine('/STU3/v1/Appointment/1', {
      method: 'PUT',
      body: cancellationBody(now()),
      headers: { 'If-Match': 'W/"0"' },
    });
    expect(spine.status).toBe(404);
    expect((await as('R69', 'REFERRING_CLINICIAN'))[0]).toBe(200);
  });

  it.each<SceneName>([
    'booked-indirectly',
    'booked-past',
    'deferred',
    'awaiting-triage',
    'cancelled-by-provider',
  ])('no %s', async (name) =>
    expect(await outcome(cancel(bench, find(name)))).toEqual([422, 'INVALID_REQUEST_STATE']),
  );

  it('not off the shortlist, not for another practice, not for a sensitive patient', async () => {
    const off = bench.world.findReferral(find('booked-cancellable', 1));
    Object.assign(off ?? {}, { shortlist: ['11005'] });
    expect(await outcome(cancel(bench, off?.ubrn ?? ''))).toEqual([422, 'INVALID_REQUEST_STATE']);
    const theirs = find('no-relationship');
    bench.world.bookByAnother(theirs);
    expect(await outcome(cancel(bench, theirs))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(await outcome(cancel(bench, find('booked-s-flag')))).toEqual([422, 'PATIENT_ERROR']);
  });
});

describe('the provider’s system', () => {
  const cancelWith = async (behaviour: PasBehaviour) => {
    const serviceId = now().appointment?.serviceId ?? '';
    bench.world.setPas(serviceId, behaviour);
    const answered = cancel(bench, ubrn);
    await bench.clock.advance(1000);
    return {
      result: await outcome(answered),
      state: now().state,
      isInPas: bench.world.pasAppointments(serviceId).some((one) => one.ubrn === ubrn),
    };
  };

  it.each<[PasBehaviour, number, string, boolean]>([
    [{ kind: 'error' }, 502, 'PAS_RESPONDED_WITH_ERROR', true],
    [{ kind: 'unconfirmed' }, 422, 'UNABLE_TO_CANCEL_APPOINTMENT', true],
    [{ kind: 'gone' }, 422, 'UNABLE_TO_CANCEL_APPOINTMENT', false],
  ])('%j: nothing changes in e-RS', async (behaviour, status, code, isInPas) => {
    expect(await cancelWith(behaviour)).toEqual({ result: [status, code], state: 'BOOKED', isInPas });
  });

  it.each([
    [false, false, 'APPT_CANCELLED_BY_PATIENT'],
    [true, true, 'BOOKED'],
    [false, true, 'APPT_CANCELLED_BY_PATIENT'],
    [true, false, 'BOOKED'],
  ])(
    'is silent, still booked in e-RS %s, in the PAS %s: 504 and %s',
    async (bookedInErs, bookedInPas, state) => {
      expect(await cancelWith({ kind: 'silence', bookedInErs, bookedInPas })).toEqual({
        result: [504, 'PAS_NOT_RESPONDING'],
        state,
        isInPas: bookedInPas,
      });
    },
  );

  it('holds the referral while it is waited for; the same pin serves again where nothing came of it', async () => {
    bench.service.faults.add({
      on: { id: 'A034' },
      do: { kind: 'pas', behaviour: { kind: 'silence', bookedInErs: true, bookedInPas: true } },
    });
    let isAnswered = false;
    const first = cancel(bench, ubrn).finally(() => (isAnswered = true));
    await bench.clock.advance(999);
    expect(isAnswered).toBe(false);
    expect((await cancel(bench, ubrn)).status).toBe(423);
    await bench.clock.advance(1);
    expect((await first).status).toBe(504);
    expect((await cancel(bench, ubrn)).status).toBe(200);
  });

  it('may be overtaken: an appointment that went meanwhile keeps its own reason', async () => {
    const serviceId = now().appointment?.serviceId ?? '';
    bench.world.setPas(serviceId, { kind: 'silence', bookedInErs: false, bookedInPas: false });
    const answered = cancel(bench, ubrn);
    await bench.clock.advance(500);
    bench.world.cancelByProvider(ubrn);
    await bench.clock.advance(500);
    expect((await answered).status).toBe(504);
    expect([now().state, now().stateReason?.code]).toEqual([
      'APPT_CANCELLED_BY_PROVIDER',
      'CLINIC_CANCELLED',
    ]);
  });
});

describe('faults', () => {
  const strike = (effect: Parameters<typeof bench.service.faults.add>[0]['do']) =>
    bench.service.faults.add({ on: { id: 'A034', ubrn }, do: effect });

  it('find the referral of the appointment', async () => {
    strike({ kind: 'version-bump' });
    expect((await cancel(bench, ubrn)).status).toBe(409);
    strike({ kind: 'lock', forMs: 10 });
    expect((await cancel(bench, ubrn)).status).toBe(423);
    await bench.clock.advance(10);
    strike({ kind: 'drop-before' });
    await expect(cancel(bench, ubrn)).rejects.toMatchObject({ phase: 'before' });
    expect(now().state).toBe('BOOKED');
    strike({ kind: 'drop-after' });
    await expect(cancel(bench, ubrn)).rejects.toMatchObject({ phase: 'after' });
    expect(now().state).toBe('APPT_CANCELLED_BY_PATIENT');
    expect(bench.service.calls.last('A034')).toMatchObject({ method: 'PUT', ubrn, dropped: 'after' });
  });

  it('find it even when the body names none', async () => {
    strike({ kind: 'status', status: 503 });
    expect((await cancel(bench, ubrn, { incomingReferral: [] })).status).toBe(503);
  });

  it('answer with a status after the effect, or cut the reply', async () => {
    strike({ kind: 'status', status: 500, commits: true });
    expect((await cancel(bench, ubrn)).status).toBe(500);
    expect(now().state).toBe('APPT_CANCELLED_BY_PATIENT');
    ubrn = find('booked-cancellable', 1);
    strike({ kind: 'truncated-json' });
    expect(await cancel(bench, ubrn)).toMatchObject({ status: 200, json: undefined });
  });
});

it('a clinic that is off keeps its slot', () => {
  const { serviceId = '', slotId } = now().appointment ?? {};
  bench.world.cancelByProvider(ubrn);
  expect([now().state, now().appointment?.slotId]).toEqual(['APPT_CANCELLED_BY_PROVIDER', null]);
  expect(bench.world.freeSlots(serviceId).map((slot) => slot.id)).not.toContain(slotId);
});

it('somebody else may have done it, for another reason', async () => {
  bench.world.cancelByAnother(ubrn, 'PATIENT_ILL');
  expect([now().state, now().stateReason?.code]).toEqual(['APPT_CANCELLED_BY_PATIENT', 'PATIENT_ILL']);
  const review = find('booked-for-review');
  bench.world.cancelByAnother(review);
  expect(await outcome(actLater(bench, review))).toEqual([422, 'INVALID_REQUEST_STATE']);
});
