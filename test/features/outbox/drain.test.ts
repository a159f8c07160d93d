/** How far a drain has come (safety.md, fault model: long outage then drain). */
import { describe, expect, it } from 'vitest';
import { createDrain } from '../../../src-main/features/outbox/drain.ts';
import type { Entry } from '../../../src-main/features/outbox/engine.ts';
import type { IntentState } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import { at } from '../../support/standings.ts';

const entries = (...states: IntentState[]): Entry[] =>
  states.map((state, index) => ({
    intentId: `item-${index}`,
    order: index,
    line: `line-${index}`,
    service: '',
    owner: 'me',
    isUrgent: false,
    standing: at(state),
    isStalled: false,
  }));

describe('a drain', () => {
  it('is shown from three items on', () => {
    const drain = createDrain();
    drain.begin(entries('WAITING', 'QUEUED'));
    expect(drain.progress(entries('WAITING', 'QUEUED'))).toBeNull();
    drain.begin(entries('WAITING', 'QUEUED', 'HELD'));
    expect(drain.progress(entries('WAITING', 'QUEUED', 'HELD'))).toEqual({ done: 0, total: 3 });
  });

  it('counts as done whatever has come to its end or to the clerk', () => {
    const drain = createDrain();
    drain.begin(entries('WAITING', 'WAITING', 'WAITING', 'UNKNOWN'));
    expect(drain.progress(entries('APPLIED', 'NEEDS_CLERK', 'SENDING', 'RECONCILING'))).toEqual({
      done: 2,
      total: 4,
    });
    expect(drain.progress(entries('WAITING', 'WAITING').slice(1))).toEqual({ done: 3, total: 4 });
  });

  it('does not count what waits for the clerk from the beginning, nor what comes later', () => {
    const drain = createDrain();
    const three = entries('QUEUED', 'QUEUED', 'QUEUED', 'NEEDS_CLERK');
    drain.begin(three);
    expect(drain.progress(three)).toEqual({ done: 0, total: 3 });
    expect(
      drain.progress([...three, ...entries('QUEUED', 'QUEUED', 'QUEUED', 'QUEUED', 'QUEUED').slice(4)]),
    ).toEqual({
      done: 0,
      total: 3,
    });
  });

  it('is over when the last one is through, and does not come back', () => {
    const drain = createDrain();
    drain.begin(entries('QUEUED', 'QUEUED', 'QUEUED'));
    expect(drain.progress([])).toBeNull();
    expect(drain.progress(entries('QUEUED', 'QUEUED', 'QUEUED'))).toBeNull();
  });

  it('begins anew with what waits then', () => {
    const drain = createDrain();
    drain.begin(entries('QUEUED', 'QUEUED', 'QUEUED'));
    drain.begin(entries('QUEUED', 'WAITING'));
    expect(drain.progress(entries('QUEUED', 'WAITING'))).toBeNull();
  });
});
