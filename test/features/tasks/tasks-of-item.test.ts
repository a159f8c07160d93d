/** Which tasks follow from an item, and which it ends. */
import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import type { KeptTask } from '../../../src-main/features/kept-records/kept-records.ts';
import { endsTask, taskOfItem } from '../../../src-main/features/tasks/tasks-of-item.ts';
import { makeBook, makeCancelAppointment, makeCancelLater, makeDefer, UBRN } from '../../support/intents.ts';

const AT = '2026-11-23T10:00:00.000Z';
const AFTER = '2026-11-23T10:05:00.000Z';

function itemOf(intent: Intent, changes: Partial<OutboxItem> = {}): OutboxItem {
  const may = { confirm: false, edit: false, withdraw: false, readBack: false, redo: false };
  return {
    intentId: intent.intentId,
    action: intent.action,
    ubrn: intent.ubrn,
    nhsNumber: intent.nhsNumber,
    state: 'done',
    code: '',
    correlationId: '',
    serviceName: 'General Cardiology Clinic',
    start: '2026-12-07T09:00:00.000Z',
    comment: '',
    contactBy: null,
    isUrgent: false,
    attempt: 1,
    createdAt: AT,
    updatedAt: AT,
    sentAt: AT,
    nextCheckAt: null,
    mayHappenUntil: null,
    behind: null,
    may,
    ...changes,
  };
}

const task = (changes: Partial<KeptTask> = {}): KeptTask => ({
  taskId: '00000000-0000-4000-8000-000000000001',
  kind: 'no-appointment',
  ubrn: UBRN,
  nhsNumber: null,
  note: '',
  dueAt: null,
  createdAt: AT,
  source: 'x',
  since: AT,
  ending: null,
  ...changes,
});

describe('what follows from an item', () => {
  it('is nothing of most', () => {
    for (const intent of [makeBook(), makeDefer(), makeCancelLater(), makeCancelAppointment()])
      expect(taskOfItem(itemOf(intent), intent)).toBeNull();
  });

  it('is a call to the provider today after a two-week-wait deferral that is done', () => {
    const intent = makeDefer({ priority: 'TWO_WEEK_WAIT' });
    expect(taskOfItem(itemOf(intent), intent)).toMatchObject({ kind: 'ring-provider-today', dueAt: AT });
    expect(taskOfItem(itemOf(intent, { state: 'confirming' }), intent)).toBeNull();
  });

  it('is "no appointment" after the cancellation of a move', () => {
    const intent = makeCancelAppointment({ isMove: true });
    expect(taskOfItem(itemOf(intent), intent)).toMatchObject({
      kind: 'no-appointment',
      note: 'General Cardiology Clinic, Mon 07-Dec-2026 09:00',
      dueAt: null,
    });
    expect(taskOfItem(itemOf(intent, { state: 'unknown' }), intent)).toBeNull();
  });

  it.each(['PAS_NOT_RESPONDING', 'not-done-provider-may-differ', 'accepted-not-found', 'read-back-failed'])(
    'is a call to the provider where an unknown went to the clerk: %s',
    (code) => {
      const asked = { state: 'needs-you', code } as const;
      for (const intent of [makeBook(), makeCancelAppointment()])
        expect(taskOfItem(itemOf(intent, asked), intent)?.kind).toBe('ring-provider-unknown');
      // No provider's system takes part in these.
      for (const intent of [makeDefer(), makeCancelLater()])
        expect(taskOfItem(itemOf(intent, asked), intent)).toBeNull();
    },
  );

  it.each(['locked', 'rate-limited', 'check-failed'])('is no call where nothing went out: %s', (code) => {
    const intent = makeBook();
    expect(taskOfItem(itemOf(intent, { state: 'needs-you', code }), intent)).toBeNull();
  });
});

describe('what ends "no appointment"', () => {
  it('is a booking of the same referral that was asked for since', () => {
    const booked = itemOf(makeBook(), { createdAt: AFTER });
    expect(endsTask(booked, task())).toBe(true);
    expect(endsTask({ ...booked, state: 'confirming' }, task())).toBe(false);
    expect(endsTask(booked, task({ ubrn: '000070000002' }))).toBe(false);
    expect(endsTask(booked, task({ kind: 'ring-back' }))).toBe(false);
  });

  it('is not the booking that was moved away, heard of again', () => {
    expect(endsTask(itemOf(makeBook(), { createdAt: '2026-11-20T09:00:00.000Z' }), task())).toBe(false);
  });

  it('is the end of the referral', () => {
    expect(endsTask(itemOf(makeBook(), { action: 'cancel-referral' }), task())).toBe(true);
    expect(endsTask(itemOf(makeDefer()), task())).toBe(false);
  });
});
