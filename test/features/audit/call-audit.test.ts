import { expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createAuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { openDesk } from '../../support/desk.ts';
import { askNow, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import { isCallOf } from '../../support/held-network.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';

async function openAuditedDesk() {
  const [storage, secrets] = [openSqliteStorage(':memory:'), createMemorySecrets()];
  const { desk, network } = await openHeldDesk({ storage, secrets });
  const entries = async () => {
    const vault = await openVault(secrets, storage);
    if (!vault.ok) throw new Error(vault.problem.code);
    const trail = createAuditLog({ storage, clock: desk.clock, vault: vault.value });
    expect(trail.verify()).toMatchObject({ ok: true });
    return trail.read().map((row) => row.entry);
  };
  return { desk, network, entries, storage, secrets };
}

it.each([
  ['the desk was locked', 'session/lock', {}],
  ['the clerk signed out', 'session/sign-out', {}],
  ['the role was changed', 'session/choose-role', { roleId: 'R69.REFERRING_ADMIN' }],
] as const)('names who made a call whose reply came when %s', async (_name, channel, input) => {
  const { desk, network, entries } = await openAuditedDesk();
  await desk.signIn();
  const { commit } = await reviewSlot(desk);
  const posting = network.hold(isCallOf('/Appointment', 'POST'));
  await desk.must('booking/commit', commit);
  await pass(desk, 2);
  const { user } = await desk.must('session/read-state', {});
  await desk.must(channel, input as never);
  posting.release();
  await pass(desk, 2);
  const posted = (await entries()).find((entry) => entry.type === 'API Book Appointment');
  expect(posted).toMatchObject({ userId: user?.userId, businessFunction: 'REFERRING_CLINICIAN_ADMIN' });
});

it('keeps the correlation id of a booking in every step after its sending', async () => {
  const { desk, entries } = await openAuditedDesk();
  await desk.signIn();
  const { commit } = await reviewSlot(desk);
  await desk.must('booking/commit', commit);
  await pass(desk, 5);
  const steps = (await entries()).filter((entry) => entry.type.startsWith('Booking '));
  const sent = steps.find((entry) => entry.type === 'Booking SENDING');
  expect(sent?.correlationId).not.toBe('');
  expect(steps.at(-1)).toMatchObject({ type: 'Booking APPLIED', correlationId: sent?.correlationId });
});

it('has a row for a booking that a restart ended before its sending', async () => {
  const { desk, network, entries, storage, secrets } = await openAuditedDesk();
  await desk.signIn();
  const { ubrn, commit } = await reviewSlot(desk);
  network.hold(isCallOf(`/ReferralRequest/${ubrn}`, 'GET'));
  await desk.must('booking/commit', commit);
  await pass(desk, 1);
  await openDesk({ storage, secrets, service: desk.service, clock: desk.clock });
  const [queued, ended] = ['Booking QUEUED', 'Booking REJECTED'];
  const rows = (await entries()).filter((entry) => [queued, ended].includes(entry.type));
  expect(rows.map((entry) => entry.type)).toEqual([queued, ended]);
  expect(rows[1]?.facts['intentId']).toBe(rows[0]?.facts['intentId']);
});

it('does not tell the next person what the first one did with a referral', async () => {
  const { desk } = await openAuditedDesk();
  await desk.signIn();
  const { ubrn, nhsNumber, commit } = await reviewSlot(desk);
  await desk.must('booking/commit', commit);
  await pass(desk, 5);
  await desk.must('session/sign-out', {});
  await desk.signIn();
  const view = await desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  expect(view.history).toEqual([]);
  expect(await askNow(desk, 'session/read-state', {})).toMatchObject({ ok: true });
});
