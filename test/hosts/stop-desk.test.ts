import { beforeEach, describe, expect, it } from 'vitest';
import { LEAVE_MS, stopDesk } from '../../src-main/hosts/stop-desk.ts';
import { createMemoryLog, type MemoryLog } from '../support/fake-door.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

let log: MemoryLog;
let clock: ManualClock;
let ended: string[];
beforeEach(() => {
  log = createMemoryLog();
  clock = createManualClock();
  ended = [];
});

const appThat = (leave: () => Promise<void>, stop: () => Promise<void> = async () => undefined) => ({
  leave: () => (ended.push('leave'), leave()),
  stop: () => (ended.push('stop'), stop()),
});

describe('the end of a desk', () => {
  it('stops when the session has been given back, and not before', async () => {
    let isGivenBack: () => void = () => undefined;
    const app = appThat(() => new Promise((resolve) => (isGivenBack = resolve)));
    const stopping = stopDesk(app, { clock, log });
    await clock.advance(LEAVE_MS - 1);
    expect(ended).toEqual(['leave']);
    isGivenBack();
    await stopping;
    expect(ended).toEqual(['leave', 'stop']);
    expect(log.events()).toEqual([]);
  });

  it('does not wait longer than the bound', async () => {
    const app = appThat(() => new Promise(() => undefined));
    const stopping = stopDesk(app, { clock, log });
    await clock.advance(LEAVE_MS);
    await stopping;
    expect(ended).toEqual(['leave', 'stop']);
    expect(log.events()).toEqual(['session-not-given-back']);
  });

  it('goes on to its end whatever goes wrong', async () => {
    const fault = () => Promise.reject(new TypeError('of no matter'));
    await stopDesk(appThat(fault, fault), { clock, log });
    expect(ended).toEqual(['leave', 'stop']);
    expect(log.lines.map(({ event, fields }) => [event, fields.reason])).toEqual([
      ['leave-failed', 'TypeError'],
      ['stop-failed', 'TypeError'],
    ]);
  });
});
