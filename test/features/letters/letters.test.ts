import { expect, it } from 'vitest';
import { askNow, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
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
