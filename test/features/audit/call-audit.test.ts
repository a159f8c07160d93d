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
    const vault = await openVault(secrets, storage, desk.clock);
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
  const steps = (await entries()).filter((entry) => entry.type.startsWith('Outbox book '));
  const sent = steps.find((entry) => entry.type === 'Outbox book SENDING');
  expect(sent?.correlationId).not.toBe('');
  expect(steps.at(-1)).toMatchObject({ type: 'Outbox book APPLIED', correlationId: sent?.correlationId });
});

it('has a row for a booking that a restart found unsent and the clerk took back', async () => {
  const { desk, network, entries, storage, secrets } = await openAuditedDesk();
  await desk.signIn();
  const { ubrn, commit } = await reviewSlot(desk);
  network.hold(isCallOf(`/ReferralRequest/${ubrn}`, 'GET'));
  const { booking } = (await desk.must('booking/commit', commit)) as { booking: { intentId: string } };
  await pass(desk, 1);
  const later = await openDesk({ storage, secrets, service: desk.service, clock: desk.clock });
  await later.signIn();
  await later.must('outbox/withdraw', { intentId: booking.intentId, reason: 'patient-declined' });
  const [queued, taken] = ['Outbox book QUEUED', 'Outbox book ABANDONED'];
  const rows = (await entries()).filter((entry) => [queued, taken].includes(entry.type));
  expect(rows.map((entry) => entry.type)).toEqual([queued, taken]);
  expect(rows[1]).toMatchObject({ outcome: 'patient-declined' });
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
