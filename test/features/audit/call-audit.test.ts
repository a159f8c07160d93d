import { describe, expect, it } from 'vitest';
import type { AppSettings, AuditEntry } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createAuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { createCallAudit, type AuditedCall } from '../../../src-main/features/audit/call-audit.ts';
import type { Desk } from '../../../src-main/features/session/session.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { openDesk } from '../../support/desk.ts';
import { askNow, openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import { isCallOf } from '../../support/held-network.ts';
import { createManualClock } from '../../support/manual-clock.ts';
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

/** What one call, reported by itself, leaves in the trail. */
function recordCalls(...calls: (Partial<AuditedCall> & Pick<AuditedCall, 'operation'>)[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  const seat = { userId: '555000000101', onBehalfOf: '', organisation: 'R69', sitting: 3 };
  const desk = { ...seat, businessFunction: 'REFERRING_CLINICIAN_ADMIN' } as Desk;
  const audit = createCallAudit({
    audit: () => ({ append: (entry) => void entries.push(entry) }),
    desk: () => desk,
    clock: createManualClock(),
    log: { write: () => undefined },
    settings: { baseUrl: 'https://ers.test/x' } as AppSettings,
  });
  const named = { version: null, nhsNumber: '', ubrn: '', documentId: '' };
  const outcome = { outcome: 'success', status: 200, codes: [] };
  for (const call of calls)
    audit.record({
      ...{ method: 'GET', host: 'ers.test', correlationId: 'c', input: {}, named, ...outcome },
      ...call,
    });
  audit.recordLocalEvent('000000070001', 'wrong-identity-digits');
  return entries;
}

describe('the fields of a call', () => {
  const named = { version: 6, nhsNumber: '9434765919', ubrn: '', documentId: '' };
  const input = { ubrn: '000000070001' };

  it('name the patient also where the call names the referral alone', () => {
    const [read, again, event] = recordCalls(
      { operation: 'A005', input, named },
      { operation: 'A029', input },
    );
    expect([read, again, event].map((entry) => entry?.nhsNumber)).toEqual(Array(3).fill('9434765919'));
    expect(read?.facts).toMatchObject({ versionRead: 6 });
    expect(event).toMatchObject({ type: 'Local event', outcome: 'wrong-identity-digits', sitting: 3 });
  });

  it('name the versions before and after a write, of a referral or of an appointment', () => {
    const [cancelled, moved] = recordCalls(
      { operation: 'A036', method: 'POST', input: { ...input, version: 5 }, named },
      { operation: 'A034', method: 'PUT', input: { ...input, appointmentVersion: 2 } },
    );
    expect(cancelled?.facts).toMatchObject({ versionBefore: 5, versionAfter: 6 });
    expect(moved?.facts).toMatchObject({ versionBefore: 2 });
    expect(moved?.facts).not.toHaveProperty('versionAfter');
  });

  it('name the file that was fetched or uploaded', () => {
    const [fetched, uploaded, refused] = recordCalls(
      { operation: 'A042', input: { id: 'b-1', attachmentType: 'application/pdf', fileName: 'a.pdf' } },
      {
        ...{
          operation: 'A020',
          method: 'POST',
          input: { ...input, name: 'b.pdf', mediaType: 'application/pdf' },
        },
        named: { ...named, documentId: 'b-2' },
      },
      {
        operation: 'A020',
        method: 'POST',
        codes: ['X'],
        input: { ...input, name: 'c.pdf', mediaType: 'x/y' },
      },
    );
    expect(fetched?.facts).toMatchObject({ attachmentId: 'b-1', fileName: 'a.pdf' });
    expect(uploaded?.facts).toMatchObject({
      attachmentId: 'b-2',
      attachmentType: 'application/pdf',
      fileName: 'b.pdf',
    });
    expect(refused?.facts).not.toHaveProperty('attachmentId');
    expect(refused?.outcome).toBe('X');
  });

  it('name the referral that an answer gives, and the service’s own id of the call', () => {
    const [made] = recordCalls({
      ...{ operation: 'A011', method: 'POST', transactionId: 'tx-1' },
      named: { ...named, ubrn: '000000070002' },
    });
    expect(made).toMatchObject({ ubrn: '000000070002', facts: { transactionId: 'tx-1' } });
  });
});

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
