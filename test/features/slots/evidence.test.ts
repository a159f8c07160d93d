import { describe, expect, it } from 'vitest';
import type { ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import type { ErsClient } from '../../../src-main/ers/client.ts';
import type { SlotsReply } from '../../../src-main/ers/model.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { OpenReferral } from '../../../src-main/features/referral/referral.ts';
import { createSlots } from '../../../src-main/features/slots/slots.ts';
import type { ReadCache } from '../../../src-main/features/read-cache/read-cache.ts';
import type { Desk } from '../../../src-main/features/session/session.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const UBRN = '000000123456';
const OTHER = '000000123457';
const SERVICE = '11000';
const EMPTY: SlotsReply = { slots: [], unreadable: 0, total: 0, hasNext: false };
const SLOT = { id: 's1', start: '2026-12-01T10:00:00.000Z', end: '2026-12-01T10:30:00.000Z' };
const FOUND = {
  ...EMPTY,
  total: 1,
  slots: [{ ...SLOT, clinicianId: null, serviceId: null }],
} as unknown as SlotsReply;
const REFUSED = {
  kind: 'refused',
  code: '',
  codes: [],
  retryAfterMs: null,
  facts: { status: 503 },
} as unknown;

function open() {
  const clock = createManualClock();
  const said = { outcome: null as unknown, isOffline: false, remembered: null as SlotsReply | null };
  const referral = (ubrn: string) =>
    ({
      referral: {
        ubrn: ubrn as Ubrn,
        shortlist: [SERVICE, '11001'].map((serviceId) => ({ serviceId: serviceId as ServiceId, name: '' })),
        commissioningOrg: 'R69',
        priority: { code: 'URGENT', display: '' },
      },
      services: [],
    }) as unknown as OpenReferral;
  const cache = {
    recall: () => said.remembered && { value: said.remembered, readAt: toIso(clock.nowMs()) },
    remember: () => undefined,
    forget: () => undefined,
  } as unknown as ReadCache;
  const slots = createSlots({
    client: () => ({ call: async () => said.outcome as ErsOutcome<never> }) as unknown as ErsClient,
    clock,
    desk: () => ({ sitting: 1, can: { canBook: true } }) as Desk,
    opened: referral,
    cache,
    isOffline: () => said.isOffline,
  });
  const input = { ubrn: UBRN, serviceId: SERVICE, priority: null, clinicianId: null };
  const search = (answer: unknown, change: Partial<Parameters<typeof slots.search>[0]> = {}) => {
    const isReply = (answer as SlotsReply).slots !== undefined;
    said.outcome = isReply ? { kind: 'success', value: answer, facts: { correlationId: '' } } : answer;
    return slots.search({ ...input, ...change });
  };
  return { clock, said, slots, search, evidence: () => slots.evidenceOf(UBRN, SERVICE) };
}

describe('the evidence of a search', () => {
  it('is an empty first page, with the moment of it', async () => {
    const { clock, search, evidence } = open();
    expect(evidence()).toBeNull();
    await search(EMPTY);
    expect(evidence()).toEqual({ readAt: toIso(clock.nowMs()), readAtMonoMs: clock.monotonicMs() });
    await clock.advance(5_000);
    await search(EMPTY, { priority: 'URGENT' });
    expect(evidence()).toMatchObject({ readAtMonoMs: clock.monotonicMs() });
  });

  it('is for that referral at that service', async () => {
    const { slots, search } = open();
    await search(EMPTY);
    expect(slots.evidenceOf(OTHER, SERVICE)).toBeNull();
    expect(slots.evidenceOf(UBRN, '11001')).toBeNull();
  });

  it.each([
    ['found something', FOUND, {}],
    ['had a slot that could not be read', { ...EMPTY, unreadable: 1 }, {}],
    ['announced slots that did not come', { ...EMPTY, total: 3 }, {}],
    ['says that there is more', { ...EMPTY, hasNext: true }, {}],
    ['was refused', REFUSED, {}],
    ['was lost', { kind: 'lost', reason: 'timeout', correlationId: '' }, {}],
    ['met a page of a portal', { kind: 'unreadable', reason: 'html', status: 200, correlationId: '' }, {}],
    ['was for another priority', EMPTY, { priority: 'ROUTINE' }],
    ['was for one clinician', EMPTY, { clinicianId: '555000000311' }],
  ] as const)('is none when it %s', async (_what, answer, change) => {
    const { search, evidence } = open();
    await search(answer, change);
    expect(evidence()).toBeNull();
  });

  it.each([
    ['remembered as empty', EMPTY],
    ['remembered', FOUND],
  ])('is none of slots that are %s', async (_what, remembered) => {
    const { said, search, evidence } = open();
    said.isOffline = true;
    said.remembered = remembered;
    await search(EMPTY);
    expect(evidence()).toBeNull();
  });

  it.each([
    ['the same search', {}],
    ['another referral', { ubrn: OTHER }],
    ['another priority', { priority: 'ROUTINE' }],
    ['one clinician', { clinicianId: '555000000311' }],
  ] as const)('goes when %s finds slots there later', async (_who, change) => {
    const { search, evidence } = open();
    await search(EMPTY);
    await search(FOUND, change);
    expect(evidence()).toBeNull();
  });

  it('stays when something is found elsewhere, or a later search fails', async () => {
    const { search, evidence } = open();
    await search(EMPTY);
    const first = evidence();
    await search(FOUND, { serviceId: '11001' });
    await search(REFUSED);
    expect(first).not.toBeNull();
    expect(evidence()).toBe(first);
  });

  it('goes with its reader', async () => {
    const { slots, search, evidence } = open();
    await search(EMPTY);
    slots.forget();
    expect(evidence()).toBeNull();
  });
});

it('tells remembered slots from those that are free now', async () => {
  const { said, slots, search } = open();
  const fresh = await search(FOUND);
  said.isOffline = true;
  said.remembered = FOUND;
  const old = await search(FOUND);
  const seenIn = (found: typeof fresh) => (found.ok ? slots.seen(found.value.searchId, 's1') : null);
  expect(seenIn(fresh)).toMatchObject({ isRemembered: false });
  expect(seenIn(old)).toMatchObject({ isRemembered: true });
});
