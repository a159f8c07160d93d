/** Evidence for deferrals: two minutes old at most, by the monotonic clock (contract.md section 10, I12). */
import { describe, expect, it } from 'vitest';
import {
  createEvidence,
  EVIDENCE_MS,
  saidAtMs,
  type EvidenceKey,
} from '../../../../src-main/features/outbox/actions/evidence.ts';
import { noteRefusal } from '../../../../src-main/features/outbox/note-refusal.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { makeBook, makeDefer, makeSlot, UBRN } from '../../../support/intents.ts';
import { at } from '../../../support/standings.ts';

const KEY: EvidenceKey = { ubrn: UBRN, serviceId: '11000', reason: 'NO_SLOTS_AT_SERVICE', slotId: null };
const GONE: EvidenceKey = { ...KEY, reason: 'SLOT_NOT_AVAILABLE', slotId: '1100001' };

const begin = () => {
  const clock = createManualClock();
  return { clock, evidence: createEvidence(clock) };
};

describe('evidence', () => {
  it('is fresh for two minutes, whatever the wall clock says', async () => {
    const { clock, evidence } = begin();
    const noted = clock.nowMs();
    evidence.note(KEY, null);
    clock.setWallClock(noted + 86_400_000);
    await clock.advance(EVIDENCE_MS);
    expect(evidence.fresh(KEY)).toMatchObject({ at: noted, slotStart: null });
    expect(evidence.freshest(UBRN, '11000')).toMatchObject(KEY);
    await clock.advance(1);
    expect(evidence.fresh(KEY)).toBeNull();
    expect(evidence.freshest(UBRN, '11000')).toBeNull();
  });

  it.each<[string, Partial<EvidenceKey>]>([
    ['referral', { ubrn: '000070000099' }],
    ['service', { serviceId: '11001' }],
    ['reason', { reason: 'BOOKING_ATTEMPT_PROBLEM' }],
    ['slot', { slotId: '1100001' }],
  ])('is of no use for another %s', (_what, changes) => {
    const { evidence } = begin();
    evidence.note(KEY, null);
    expect(evidence.fresh({ ...KEY, ...changes })).toBeNull();
  });

  it('gives the latest of a service, whatever its reason', async () => {
    const { clock, evidence } = begin();
    evidence.note(KEY, null);
    evidence.note(GONE, makeSlot().start);
    expect(evidence.freshest(UBRN, '11000')).toMatchObject(GONE);
    await clock.advance(1_000);
    evidence.note(KEY, null);
    expect(evidence.freshest(UBRN, '11000')).toMatchObject(KEY);
    expect(evidence.freshest(UBRN, '11001')).toBeNull();
    expect(evidence.freshest('000070000099', '11000')).toBeNull();
  });
});

describe('a booking', () => {
  const intent = makeBook({ slots: [makeSlot(0), makeSlot(1)] });
  const noted = (...[what, standing]: [Parameters<typeof noteRefusal>[1], ReturnType<typeof at>]) => {
    const { evidence } = begin();
    noteRefusal(evidence, what, standing);
    return evidence.freshest(UBRN, '11000');
  };

  it.each(['SLOT_NOT_AVAILABLE', 'PAS_RESPONDED_WITH_ERROR'])('that is refused by %s is evidence', (code) => {
    const { slotId, start } = makeSlot(1);
    expect(noted(intent, at('REJECTED', { code, choice: 1 }))).toMatchObject({
      reason: 'SLOT_NOT_AVAILABLE',
      slotId,
      slotStart: start,
    });
  });

  it('that met a silent provider is evidence once it is known not to be booked', () => {
    expect(noted(intent, at('NEEDS_CLERK', { code: 'PAS_NOT_RESPONDING' }))).toMatchObject({
      reason: 'BOOKING_ATTEMPT_PROBLEM',
      slotId: null,
    });
    expect(noted(intent, at('UNKNOWN', { code: 'PAS_NOT_RESPONDING' }))).toBeNull();
  });

  it.each([
    ['PATIENT_ERROR', 'REJECTED'],
    ['SLOT_NOT_AVAILABLE', 'RECONCILING'],
    ['not-done-provider-may-differ', 'NEEDS_CLERK'],
  ] as const)('at %s in %s is none', (code, state) => {
    expect(noted(intent, at(state, { code }))).toBeNull();
  });

  it('without the slot that was tried is none', () => {
    expect(noted(intent, at('REJECTED', { code: 'SLOT_NOT_AVAILABLE', choice: 2 }))).toBeNull();
  });

  it('alone is evidence: another action is none', () => {
    expect(noted(makeDefer(), at('REJECTED', { code: 'SLOT_NOT_AVAILABLE' }))).toBeNull();
  });
});

describe('an answer that is heard late', () => {
  const [sentAtMs, heardAtMs] = [1_000, 8 * 3_600_000];

  it.each([
    ['a refusal', 'SLOT_NOT_AVAILABLE', sentAtMs, heardAtMs, sentAtMs],
    ['a silent provider, waited for first', 'PAS_NOT_RESPONDING', sentAtMs, heardAtMs, sentAtMs + 120_000],
    ['a silent provider, heard at once', 'PAS_NOT_RESPONDING', sentAtMs, 5_000, 5_000],
    ['one to nothing that went out', 'SLOT_NOT_AVAILABLE', null, heardAtMs, heardAtMs],
  ] as const)('counts from the earliest that it can have been said: %s', (_what, code, sent, heard, said) => {
    expect(saidAtMs({ sentAtMs: sent, code }, heard)).toBe(said);
  });
});
