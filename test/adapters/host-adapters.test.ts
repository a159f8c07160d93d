import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFileLog } from '../../src-main/adapters/node/file-log.ts';
import { takeInstanceLock } from '../../src-main/adapters/node/instance-lock.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import type { LogFields } from '../../src-main/app/ports.ts';
import { createManualClock } from '../support/manual-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe('the file log', () => {
  const path = () => join(folder, 'booking-desk.log');
  const lines = () =>
    readFileSync(path(), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
  const open = (options = {}) => createFileLog({ directory: folder, clock: createManualClock(), ...options });

  it('writes one line of JSON an event', () => {
    const log = open();
    const correlationId = '12345678-1234-4123-8123-123456789012';
    log.write('warn', 'call-failed', { operation: 'A016', status: 504, durationMs: 12.5, correlationId });
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'warn',
        event: 'call-failed',
        operation: 'A016',
        status: 504,
        durationMs: 12.5,
        correlationId,
      }),
    ]);
    expect(lines()[0]).toHaveProperty('at', expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/));
  });

  it('has no place for other fields, nor for a number that could be a patient', () => {
    const fields = {
      reason: 'no 943 476 5919 or 000000070000\n{"level":"error"}\u001b[31m',
      patient: 'SMITH',
      status: '9434765919',
    };
    open().write('info', 'for 9434765919', fields as unknown as LogFields);
    const text = readFileSync(path(), 'utf8');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text).not.toMatch(/SMITH|943|0000007|\u001b/);
    expect(lines()[0]).toMatchObject({ event: 'for #', reason: 'no # or # {"level":"error"} [31m' });
  });

  it('turns the file over by size and keeps a few', () => {
    const log = open({ maxBytes: 200, keep: 2 });
    for (let i = 0; i < 20; i++) log.write('info', 'event', { count: i });
    expect(readdirSync(folder).sort()).toEqual([
      'booking-desk.log',
      'booking-desk.log.1',
      'booking-desk.log.2',
    ]);
    expect(lines().at(-1)).toMatchObject({ count: 19 });
  });

  it('survives a disk that takes nothing, and says how much was lost', () => {
    const log = open({ directory: join(folder, 'logs') });
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    log.write('error', 'lost');
    log.write('error', 'lost');
    rmSync(join(folder, 'logs'));
    log.write('info', 'back');
    const text = readFileSync(join(folder, 'logs', 'booking-desk.log'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(text.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ event: 'log-lines-lost', count: 2 }),
      expect.objectContaining({ event: 'back' }),
    ]);
  });
});

describe('the instance lock', () => {
  const script = (body: string) => `
    import { takeInstanceLock } from ${JSON.stringify(join(process.cwd(), 'src-main/adapters/node/instance-lock.ts'))};
    const release = takeInstanceLock(${JSON.stringify(folder)});
    ${body}`;
  const runInOther = (body: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script(body)], { encoding: 'utf8' });

  it('is held by one process, and comes back when it is released', () => {
    const release = takeInstanceLock(folder);
    expect(release).not.toBeNull();
    expect(runInOther('process.stdout.write(String(release === null))').stdout).toBe('true');
    release?.();
    expect(runInOther('process.stdout.write(String(release === null))').stdout).toBe('false');
  });

  it('is not left behind by a process that was killed', () => {
    expect(runInOther(`process.kill(process.pid, 'SIGKILL')`).signal).toBe('SIGKILL');
    expect(existsSync(join(folder, 'instance.lock'))).toBe(true);
    const release = takeInstanceLock(folder);
    expect(release).not.toBeNull();
    release?.();
  });

  it('throws what the disk says when there can be no lock', () => {
    chmodSync(folder, 0o700);
    expect(() => takeInstanceLock(join(folder, 'missing'))).toThrow();
  });
});

describe('the system clock', () => {
  it('runs a task once when it is due, and not when it was cancelled', () => {
    vi.useFakeTimers();
    const clock = createSystemClock();
    const [task, cancelled] = [vi.fn(), vi.fn()];
    clock.schedule(1000, task);
    clock.schedule(1000, cancelled)();
    vi.advanceTimersByTime(999);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect([task.mock.calls.length, cancelled.mock.calls.length]).toEqual([1, 0]);
  });

  it('keeps a delay that is longer than a timer can be', () => {
    vi.useFakeTimers();
    const task = vi.fn();
    const cancelledTask = vi.fn();
    createSystemClock().schedule(2 ** 31 + 10_000, task);
    const cancel = createSystemClock().schedule(2 ** 31 + 10_000, cancelledTask);
    vi.advanceTimersByTime(2 ** 31);
    expect(task).not.toHaveBeenCalled();
    cancel();
    vi.advanceTimersByTime(10_001);
    expect([task.mock.calls.length, cancelledTask.mock.calls.length]).toEqual([1, 0]);
  });

  it('reads the time of the machine', () => {
    vi.useFakeTimers({ now: 1_750_000_000_000 });
    expect(createSystemClock().nowMs()).toBe(1_750_000_000_000);
  });

  it('never goes back', () => {
    const clock = createSystemClock();
    const first = clock.monotonicMs();
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(first);
  });
});
