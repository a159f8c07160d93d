import { beforeEach, describe, expect, it } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { PasBehaviour } from '../../src-main/training-service/world/model.ts';
import { asClinician, isListed, pasFlag, providerFile } from './cancelling-support.ts';
import { codeOf, createBench, type Answered, type Bench, type Sent } from './support.ts';

const profile = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/${name}`;
const system = (name: string) => `https://fhir.nhs.uk/STU3/CodeSystem/${name}`;
const coded = (name: string, of: string, code: string) => ({ name, valueCoding: { system: of, code } });
const text = (name: string, valueString: string) => ({ name, valueString });
const parametersOf = (own: string, parameter: readonly unknown[]) => ({
  resourceType: 'Parameters',
  meta: { profile: [profile(own)] },
  parameter,
});

const REASONS = 'https://training.test/referrals/FHIR/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON';
const reason = (code = 'SERVICE_INAPPROPRIATE', of = REASONS) => coded('rejectionReason', of, code);
const accepts = coded('reviewOutcome', system('eRS-ReviewOutcome-1'), 'ACCEPT_REFER_BOOK_LATER');
const returns = coded('reviewOutcome', system('eRS-ReviewOutcome-1'), 'RETURN_TO_REFERRER_WITH_ADVICE');
const priority = (code: string) => coded('reviewPriority', system('eRS-Priority-1'), code);

let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
});

const find = (name: SceneName) => bench.world.findScene(name)[0] ?? '';
const outcome = async (answered: Promise<Answered>) => [(await answered).status, codeOf(await answered)];
const tag = () => ({ 'If-Match': `W/"${bench.world.findReferral(ubrn)?.version ?? 1}"` });
const send = (name: string, body?: unknown, sent: Sent = {}) =>
  bench.platform(`/STU3/ReferralRequest/${ubrn}/$ers.${name}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
    headers: { ...tag(), ...asClinician, ...sent.headers },
  });
const sendInSpine = (name: string, body?: unknown, headers: Record<string, string> = {}) =>
  bench.spine(
    `/STU3/v1/ReferralRequest/${ubrn}/$ers.${name}`,
    { method: 'POST', ...(body === undefined ? {} : { body }), headers: { ...tag(), ...headers } },
    'SERVICE_PROVIDER_CLINICIAN',
  );
const accept = (sent: Sent = {}) => send('acceptReferral', undefined, sent);
const rejectBody = (...parameter: unknown[]) => parametersOf('eRS-RejectReferral-Parameters-1', parameter);
const reject = (...parameter: unknown[]) => send('rejectReferral', rejectBody(...parameter));
const recordBody = (...parameter: unknown[]) =>
  parametersOf('eRS-RecordReviewOutcome-Parameters-1', parameter);
const record = (...parameter: unknown[]) => send('recordReviewOutcome', recordBody(...parameter));
const appointmentIn = (answered: Answered) =>
  (answered.at('contained') as { id: string }[]).find((one) => one.id === 'appointment');
const isInPas = () =>
  bench.world
    .pasAppointments(bench.world.referral(ubrn).appointment?.serviceId ?? '')
    .some((one) => one.ubrn === ubrn);

describe('accepting', () => {
  beforeEach(() => {
    ubrn = find('booked-for-review');
  });

  it('closes the review and leaves the appointment as it is', async () => {
    const before = bench.world.referral(ubrn);
    expect(await isListed(bench, 'REFERRALS_FOR_REVIEW', ubrn, asClinician)).toBe(true);
    const answered = await accept();
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${before.version + 1}"`]);
    expect(bench.world.referral(ubrn)).toMatchObject({ state: 'BOOKED', appointment: before.appointment });
    expect(await isListed(bench, 'REFERRALS_FOR_REVIEW', ubrn, asClinician)).toBe(false);
    expect(await outcome(accept())).toEqual([422, 'INVALID_REQUEST_STATE']);
  });

  it('in 2021 too, with a media type and no body', async () => {
    const answered = await sendInSpine('acceptReferral', undefined, {
      'Content-Type': 'application/fhir+json',
    });
    expect([answered.status, answered.text.includes('ReferralState')]).toEqual([200, false]);
  });

  it('only by a clinician, under the version as it is', async () => {
    expect((await accept({ headers: { 'If-Match': null } })).status).toBe(412);
    expect((await accept({ headers: { 'If-Match': 'W/"1"' } })).status).toBe(409);
    const admin = { 'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_ADMIN' };
    expect(await outcome(accept({ headers: admin }))).toEqual([403, 'FORBIDDEN']);
    bench.world.lock(ubrn, 1000);
    expect((await accept()).status).toBe(423);
  });

  it.each<SceneName>(['booked-past', 'booked-letter-due', 'awaiting-triage', 'deferred', 'rejected'])(
    'no %s',
    async (name) => {
      ubrn = find(name);
      expect(await outcome(accept())).toEqual([422, 'INVALID_REQUEST_STATE']);
    },
  );
});

describe('rejecting', () => {
  beforeEach(() => {
    ubrn = find('booked-for-review');
  });

  it('cancels the appointment and gives the referral back, by two versions', async () => {
    const before = bench.world.referral(ubrn);
    const answered = await reject(reason(), text('rejectionComments', 'Wrong clinic'));
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${before.version + 2}"`]);
    expect(appointmentIn(answered)).toMatchObject({ status: 'cancelled', comment: 'Wrong clinic' });
    expect(answered.text).toContain('"code":"REJECTED"');
    expect(isInPas()).toBe(false);
    expect(bench.world.freeSlots(before.appointment?.serviceId ?? '').map(({ id }) => id)).toContain(
      before.appointment?.slotId,
    );
    expect(await isListed(bench, 'REJECTED_TRIAGE_RESPONSE', ubrn)).toBe(true);
    expect(await isListed(bench, 'REFERRALS_FOR_REVIEW', ubrn, asClinician)).toBe(false);
  });

  it('takes reasons for rejecting only, from the right set', async () => {
    expect(await outcome(reject())).toEqual([422, 'MISSING_VALUE']);
    expect(await outcome(reject(reason('PATIENT_ILL')))).toEqual([422, 'INAPPROPRIATE_VALUE']);
    expect(await outcome(reject(reason('NO_SUCH')))).toEqual([422, 'INVALID_CODE']);
    expect(await outcome(reject(reason('OTHER', system('eRS-Priority-1'))))).toEqual([422, 'INVALID_VALUE']);
    const long = text('rejectionComments', 'x'.repeat(2001));
    expect(await outcome(reject(reason(), long))).toEqual([422, 'INVALID_VALUE']);
    expect(await outcome(reject(reason(), pasFlag(true)))).toEqual([422, 'FIELD_NOT_PERMITTED']);
    expect(bench.world.referral(ubrn).state).toBe('BOOKED');
  });

  it('asks of an indirect booking whether the provider has cancelled it', async () => {
    ubrn = find('review-indirectly');
    expect(await outcome(reject(reason()))).toEqual([422, 'VALUE_IS_REQUIRED']);
    expect((await reject(reason(), pasFlag(false))).status).toBe(200);
    expect([bench.world.referral(ubrn).state, isInPas()]).toEqual(['REJECTED', true]);
    ubrn = bench.world.findScene('review-indirectly')[1] ?? '';
    expect((await reject(reason(), pasFlag(true))).status).toBe(200);
    expect(isInPas()).toBe(false);
  });

  it.each<[string, PasBehaviour, unknown[], string]>([
    ['refuses', { kind: 'unconfirmed' }, [422, 'UNABLE_TO_CANCEL_APPOINTMENT'], 'BOOKED'],
    ['fails', { kind: 'error' }, [502, 'PAS_RESPONDED_WITH_ERROR'], 'BOOKED'],
    [
      'is silent and did it',
      { kind: 'silence', bookedInErs: false, bookedInPas: false },
      [504, 'PAS_NOT_RESPONDING'],
      'REJECTED',
    ],
    [
      'is silent and did not',
      { kind: 'silence', bookedInErs: true, bookedInPas: true },
      [504, 'PAS_NOT_RESPONDING'],
      'BOOKED',
    ],
  ])('when the provider’s system %s', async (_what, behaviour, refused, state) => {
    bench.service.faults.add({ on: { id: 'A014', ubrn }, do: { kind: 'pas', behaviour } });
    const answered = outcome(reject(reason()));
    await bench.clock.advance(1000);
    expect([await answered, bench.world.referral(ubrn).state]).toEqual([refused, state]);
  });

  it('in 2021 too, with the session’s own system', async () => {
    const of = 'https://training.test/ers-api/STU3/v1/CodeSystem/APPOINTMENT-CANCELLATION-REASON';
    const answered = await sendInSpine('rejectReferral', rejectBody(reason('OTHER', of)));
    expect([answered.status, appointmentIn(answered)]).toMatchObject([200, { status: 'cancelled' }]);
  });
});

describe('recording the outcome of a review', () => {
  beforeEach(() => {
    ubrn = find('awaiting-triage');
  });

  it('accepts with a priority: the provider goes on', async () => {
    const before = bench.world.referral(ubrn);
    const answered = await record(priority('URGENT'), accepts, text('reviewComments', 'Within a fortnight'));
    expect([answered.status, answered.headers.get('etag')]).toEqual([200, `W/"${before.version + 1}"`]);
    expect(appointmentIn(answered)).toMatchObject({
      status: 'proposed',
      reason: [{ coding: [{ code: 'ACCEPT_REFER_BOOK_LATER' }] }],
      comment: 'Within a fortnight',
    });
    expect(bench.world.referral(ubrn)).toMatchObject({
      state: 'TRIAGED_PROVIDER_TO_ACTION',
      priority: 'URGENT',
    });
    expect(await isListed(bench, 'REFERRALS_FOR_REVIEW', ubrn, asClinician)).toBe(false);
  });

  it('returns with advice: shown as triaged in the reply, as a response afterwards', async () => {
    const answered = await record(returns, text('reviewComments', 'Try physiotherapy first'));
    expect(answered.text).toContain('TRIAGED_PROVIDER_TO_ACTION');
    const read = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: asClinician });
    expect(read.text).toContain('"code":"TRIAGE_RESPONSE"');
    expect(read.text).toContain('Try physiotherapy first');
    expect(await isListed(bench, 'REJECTED_TRIAGE_RESPONSE', ubrn)).toBe(true);
  });

  it('needs a priority to accept, and refuses another one on a return', async () => {
    Object.assign(bench.world.findReferral(ubrn) ?? {}, { priority: 'ROUTINE' });
    expect(await outcome(record(accepts))).toEqual([422, 'MISSING_VALUE']);
    expect(await outcome(record(accepts, priority('SOON')))).toEqual([422, 'INVALID_CODE']);
    expect(await outcome(record(returns, priority('URGENT')))).toEqual([422, 'PRIORITY_NOT_CURRENT']);
    expect(await outcome(record(priority('URGENT')))).toEqual([422, 'MISSING_VALUE']);
    const other = coded('reviewOutcome', system('eRS-ReviewOutcome-1'), 'CANCEL_APPOINTMENT_ACTION_LATER');
    expect(await outcome(record(other))).toEqual([422, 'INVALID_CODE']);
    expect((await record(returns, priority('ROUTINE'))).status).toBe(200);
  });

  it('links the provider’s files', async () => {
    const file = bench.world.upload({ ubrn, title: 'advice.pdf' });
    const linked = { ...providerFile(file.uuid), name: 'reviewAttachmentFile' };
    expect(await outcome(record(returns, linked, linked))).toEqual([422, 'INVALID_STATE']);
    expect((await record(returns, linked)).text).toContain('advice.pdf');
    expect(bench.world.findUpload(file.uuid)?.isLinked).toBe(true);
  });

  it('only while a review is open: in triage, or deferred with information', async () => {
    ubrn = find('deferred-for-review');
    expect((await record(accepts, priority('ROUTINE'))).status).toBe(200);
    expect(await outcome(record(accepts, priority('ROUTINE')))).toEqual([422, 'INVALID_REQUEST_STATE']);
    for (const scene of ['deferred-without-letter', 'booked-for-review', 'triaged'] as const) {
      ubrn = find(scene);
      expect(await outcome(record(accepts, priority('ROUTINE')))).toEqual([422, 'INVALID_REQUEST_STATE']);
    }
  });

  it('does not look whether the patient lives: that is the client’s to do', async () => {
    ubrn = find('triage-deceased');
    expect((await record(accepts, priority('ROUTINE'))).status).toBe(200);
  });

  it('in 2021 too, where a stale version has a code', async () => {
    const stale = await sendInSpine('recordReviewOutcome', recordBody(returns), { 'If-Match': 'W/"1"' });
    expect([stale.status, codeOf(stale)]).toEqual([409, 'VERSION_CONFLICT']);
    expect((await sendInSpine('recordReviewOutcome', recordBody(returns))).status).toBe(200);
  });
});

it('another clinician may have judged it meanwhile', () => {
  const [first = '', second = ''] = bench.world.findScene('booked-for-review');
  bench.world.acceptByAnother(first);
  bench.world.rejectByAnother(second, 'OTHER', 'Not for us');
  bench.world.recordReviewByAnother(find('awaiting-triage'), 'RETURN_TO_REFERRER_WITH_ADVICE', 'No');
  expect(bench.world.referral(first)).toMatchObject({ state: 'BOOKED', isReviewPending: false });
  expect(bench.world.referral(second)).toMatchObject({ state: 'REJECTED', stateComments: 'Not for us' });
  expect(bench.world.referral(find('awaiting-triage')).state).toBe('TRIAGE_RESPONSE');
});
