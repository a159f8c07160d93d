import { describe, expect, it } from 'vitest';
import type { AdviceSceneName } from '../../../src-main/training-service/world/advice-model.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';

const PROVIDER = 'R68.SERVICE_PROVIDER_CLINICIAN';
const REFERRER = 'R69.REFERRING_CLINICIAN';
const ADVICE = 'An echo first.';
const refused = (code: string) => ({ ok: false, problem: { code } });

async function open(roleId: string, options: TestDeskOptions = {}): Promise<TestDesk> {
  const desk = await openDesk(options);
  await desk.signIn(roleId);
  return desk;
}

const scene = (desk: TestDesk, name: AdviceSceneName, at = 0) =>
  desk.service.world.findAdviceScene(name)[at] ?? '';

/** Day and month of birth of the request's patient. */
function birthOf(desk: TestDesk, ubrn: string): string {
  const { nhsNumber } = desk.service.world.advice(ubrn);
  const birth = desk.service.world.findPatient(nhsNumber)?.birthDate ?? '';
  return birth.slice(8, 10) + birth.slice(5, 7);
}

/** A provider's request from the list, open. */
async function openListed(name: AdviceSceneName, options: TestDeskOptions = {}) {
  const desk = await open(PROVIDER, options);
  await desk.must('advice/fetch-list', {});
  const ubrn = scene(desk, name);
  const view = await desk.must('advice/open', { ubrn, secondIdentifier: null });
  return { desk, ubrn, view };
}

const answerOf = (reviewId: string, digits: string) => ({
  ...{ reviewId, digits, guidance: ADVICE, priority: 'ROUTINE' as const },
  outcome: 'RETURN_TO_REFERRER_WITH_ADVICE' as const,
  recommendation: 'OTHER' as const,
});

describe('opening', () => {
  it('shows nothing of a typed UBRN before its second identifier fits', async () => {
    const desk = await open(PROVIDER);
    const ubrn = scene(desk, 'advice-waiting');
    const { nhsNumber } = desk.service.world.advice(ubrn);
    const wrong = nhsNumber.endsWith('1111') ? '2222' : '1111';
    expect(await desk.ask('advice/open', { ubrn, secondIdentifier: null })).toMatchObject(
      refused('typed-ubrn'),
    );
    const bad = await desk.ask('advice/open', { ubrn, secondIdentifier: wrong });
    expect(bad).toMatchObject(refused('wrong-second-identifier'));
    const answer = await desk.ask('advice/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
    expect(answer).toMatchObject({ ok: true, value: { ubrn, canAnswer: null, canConvert: null } });
  });

  it.each<[AdviceSceneName, string]>([
    ['advice-s-flag', 'patient-sensitive'],
    ['advice-deceased', 'patient-deceased'],
  ])('says why %s cannot be answered', async (name, reason) => {
    const { view } = await openListed(name);
    expect(view).toMatchObject({ canAnswer: reason, canConvert: reason });
  });

  it('says what the referrer has not allowed', async () => {
    const { desk, ubrn, view } = await openListed('advice-not-authorised');
    expect(view).toMatchObject({ canAnswer: null, canConvert: 'conversion-not-authorised' });
    const review = await desk.ask('advice/review-conversion', { ubrn });
    expect(review).toMatchObject(refused('conversion-not-authorised'));
  });

  it('gives a referrer their own requests, and no answer', async () => {
    const desk = await open(REFERRER);
    expect(await desk.must('advice/fetch-list', {})).toMatchObject({ source: 'own', rows: [] });
    const ubrn = scene(desk, 'advice-answered');
    const { nhsNumber } = desk.service.world.advice(ubrn);
    const view = await desk.must('advice/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
    expect(view.canAnswer).toBe('role-cannot-answer');
    await desk.must('session/lock', {});
    await desk.must('session/unlock', {});
    expect((await desk.must('advice/fetch-list', {})).rows.map((row) => row.ubrn)).toEqual([ubrn]);
  });

  it('reads files that are there, and says of the others why not', async () => {
    const { desk, ubrn, view } = await openListed('advice-files');
    const [message] = view.messages;
    const at = (index: number) => ({ ubrn, messageId: message?.messageId ?? '', index });
    expect(await desk.must('advice/read-file', at(0))).toMatchObject({ kind: 'pdf' });
    expect(await desk.ask('advice/read-file', at(1))).toMatchObject(refused('PENDING'));
    expect(await desk.ask('advice/read-file', at(2))).toMatchObject(refused('THREATS_FOUND'));
    expect(await desk.ask('advice/read-file', at(9))).toMatchObject(refused('no-such-attachment'));
    expect(await desk.must('advice/read-overview', { ubrn })).toMatchObject({ kind: 'pdf' });
  });
});

describe('answering', () => {
  it('hands the answer to the outbox with the patient’s digits, once', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    const { reviewId } = await desk.must('advice/review-answer', { ubrn });
    const input = answerOf(reviewId, birthOf(desk, ubrn));
    expect(await desk.must('advice/commit-answer', input)).toMatchObject({
      kind: 'started',
      item: { action: 'send-advice', ubrn },
    });
    expect(await desk.ask('advice/commit-answer', input)).toMatchObject(refused('review-closed'));
    await desk.clock.advance(5_000);
    expect(desk.service.world.advice(ubrn).messages.at(-1)?.text).toBe(ADVICE);
  });

  it('asks for what is missing and counts wrong digits', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    const { reviewId } = await desk.must('advice/review-answer', { ubrn });
    const digits = birthOf(desk, ubrn);
    const commit = (more: object) =>
      desk.ask('advice/commit-answer', { ...answerOf(reviewId, digits), ...more });
    expect(await commit({ guidance: ' ' })).toMatchObject(refused('guidance-missing'));
    expect(await commit({ recommendation: null })).toMatchObject(refused('recommendation-missing'));
    expect(await commit({ outcome: 'REQUIRE_FURTHER_INFORMATION' })).toMatchObject(
      refused('recommendation-not-permitted'),
    );
    const wrong = digits === '9999' ? '9998' : '9999';
    expect(await commit({ digits: wrong })).toMatchObject({
      value: { kind: 'wrong-digits', attemptsLeft: 1 },
    });
    expect(await commit({ digits: wrong })).toMatchObject({ value: { attemptsLeft: 0 } });
    expect(await commit({})).toMatchObject(refused('review-closed'));
    expect(desk.service.calls.count('A026')).toBe(0);
  });

  it('is pinned to the version that was on show when the panel opened', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    const { reviewId } = await desk.must('advice/review-answer', { ubrn });
    desk.service.world.writeByReferrer(ubrn, 'Worse today.');
    await desk.must('advice/reread', { ubrn });
    const answer = await desk.ask('advice/commit-answer', answerOf(reviewId, birthOf(desk, ubrn)));
    expect(answer).toMatchObject(refused('changed-meanwhile'));
    expect(desk.service.calls.count('A026')).toBe(0);
  });

  it('sends a file ahead of the answer that names it', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    const { reviewId } = await desk.must('advice/review-answer', { ubrn });
    const content = Buffer.from('A file of four words').toString('base64');
    const give = (name: string) => desk.ask('advice/add-file', { reviewId, name, description: '', content });
    expect(await give('plan.exe')).toMatchObject(refused('file-type-not-allowed'));
    expect(await give('plan.txt')).toMatchObject({ ok: true, value: { name: 'plan.txt' } });
    expect(await give('plan.txt')).toMatchObject(refused('DUPLICATE_FILENAME'));
    const other = await give('other.txt');
    if (!other.ok) throw new Error('the file was not taken');
    await desk.must('advice/remove-file', { reviewId, fileId: other.value.fileId });
    await desk.must('advice/commit-answer', answerOf(reviewId, birthOf(desk, ubrn)));
    await desk.clock.advance(10_000);
    const message = desk.service.world.advice(ubrn).messages.at(-1);
    expect(message?.attachments.map(({ title }) => title)).toEqual(['plan.txt']);
  });

  it('makes a referral through the outbox', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    const { reviewId } = await desk.must('advice/review-conversion', { ubrn });
    const digits = birthOf(desk, ubrn);
    const rest = { guidance: ADVICE, comment: 'Book soon', priority: 'URGENT' as const };
    await desk.must('advice/commit-conversion', { reviewId, digits, ...rest });
    await desk.clock.advance(5_000);
    expect(desk.service.world.referral(ubrn)).toMatchObject({
      stateComments: 'Book soon',
      priority: 'URGENT',
    });
  });

  it('takes 2000 characters in 2021', async () => {
    const { desk, ubrn } = await openListed('advice-waiting', { dialect: 'spine-session' });
    const review = await desk.must('advice/review-answer', { ubrn });
    expect(review.maxText).toBe(2000);
    const { reviewId, identityQuestion } = review;
    expect(identityQuestion).toBe('nhs-last-4');
    const digits = desk.service.world.advice(ubrn).nhsNumber.slice(-4);
    const long = { ...answerOf(reviewId, digits), guidance: 'x'.repeat(2001) };
    expect(await desk.ask('advice/commit-answer', long)).toMatchObject(refused('text-too-long'));
    await desk.must('advice/commit-answer', answerOf(reviewId, digits));
    await desk.clock.advance(5_000);
    expect(desk.service.world.advice(ubrn).messages.at(-1)?.text).toBe(ADVICE);
  });
});

describe('asking', () => {
  const born = (date: string) => `${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(0, 4)}`;

  it('needs the date of birth, a service that was found, and the digits', async () => {
    const desk = await open(REFERRER);
    const { world } = desk.service;
    const patient = world.patients.find(({ key, record }) => key === '' && record === 'normal');
    if (patient === undefined) throw new Error('no ordinary patient');
    const { nhsNumber, birthDate } = patient;
    const find = (secondIdentifier: string | null) =>
      desk.ask('advice/find-patient', { text: nhsNumber, secondIdentifier });
    expect(await find(null)).toMatchObject(refused('typed-nhs-number'));
    // The end of the number stands in the number itself.
    expect(await find(nhsNumber.slice(-4))).toMatchObject(refused('wrong-second-identifier'));
    expect(await find(born(birthDate))).toMatchObject({ ok: true, value: { nhsNumber, blocked: null } });
    const search = await desk.must('advice/search-services', {
      ...{ specialty: 'CARDIOLOGY', priority: 'ROUTINE', referrer: '' },
    });
    const { searchId } = search;
    const rest = { request: 'An echo?', isConversionAuthorised: true };
    const stranger = await desk.ask('advice/review-request', { searchId, serviceId: '11002', ...rest });
    expect(stranger).toMatchObject(refused('search-again'));
    const review = await desk.must('advice/review-request', { searchId, serviceId: '11000', ...rest });
    const before = world.listAdvice().length;
    const digits = birthDate.slice(8, 10) + birthDate.slice(5, 7);
    await desk.must('advice/commit-request', { reviewId: review.reviewId, digits, isAnother: false });
    await desk.clock.advance(5_000);
    expect(world.listAdvice().length).toBe(before + 1);
    const made = world.listAdvice().at(-1);
    expect(made).toMatchObject({ nhsNumber, isConversionAuthorised: true });
    expect((await desk.must('advice/fetch-list', {})).rows[0]?.ubrn).toBe(made?.ubrn);
  });

  it('shows what was asked already, and wants a word on what is alike: made, or nobody knows (hazard 19)', async () => {
    const desk = await open(REFERRER);
    const { world, faults } = desk.service;
    const patient = world.patients.find(({ key, record }) => key === '' && record === 'normal');
    if (patient === undefined) throw new Error('no ordinary patient');
    const { nhsNumber, birthDate } = patient;
    await desk.must('advice/find-patient', { text: nhsNumber, secondIdentifier: born(birthDate) });
    const digits = birthDate.slice(8, 10) + birthDate.slice(5, 7);
    const search = { specialty: 'CARDIOLOGY', priority: 'ROUTINE', referrer: '' } as const;
    const rest = { serviceId: '11000', request: 'An echo?', isConversionAuthorised: true };
    async function review() {
      const { searchId } = await desk.must('advice/search-services', search);
      return desk.must('advice/review-request', { searchId, ...rest });
    }
    const commit = (reviewId: string, isAnother: boolean) =>
      desk.ask('advice/commit-request', { reviewId, digits, isAnother });

    const first = await review();
    expect(first).toMatchObject({ known: [], asksOther: false });
    await commit(first.reviewId, false);
    await desk.clock.advance(5_000);
    const made = world.listAdvice().at(-1)?.ubrn;

    const second = await review();
    expect(second).toMatchObject({ known: [{ ubrn: made, isAlike: true }], asksOther: true });
    expect(await commit(second.reviewId, false)).toMatchObject(refused('request-alike-not-answered'));
    faults.add({ on: { id: 'A044' }, do: { kind: 'drop-after' } });
    expect(await commit(second.reviewId, true)).toMatchObject({ ok: true });
    await desk.clock.advance(5_000);
    // Nobody knows yet what became of it: nothing is asked beside it.
    const { searchId } = await desk.must('advice/search-services', search);
    const early = await desk.ask('advice/review-request', { searchId, ...rest });
    expect(early).toMatchObject(refused('request-not-settled'));
    await desk.clock.advance(300_000);
    const third = await review();
    expect(third.known).toMatchObject([
      { ubrn: null, isAlike: true },
      { ubrn: made, isAlike: true },
    ]);
    expect(desk.service.calls.count('A044')).toBe(2);
  });

  it('is not begun for a restricted or a dead patient', async () => {
    const desk = await open(REFERRER);
    const at = async (key: string) => {
      const patient = desk.service.world.patients.find((one) => one.key === key);
      const input = { text: patient?.nhsNumber ?? '', secondIdentifier: born(patient?.birthDate ?? '') };
      return desk.ask('advice/find-patient', input);
    };
    expect(await at('deceased')).toMatchObject({ value: { blocked: 'patient-deceased' } });
    const search = { specialty: 'CARDIOLOGY', priority: 'ROUTINE', referrer: '' } as const;
    expect(await desk.ask('advice/search-services', search)).toMatchObject(refused('no-patient'));
  });

  it('is a referrer’s, and the platform’s', async () => {
    const provider = await open(PROVIDER);
    const input = { text: '9990000018', secondIdentifier: null };
    expect(await provider.ask('advice/find-patient', input)).toMatchObject(refused('role-cannot-ask-advice'));
    const old = await open(REFERRER, { dialect: 'spine-session' });
    expect(await old.ask('advice/find-patient', input)).toMatchObject(refused('not-in-dialect'));
  });
});

describe('a draft', () => {
  const draft = (ubrn: string) => ({
    ...{ ubrn, kind: 'answer' as const, outcome: '' as const, recommendation: '' as const, comment: '' },
    ...{ priority: '' as const, specialty: '', referrer: '', isConversionAuthorised: false, text: ADVICE },
  });

  it('is sealed on disk, there after a lock, and gone when it is discarded', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    await desk.must('advice/save-draft', draft(ubrn));
    await desk.clock.advance(100);
    const rows = desk.storage.all('SELECT payload FROM kept') as { payload: Uint8Array }[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ payload }) => Buffer.from(payload).includes(ADVICE))).toBe(false);
    await desk.must('session/lock', {});
    await desk.must('session/unlock', {});
    const name = { ubrn, kind: 'answer' as const };
    expect((await desk.must('advice/read-draft', name)).draft?.text).toBe(ADVICE);
    await desk.must('advice/discard-draft', name);
    expect((await desk.must('advice/read-draft', name)).draft).toBeNull();
  });

  it('is another person’s to nobody', async () => {
    const { desk, ubrn } = await openListed('advice-waiting');
    await desk.must('advice/save-draft', draft(ubrn));
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    expect((await desk.must('advice/read-draft', { ubrn, kind: 'answer' })).draft).toBeNull();
  });
});
