// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { outboxBadge, outboxSentences } from '../../../src-renderer/features/outbox/outbox-words.ts';
import { useOutboxStore } from '../../../src-renderer/features/outbox/outbox.store.ts';
import { createFakeBridge } from '../../support/fake-bridge.ts';

const summary = { open: 0, unknown: 0, canWrite: true, writesOffReason: null };
afterEach(() => setBridgeForTests(null));

describe('the words of the outbox', () => {
  it('count what is open and what is not confirmed', () => {
    expect(outboxBadge(summary)).toBe('Outbox empty');
    expect(outboxBadge({ ...summary, open: 2, unknown: 1 })).toBe('Outbox 2 open, 1 not confirmed');
    expect(outboxBadge({ ...summary, canWrite: false, writesOffReason: 'no-keyring' })).toBe(
      'Outbox: bookings off',
    );
    expect(outboxBadge(null)).toBe('Outbox: not read');
  });

  it('never let an unknown booking look settled', () => {
    const text = outboxSentences({ ...summary, open: 1, unknown: 1 }).join(' ');
    expect(text).toContain('NOT CONFIRMED');
    expect(text).toContain('not booked yet');
  });
});

describe('the outbox store', () => {
  it('reads once, follows pushes, and keeps what it knew when reading fails', async () => {
    const fake = createFakeBridge();
    setBridgeForTests(fake.bridge);
    setActivePinia(createPinia());
    const store = useOutboxStore();
    await store.read();
    expect(store.summary).toEqual(summary);
    fake.push('outbox/changed', { ...summary, open: 3 });
    expect(store.summary?.open).toBe(3);
    fake.answer('outbox/read-summary', () => fail('internal', 'broken'));
    await store.read();
    expect(store.summary?.open).toBe(3);
    expect(store.problem?.code).toBe('broken');
    store.forget();
    expect(store.summary).toBeNull();
  });
});
