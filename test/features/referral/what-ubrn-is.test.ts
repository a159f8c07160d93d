import { expect, it } from 'vitest';
import { openDesk, type TestDeskOptions } from '../../support/desk.ts';

async function openTyped(options: TestDeskOptions = {}) {
  const desk = await openDesk(options);
  await desk.signIn('R69.REFERRING_CLINICIAN');
  const { world, calls } = desk.service;
  const ask = (ubrn: string) => desk.ask('referral/open', { ubrn, secondIdentifier: '0000' });
  return { desk, world, calls, ask };
}
const refused = (code: string) => ({ ok: false, problem: { kind: 'rejected', code } });

it('says of a typed UBRN that it is a request for advice, and shows nothing of it (A041)', async () => {
  const { world, calls, ask } = await openTyped();
  const [ubrn = ''] = world.findAdviceScene('advice-waiting');
  const answer = await ask(ubrn);
  expect(answer).toMatchObject(refused('is-advice-request'));
  expect(JSON.stringify(answer)).not.toContain(world.advice(ubrn).nhsNumber);
  expect(calls.count('A041')).toBe(1);
});

it('leaves the refusal of e-RS as it is for a draft, without an answer, and in 2021', async () => {
  const { desk, world, ask } = await openTyped();
  const [draft = ''] = world.findScene('draft-request');
  expect(await ask(draft)).toMatchObject(refused('INVALID_REQUEST_TYPE'));
  const [ubrn = ''] = world.findAdviceScene('advice-waiting');
  desk.service.faults.add({ on: { id: 'A041', times: Infinity }, do: { kind: 'status', status: 500 } });
  expect(await ask(ubrn)).toMatchObject(refused('INVALID_REQUEST_TYPE'));
  const old = await openTyped({ dialect: 'spine-session' });
  const [earlier = ''] = old.world.findAdviceScene('advice-waiting');
  expect(await old.ask(earlier)).toMatchObject(refused('INVALID_REQUEST_TYPE'));
});
