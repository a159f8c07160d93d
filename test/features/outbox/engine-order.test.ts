/** The order in which the engine lets intents go on: per referral, by urgency, within the limits (screens.md 9). */
import { describe, expect, it } from 'vitest';
import { newStanding, revive } from '../../../src-main/features/outbox/protocol/machine.ts';
import { CLEAR, createEngineBench, LOST } from '../../support/engine-bench.ts';

describe('the intents of one referral', () => {
  it('go on one after the other, in the order of writing (I8)', () => {
    const bench = createEngineBench();
    for (const id of ['first', 'second']) bench.add(id, { line: 'same' });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check first']);
    bench.send('first', { kind: 'accepted' });
    expect(bench.calls).toEqual(['check first', 'send first', 'read-back first']);
    bench.readBack('first', { kind: 'ours', result: '7' });
    expect(bench.calls.at(-1)).toBe('check second');
  });

  it('say which earlier one they wait for, and no more once that is settled', () => {
    const bench = createEngineBench();
    for (const id of ['first', 'second', 'third']) bench.add(id, { line: 'same' });
    expect(['first', 'second', 'third'].map((id) => bench.engine.behind(id))).toEqual([
      null,
      'first',
      'first',
    ]);
    expect(bench.engine.behind('unheard-of')).toBeNull();
    bench.engine.tell('first', { kind: 'withdraw', code: 'other' });
    expect(bench.engine.behind('second')).toBeNull();
    expect(bench.engine.behind('third')).toBe('second');
  });

  it('keep the order of writing in whatever order they are taken in', () => {
    const bench = createEngineBench();
    bench.add('later', { line: 'same', order: 9 });
    bench.add('earlier', { line: 'same', order: 3 });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check earlier']);
  });

  it('wait for one that needs the clerk, when they were made before that', () => {
    const bench = createEngineBench();
    for (const id of ['first', 'second']) bench.add(id, { line: 'same' });
    bench.engine.pump();
    bench.check('first', { kind: 'changed', code: 'slot-changed' });
    expect(bench.state('first')).toBe('NEEDS_CLERK');
    expect(bench.engine.behind('second')).toBe('first');
    expect(bench.calls).toEqual(['check first']);
  });

  it('wait for a connection with the one ahead of them, and a cancellation asks afresh after that', () => {
    const bench = createEngineBench();
    bench.add('first', { line: 'same' });
    const asked = { line: 'same', standing: newStanding('cancel-later', 1, 0) };
    bench.add('second', asked);
    bench.engine.pump();
    bench.check('first', { kind: 'not-reached' });
    expect([bench.state('first'), bench.state('second')]).toEqual(['WAITING', 'WAITING']);
    bench.engine.tell('first', { kind: 'withdraw', code: 'other' });
    bench.check('second', CLEAR);
    expect(bench.state('second')).toBe('NEEDS_CLERK');
    expect(bench.calls).toEqual(['check first', 'check second']);
  });

  it('pass one that needed the clerk already when they were made', () => {
    const bench = createEngineBench();
    bench.add('first', { line: 'same' });
    bench.engine.pump();
    bench.check('first', { kind: 'changed', code: 'slot-changed' });
    bench.add('second', { line: 'same' });
    bench.engine.pump();
    expect(bench.engine.behind('second')).toBeNull();
    expect(bench.calls).toEqual(['check first', 'check second']);
  });

  it('do not pass it when they were made while it was under way again, though another one did', () => {
    const bench = createEngineBench();
    const stale = { kind: 'changed', code: 'check-failed' } as const;
    bench.add('first', { line: 'same' });
    bench.engine.pump();
    bench.check('first', stale);
    bench.add('knowing', { line: 'same' });
    bench.engine.pump();
    bench.check('knowing', stale);
    bench.engine.tell('first', { kind: 'confirm' });
    bench.add('in-between', { line: 'same' });
    bench.check('first', stale);
    bench.engine.pump();
    expect(bench.state('first')).toBe('NEEDS_CLERK');
    expect(bench.engine.behind('in-between')).toBe('first');
    expect(bench.calls).not.toContain('check in-between');
  });

  it('do not pass it when an earlier start wrote them down: they may have waited for it', () => {
    const bench = createEngineBench();
    const durable = { action: 'book', code: 'expired', attempt: 0, choice: 0, choices: 1 } as const;
    bench.add('first', { line: 'same', standing: revive({ ...durable, state: 'NEEDS_CLERK' }, 0) });
    bench.add('second', { line: 'same', standing: revive({ ...durable, state: 'QUEUED', code: '' }, 0) });
    expect(bench.engine.behind('second')).toBe('first');
  });

  it('do not wait for a record that does not open', () => {
    const bench = createEngineBench();
    const durable = { action: 'book', code: '', attempt: 0, choice: 0, choices: 1 } as const;
    bench.add('first', { line: 'same', standing: revive({ ...durable, state: 'QUARANTINED' }, 0) });
    bench.add('second', { line: 'same' });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check second']);
  });

  it('are read back one at a time, also when the clerk asks for it', () => {
    const bench = createEngineBench();
    bench.add('first', { line: 'same' });
    bench.engine.pump();
    bench.send('first', LOST);
    bench.engine.tell('first', { kind: 'read-now' });
    bench.readBack('first', { kind: 'changed-otherwise' });
    bench.add('second', { line: 'same' });
    bench.engine.pump();
    bench.check('second', CLEAR);
    expect(bench.engine.tell('first', { kind: 'read-now' })).toBe(false);
    expect(bench.calls.at(-1)).toBe('send second');
    bench.answer('second', { kind: 'answered', code: 'PATIENT_ERROR', status: 422 });
    bench.readBack('second', { kind: 'unchanged' });
    expect(bench.engine.tell('first', { kind: 'read-now' })).toBe(true);
    expect(bench.calls.at(-1)).toBe('read-back first');
  });

  it('do not hold up those of other referrals', () => {
    const bench = createEngineBench();
    for (const id of ['one', 'two', 'three']) bench.add(id);
    bench.engine.pump();
    expect(bench.calls).toEqual(['check one', 'check two', 'check three']);
  });
});

describe('a letter that is ready', () => {
  it('does not hold up a booking that was asked for after it', () => {
    const bench = createEngineBench();
    bench.add('letter', { line: 'same', standing: { ...revive(letterOnDisk, 0), isRevived: false } });
    bench.add('booking', { line: 'same' });
    bench.engine.pump();
    bench.check('letter', CLEAR);
    expect(bench.state('letter')).toBe('NEEDS_CLERK');
    expect(bench.calls).toEqual(['check letter', 'check booking']);
    expect(bench.engine.behind('booking')).toBeNull();
  });

  it('is done when the clerk has fetched it', () => {
    const bench = createEngineBench();
    bench.add('letter', { standing: revive(letterOnDisk, 0) });
    bench.engine.pump();
    expect(bench.engine.tell('letter', { kind: 'carried-out' })).toBe(false);
    bench.check('letter', CLEAR);
    expect(bench.engine.tell('letter', { kind: 'carried-out' })).toBe(true);
    expect(bench.recorded.at(-1)).toMatchObject({ record: { step: { next: { state: 'APPLIED' } } } });
  });
});

const letterOnDisk = {
  action: 'letter',
  state: 'QUEUED',
  code: '',
  attempt: 0,
  choice: 0,
  choices: 1,
} as const;

describe('a turn that comes while turns are given', () => {
  it('is given in the next round, once', () => {
    const bench = createEngineBench();
    for (const id of ['one', 'two']) bench.add(id, { service: '11000' });
    bench.world.whenMoved = () => bench.engine.pump();
    bench.engine.pump();
    expect(bench.calls).toEqual(['check one', 'check two']);
  });
});

describe('the order of all', () => {
  it('is by urgency, then by age', () => {
    const bench = createEngineBench();
    bench.add('old');
    bench.add('older-urgent', { isUrgent: true });
    bench.add('young-urgent', { isUrgent: true });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check older-urgent', 'check young-urgent', 'check old']);
    expect(bench.engine.entries().map(({ intentId }) => intentId)).toEqual([
      'older-urgent',
      'young-urgent',
      'old',
    ]);
  });

  it('lets six calls of a desk be under way at once, and the next when one is through', () => {
    const bench = createEngineBench();
    for (let n = 1; n <= 8; n += 1) bench.add(`item-${n}`);
    bench.engine.pump();
    expect(bench.calls).toHaveLength(6);
    bench.check('item-3', { kind: 'changed', code: 'slot-changed' });
    expect(bench.calls.at(-1)).toBe('check item-7');
    expect(bench.pending).toHaveLength(6);
  });

  it('lets two calls of a service be under way at once', () => {
    const bench = createEngineBench();
    for (let n = 1; n <= 4; n += 1) bench.add(`item-${n}`, { service: '11000' });
    bench.add('elsewhere', { service: '11001' });
    bench.engine.pump();
    expect(bench.calls).toEqual(['check item-1', 'check item-2', 'check elsewhere']);
    bench.check('item-1', { kind: 'refused', code: 'PATIENT_ERROR' });
    expect(bench.calls.at(-1)).toBe('check item-3');
  });

  it('counts a booking as one call from its check to its read-back', () => {
    const bench = createEngineBench();
    for (let n = 1; n <= 3; n += 1) bench.add(`item-${n}`, { service: '11000' });
    bench.engine.pump();
    bench.send('item-1', { kind: 'accepted' });
    expect(bench.calls).not.toContain('check item-3');
    bench.readBack('item-1', { kind: 'ours', result: null });
    expect(bench.calls.at(-1)).toBe('check item-3');
  });

  it('gives the room of one whose reply was lost to another while it waits to be read back', () => {
    const bench = createEngineBench();
    for (let n = 1; n <= 3; n += 1) bench.add(`item-${n}`, { service: '11000' });
    bench.engine.pump();
    bench.send('item-1', LOST);
    expect(bench.calls.at(-1)).toBe('check item-3');
  });
});
