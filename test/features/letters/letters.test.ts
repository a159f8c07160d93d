import { expect, it } from 'vitest';
import type { PdfReader } from '../../../src-main/app/ports.ts';
import { fromLondon } from '../../../src-main/contract/london-time.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { askNow, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import { openDesk } from '../../support/desk.ts';
import { isCallOf } from '../../support/held-network.ts';

const isLetter = isCallOf('$ers.generatePatientLetter');

it('gives no letter of the state before a booking that began while it was fetched (I11)', async () => {
  const { desk, network } = await openHeldDesk();
  await desk.signIn();
  const { ubrn, commit } = await reviewSlot(desk);
  const [fetching, posting] = [network.hold(isLetter), network.hold(isCallOf('/Appointment', 'POST'))];
  const asked = askNow(desk, 'letters/fetch', { ubrn });
  await pass(desk, 1);
  await desk.must('booking/commit', commit);
  await pass(desk, 1);
  fetching.release();
  await pass(desk, 1);
  expect(await asked).toMatchObject({ ok: false, problem: { code: 'booking-not-settled' } });
  posting.release();
});

it.each(['session/lock', 'session/sign-out'] as const)(
  'gives no letter to a page after %s',
  async (channel) => {
    const { desk, network } = await openHeldDesk();
    await desk.signIn();
    const { ubrn } = await reviewSlot(desk);
    const fetching = network.hold(isLetter);
    const asked = askNow(desk, 'letters/fetch', { ubrn });
    await pass(desk, 1);
    await desk.must(channel, {});
    fetching.release();
    await pass(desk, 1);
    expect(await asked).toMatchObject({ ok: false, problem: { kind: 'not-signed-in' } });
  },
);

it('gives no letter of a patient whose record PDS restricts (hazard 15)', async () => {
  const { desk } = await openHeldDesk();
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene('bookable');
  const secondIdentifier = desk.service.world.referral(ubrn).nhsNumber.slice(-4);
  desk.service.faults.add({ on: { id: 'PDS' }, do: { kind: 'status', status: 403 } });
  const view = await desk.must('referral/open', { ubrn, secondIdentifier });
  expect(view).toMatchObject({ patientProblem: 'restricted', canReadLetter: 'patient-sensitive' });
  expect(await desk.ask('letters/fetch', { ubrn })).toMatchObject({
    ok: false,
    problem: { code: 'patient-sensitive' },
  });
});

const reading = (readText: PdfReader['readText']): PdfReader => ({ readText, close: async () => {} });

/** A booked referral, open, its appointment at a time of the test; the reader sees what the test says. */
async function openBooked(readText: PdfReader['readText'], startMs = fromLondon('2026-12-01', 14, 30)) {
  const desk = await openDesk({ pdfReader: reading(readText) });
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene('booked');
  const referral = desk.service.world.findReferral(ubrn);
  if (referral?.appointment) referral.appointment.startMs = startMs;
  const { nhsNumber } = desk.service.world.referral(ubrn);
  await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  return { desk, ubrn, nhsNumber, fetch: () => desk.ask('letters/fetch', { ubrn }) };
}

it('says what it compared, and that a letter differs', async () => {
  const first = (nhsNumber: string) => [`NHS number: ${nhsNumber}`, 'Tuesday 1 December 2026 at 2:30pm'];
  let pages: { lines: string[] }[] = [];
  const { fetch, ubrn, nhsNumber } = await openBooked(async () => ok(pages));
  pages = [{ lines: first(nhsNumber) }, { lines: [`UBRN: ${ubrn}`] }];
  const good = await fetch();
  expect(good).toMatchObject({ ok: true, value: { verdict: 'not-checked', pages: 2, printedAt: null } });
  expect(good.ok && good.value.checks.filter(({ result }) => result !== 'same')).toMatchObject([
    { what: 'name' },
  ]);
  pages = [{ lines: first('999 000 0026') }, { lines: [`UBRN: ${ubrn}`] }];
  const wrong = await fetch();
  expect(wrong).toMatchObject({ ok: true, value: { verdict: 'differs' } });
  expect(wrong.ok && wrong.value.checks[0]).toMatchObject({ inLetter: '9990000026', expected: nhsNumber });
  expect(wrong.ok && good.ok && wrong.value.letterId !== good.value.letterId).toBe(true);
});

it('gives no letter that its reader cannot read, and leaves one to the clerk where there is no reader', async () => {
  let code = 'pdf-encrypted';
  const { fetch } = await openBooked(async () => fail(code === 'gone' ? 'unavailable' : 'bad-reply', code));
  for (const [said, told] of [
    ['pdf-encrypted', 'letter-encrypted'],
    ['pdf-with-script', 'letter-with-script'],
    ['pdf-too-slow', 'letter-too-slow'],
    ['pdf-not-readable', 'letter-not-readable'],
  ] as const) {
    code = said;
    expect(await fetch()).toMatchObject({ ok: false, problem: { kind: 'bad-reply', code: told } });
  }
  code = 'gone';
  expect(await fetch()).toMatchObject({ ok: true, value: { verdict: 'not-checked', checks: [], pages: 2 } });
});

it('asks for a call as well when fewer than three working days are left', async () => {
  const { desk, ubrn, fetch } = await openBooked(async () => fail('unavailable', 'none'));
  const { appointment } = desk.service.world.findReferral(ubrn) ?? {};
  // The desk's clock starts on Wednesday 18 November.
  for (const [date, needsPhone] of [
    ['2026-11-18', true],
    ['2026-11-20', true],
    ['2026-11-23', false],
    ['2026-11-17', false],
  ] as const) {
    if (appointment) appointment.startMs = fromLondon(date, 23, 30);
    expect(await fetch(), date).toMatchObject({ ok: true, value: { needsPhone } });
  }
});

it('gives a letter to the clerk’s eyes when PDS cannot say to whom it goes, and none once PDS restricts it', async () => {
  let pages: { lines: string[] }[] = [];
  const { desk, fetch, ubrn, nhsNumber } = await openBooked(async () => ok(pages));
  pages = [{ lines: [nhsNumber, 'Tuesday 1 December 2026 at 2:30pm'] }, { lines: [ubrn] }];
  const strike = (status: number) =>
    desk.service.faults.add({ on: { id: 'PDS', times: 9 }, do: { kind: 'status', status } });
  const heal = strike(503);
  const answer = await fetch();
  expect(answer).toMatchObject({ ok: true, value: { verdict: 'not-checked' } });
  expect(answer.ok && answer.value.checks.at(-1)).toMatchObject({
    what: 'name',
    result: 'missing',
    expected: '',
  });
  heal();
  strike(403);
  expect(await fetch()).toMatchObject({ ok: false, problem: { code: 'patient-sensitive' } });
});
