import { beforeEach, describe, expect, it } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import {
  actLater,
  actLaterInSpine,
  asAdmin,
  asClinician,
  comments,
  isListed,
  laterBody,
  LATER_PROFILE,
  newPriority,
  onBehalfOf,
  pasFlag,
  providerFile,
} from './cancelling-support.ts';
import { codeOf, createBench, type Answered, type Bench } from './support.ts';

const DAY = 86_400_000;

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = find('booked-for-review');
});

const find = (name: SceneName) => bench.world.findScene(name)[0] ?? '';
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];
const contained = (answered: Answered, id: string) =>
  (answered.at('contained') as { id: string }[]).find((one) => one.id === id);
const isInPas = (service = bench.world.referral(ubrn).appointment?.serviceId ?? '') =>
  bench.world.pasAppointments(service).some((one) => one.ubrn === ubrn);

describe('cancelling to act later', () => {
  it('leaves a proposal with outcome and comment, both versions raised, the slot free, the PAS told', async () => {
    const before = bench.world.referral(ubrn);
    const slotId = before.appointment?.slotId ?? '';
    const serviceId = before.appointment?.serviceId ?? '';
    expect(isInPas()).toBe(true);
    const answered = await actLater(bench, ubrn);
    const after = bench.world.referral(ubrn);
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${before.version + 1}"`]);
    expect(answered.at('meta', 'versionId')).toBe(String(before.version + 1));
    expect(answered.text).toContain('TRIAGED_PROVIDER_TO_ACTION');
    expect(contained(answered, 'appointment')).toMatchObject({
      status: 'proposed',
      reason: [
        {
          coding: [
            {
              system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1',
              code: 'CANCEL_APPOINTMENT_ACTION_LATER',
              display: 'Cancel Appointment Action Later',
            },
          ],
        },
      ],
      comment: 'Please ring to rebook',
      meta: { versionId: String((before.appointment?.version ?? 0) + 1) },
    });
    expect(contained(answered, 'appointment')).not.toHaveProperty('start');
    expect(contained(answered, 'appointment')).not.toHaveProperty('slot');
    expect([after.state, after.stateComments]).toEqual([
      'TRIAGED_PROVIDER_TO_ACTION',
      'Please ring to rebook',
    ]);
    expect(bench.world.freeSlots(serviceId).map((slot) => slot.id)).toContain(slotId);
    expect(isInPas(serviceId)).toBe(false);
  });

  it('shows in A005, A038 and the lists afterwards', async () => {
    const lists = async () => [
      await isListed(bench, 'REFERRALS_FOR_REVIEW', ubrn, asClinician),
      await isListed(bench, 'AWAITING_BOOKING', ubrn),
    ];
    expect(await lists()).toEqual([true, false]);
    const { version, appointment } = bench.world.referral(ubrn);
    await actLater(bench, ubrn);
    const referral = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: asClinician });
    expect(referral.at('meta', 'versionId')).toBe(String(version + 1));
    expect(referral.text).toContain(`"reference":"Appointment/${appointment?.id}"`);
    const read = await bench.platform(`/STU3/Appointment/${appointment?.id}`, { headers: asClinician });
    expect([read.at('status'), read.at('reason', 0, 'coding', 0, 'code'), read.at('comment')]).toEqual([
      'proposed',
      'CANCEL_APPOINTMENT_ACTION_LATER',
      'Please ring to rebook',
    ]);
    expect(await lists()).toEqual([false, false]);
  });

  it('is an appointment cancelled in 2021, which keeps the reason and the comment', async () => {
    const { version } = bench.world.referral(ubrn);
    const answered = await actLaterInSpine(bench, ubrn);
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${version + 1}"`]);
    expect(answered.text).not.toContain('ReferralState');
    expect(contained(answered, 'appointment')).toMatchObject({
      status: 'cancelled',
      comment: 'Please ring to rebook',
    });
    const read = await bench.spine(`/STU3/v1/ReferralRequest/${ubrn}`, {}, 'SERVICE_PROVIDER_CLINICIAN');
    expect(contained(read, 'appointment')).toMatchObject({ status: 'cancelled' });
    const platform = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: asClinician });
    expect(contained(platform, 'appointment')).toMatchObject({ status: 'proposed' });
  });

  it('takes a new priority, and no unknown one', async () => {
    expect(await outcome(actLater(bench, ubrn, [comments(), newPriority('SOON')]))).toEqual([
      422,
      'INVALID_CODE',
    ]);
    const { priority } = bench.world.referral(ubrn);
    const other = priority === 'URGENT' ? 'ROUTINE' : 'URGENT';
    const answered = await actLater(bench, ubrn, [comments(), newPriority(other)]);
    expect([answered.status, bench.world.referral(ubrn).priority]).toEqual([200, other]);
  });
});

describe('who may, and with what', () => {
  it('a clinician of the workgroup, or an admin for one', async () => {
    const other = bench.world.findScene('booked-for-review')[1] ?? '';
    const as = (headers: Record<string, string>, which = ubrn) =>
      outcome(actLater(bench, which, [comments()], { headers }));
    const referrer = {
      'NHSD-End-User-Organisation-ODS': 'R69',
      'NHSD-eRS-Business-Function': 'REFERRING_CLINICIAN',
    };
    expect(await as(referrer)).toEqual([403, 'FORBIDDEN']);
    expect(await as({ ...asClinician, 'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_ADMIN' })).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(await as(asAdmin)).toEqual([400, 'MISSING_HEADER']);
    expect(await as(onBehalfOf('555000000211'))).toEqual([403, 'FORBIDDEN']);
    expect(await as({ ...asClinician, 'NHSD-eRS-On-Behalf-Of-User-ID': '021600556514' })).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect((await as(onBehalfOf('021600556514')))[0]).toBe(200);
    expect((await as(asClinician, other))[0]).toBe(200);
  });

  it('nobody outside the workgroup', async () => {
    // Its service belongs to another trust, whose workgroup is not this clinician's.
    const stranger = find('no-relationship');
    bench.world.bookByAnother(stranger);
    expect(await outcome(actLater(bench, stranger))).toEqual([422, 'NO_RELATIONSHIP']);
  });

  it('a comment, of at most 2000 characters', async () => {
    expect(await outcome(actLater(bench, ubrn, []))).toEqual([422, 'MISSING_VALUE']);
    expect(await outcome(actLater(bench, ubrn, [comments('  ')]))).toEqual([422, 'MISSING_VALUE']);
    expect(await outcome(actLater(bench, ubrn, [comments('x'.repeat(2001))]))).toEqual([
      422,
      'INVALID_VALUE',
    ]);
    expect(await outcome(actLater(bench, ubrn, [comments(), comments()]))).toEqual([422, 'INVALID_VALUE']);
    expect((await actLater(bench, ubrn, [comments('x'.repeat(2000))])).status).toBe(200);
  });

  it('the flag of the PAS at an indirectly bookable service, and at no other', async () => {
    expect(await outcome(actLater(bench, ubrn, [comments(), pasFlag(true)]))).toEqual([
      422,
      'FIELD_NOT_PERMITTED',
    ]);
    ubrn = find('booked-indirectly');
    const serviceId = bench.world.referral(ubrn).appointment?.serviceId ?? '';
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'VALUE_IS_REQUIRED']);
    expect(await outcome(actLater(bench, ubrn, [comments(), pasFlag('yes')]))).toEqual([
      422,
      'INVALID_VALUE',
    ]);
    expect((await actLater(bench, ubrn, [comments(), pasFlag(false)])).status).toBe(200);
    expect(isInPas(serviceId)).toBe(true);
  });

  it('takes an indirect booking out of the PAS when it was cancelled there', async () => {
    ubrn = find('booked-indirectly');
    const serviceId = bench.world.referral(ubrn).appointment?.serviceId ?? '';
    expect(isInPas(serviceId)).toBe(true);
    await actLater(bench, ubrn, [comments(), pasFlag(true)]);
    expect(isInPas(serviceId)).toBe(false);
  });

  it('the right parameters under the right profile and name of its dialect', async () => {
    const send = (body: unknown) => outcome(actLater(bench, ubrn, [], { body }));
    expect(await send({ ...laterBody([comments()]), resourceType: 'Bundle' })).toEqual([400, undefined]);
    expect(await send('{')).toEqual([400, undefined]);
    expect(await send(laterBody([comments()], 'https://fhir.nhs.uk/other'))).toEqual([422, 'INVALID_VALUE']);
    expect(await send({ ...laterBody([comments()]), meta: {} })).toEqual([422, 'MISSING_VALUE']);
    expect(await send(laterBody([comments(), { name: 'reason' }]))).toEqual([422, 'INVALID_VALUE']);
    const old = { body: laterBody([comments()], LATER_PROFILE) };
    expect(await outcome(actLaterInSpine(bench, ubrn, [], old))).toEqual([422, 'INVALID_VALUE']);
    const body = laterBody([comments()]);
    const path = `/STU3/ReferralRequest/${ubrn}/$ers.CancelAppointmentActionLater`;
    const headers = { ...asClinician, 'If-Match': 'W/"1"' };
    expect((await bench.platform(path, { method: 'POST', body, headers })).status).toBe(404);
  });
});

describe('attachments', () => {
  const upload = (title = 'plan.pdf', of: string | null = ubrn) => bench.world.upload({ ubrn: of, title });
  const link = (...files: unknown[]) => outcome(actLater(bench, ubrn, [comments(), ...files]));

  it('are linked by their Binary, by either form of id', async () => {
    const [one, two] = [upload('one.pdf'), upload('two.pdf')];
    const legacy = `att-${Number(ubrn)}-${two.number}`;
    Object.assign(bench.world.findReferral(ubrn) ?? {}, { referrerId: '555000000211' });
    const answered = await actLater(bench, ubrn, [comments(), providerFile(one.uuid), providerFile(legacy)]);
    expect(answered.status).toBe(200);
    expect(contained(answered, `DocumentReference-${one.number}`)).toMatchObject({
      type: { coding: [{ code: 'PROVIDER' }] },
      description: 'Plan',
      content: [{ attachment: { title: 'one.pdf', url: `Binary/${one.uuid}` } }],
    });
    expect(answered.at('supportingInfo')).toContainEqual({
      reference: `#DocumentReference-${two.number}`,
    });
    const by = JSON.stringify(contained(answered, `DocumentReference-${one.number}`));
    expect([by.includes('"555000000101"'), by.includes('"R68"')]).toEqual([true, true]);
    expect(bench.world.findUpload(one.uuid)?.isLinked).toBe(true);
  });

  it('must be there, uploaded for this referral, and linked nowhere yet', async () => {
    const other = bench.world.findScene('booked-for-review')[1] ?? '';
    expect(await link(providerFile('no-such-file'))).toEqual([422, 'REFERENCE_NOT_FOUND']);
    expect(await link(providerFile(upload('plan.pdf', null).uuid))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await link(providerFile(upload('plan.pdf', other).uuid))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    const file = providerFile(upload().uuid);
    expect(await link(file, file)).toEqual([422, 'INVALID_STATE']);
    expect(await link(providerFile(upload('a.pdf').uuid), providerFile(upload('a.pdf').uuid))).toEqual([
      422,
      'DUPLICATE_FILENAME',
    ]);
    const linked = upload('linked.pdf');
    linked.isLinked = true;
    expect(await link(providerFile(linked.uuid))).toEqual([422, 'INVALID_STATE']);
    expect(bench.world.referral(ubrn).state).toBe('BOOKED');
    expect((await link(file))[0]).toBe(200);
  });

  it.each([
    ['another type', { type: { coding: [{ code: 'REFERRER' }] } }, 'INVALID_CODE'],
    ['no type', { type: undefined }, 'MISSING_VALUE'],
    ['another status', { status: 'superseded' }, 'INVALID_VALUE'],
    ['no time', { indexed: undefined }, 'MISSING_VALUE'],
    ['no file', { content: [] }, 'MISSING_VALUE'],
    ['a foreign address', { content: [{ attachment: { url: 'https://x.test/1' } }] }, 'INVALID_VALUE'],
    ['a long description', { description: 'x'.repeat(201) }, 'INVALID_VALUE'],
  ])('are refused with %s', async (_what, more, code) =>
    expect(await link(providerFile(upload().uuid, more))).toEqual([422, code]),
  );
});

describe('the checks in their order', () => {
  it('If-Match: 412 without, 400 when it is none, 409 when stale', async () => {
    const pinned = (tag: string | null) =>
      outcome(actLater(bench, ubrn, [comments()], { headers: { 'If-Match': tag } }));
    expect(await pinned(null)).toEqual([412, undefined]);
    expect(await pinned('"4"')).toEqual([400, undefined]);
    expect(await pinned('W/"1"')).toEqual([409, undefined]);
    const spine = (tag: string | null) =>
      outcome(actLaterInSpine(bench, ubrn, [comments()], { headers: { 'If-Match': tag } }));
    expect(await spine(null)).toEqual([412, 'MISSING_HEADER']);
    expect(await spine('W/"1"')).toEqual([409, 'VERSION_CONFLICT']);
  });

  it('never twice under one version', async () => {
    const headers = { 'If-Match': `W/"${bench.world.referral(ubrn).version}"` };
    expect((await actLater(bench, ubrn, [comments()], { headers })).status).toBe(200);
    expect((await actLater(bench, ubrn, [comments()], { headers })).status).toBe(409);
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('412 comes before broken JSON, 404 before the fields, the lock before the state', async () => {
    const headers = { 'If-Match': null };
    expect((await actLater(bench, ubrn, [], { body: '{', headers })).status).toBe(412);
    expect((await actLater(bench, '000099999999', [])).status).toBe(404);
    ubrn = find('booked-past');
    bench.world.lock(ubrn, 1000);
    expect((await actLater(bench, ubrn)).status).toBe(423);
    expect(await outcome(actLaterInSpine(bench, ubrn))).toEqual([423, 'REFERRAL_LOCKED']);
    await bench.clock.advance(1000);
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it.each<SceneName>([
    'booked-past',
    'booked-letter-due',
    'awaiting-triage',
    'deferred',
    'cancelled-by-provider',
    'rejected',
  ])('no %s', async (name) =>
    expect(await outcome(actLater(bench, find(name)))).toEqual([422, 'INVALID_REQUEST_STATE']),
  );

  it('not without clinical information, nor with a letter still to come', async () => {
    const referral = bench.world.findReferral(ubrn) ?? {};
    const { clinicalInfoMs } = bench.world.referral(ubrn);
    Object.assign(referral, { clinicalInfoMs: null });
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
    Object.assign(referral, { clinicalInfoMs, letterDue: '2027-01-01' });
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
    Object.assign(referral, { letterDue: null });
    expect((await actLater(bench, ubrn)).status).toBe(200);
  });

  it('only while the review is open, and on the day of the appointment itself still', async () => {
    const { startMs } = bench.world.referral(ubrn).appointment ?? {};
    const second = bench.world.findScene('booked-for-review')[1] ?? '';
    const reviewed = bench.world.findReferral(second);
    if (reviewed) reviewed.isReviewPending = false;
    expect(await outcome(actLater(bench, second))).toEqual([422, 'INVALID_REQUEST_STATE']);
    bench = await createBench({ credentialLifetimeMs: 1000 * DAY });
    await bench.clock.advance((startMs ?? 0) - bench.clock.nowMs() + 60_000);
    expect((await actLater(bench, ubrn)).status).toBe(200);
    bench = await createBench({ credentialLifetimeMs: 1000 * DAY });
    await bench.clock.advance((startMs ?? 0) - bench.clock.nowMs() + DAY);
    expect(await outcome(actLater(bench, ubrn))).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('not for a patient for whom nothing may be written, nor for what is no referral', async () => {
    const sensitive = find('booked-s-flag');
    expect(await outcome(actLater(bench, sensitive))).toEqual([422, 'PATIENT_ERROR']);
    expect(await outcome(actLaterInSpine(bench, sensitive))).toEqual([422, 'PATIENT_SENSITIVE']);
    expect(await outcome(actLater(bench, find('advice-request')))).toEqual([422, 'INVALID_REQUEST_TYPE']);
  });
});

describe('faults', () => {
  const strike = (effect: Parameters<typeof bench.service.faults.add>[0]['do']) =>
    bench.service.faults.add({ on: { id: 'A022', ubrn }, do: effect });
  const state = () => bench.world.referral(ubrn).state;

  it('drop the call before or after its effect', async () => {
    strike({ kind: 'drop-before' });
    await expect(actLater(bench, ubrn)).rejects.toMatchObject({ phase: 'before' });
    expect(state()).toBe('BOOKED');
    strike({ kind: 'drop-after' });
    await expect(actLater(bench, ubrn)).rejects.toMatchObject({ phase: 'after' });
    expect(state()).toBe('TRIAGED_PROVIDER_TO_ACTION');
  });

  it('move the version, lock, answer in its place, spoil the reply', async () => {
    strike({ kind: 'version-bump' });
    expect((await actLater(bench, ubrn)).status).toBe(409);
    strike({ kind: 'lock', forMs: 10 });
    expect((await actLater(bench, ubrn)).status).toBe(423);
    await bench.clock.advance(10);
    strike({ kind: 'status', status: 422, code: 'TECHNICAL_ERROR' });
    expect(await outcome(actLaterInSpine(bench, ubrn))).toEqual([422, 'TECHNICAL_ERROR']);
    expect(state()).toBe('BOOKED');
    strike({ kind: 'truncated-json' });
    expect(await actLater(bench, ubrn)).toMatchObject({ status: 200, json: undefined });
    expect(state()).toBe('TRIAGED_PROVIDER_TO_ACTION');
  });
});

it('another clinician may have done it, with another comment', async () => {
  bench.world.leaveForLaterByAnother(ubrn, 'Mine');
  const { appointment, state } = bench.world.referral(ubrn);
  expect([state, appointment?.status, appointment?.comment]).toEqual([
    'TRIAGED_PROVIDER_TO_ACTION',
    'proposed',
    'Mine',
  ]);
});
