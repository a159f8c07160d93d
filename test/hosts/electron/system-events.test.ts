import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { createElectronSystemEvents } from '../../../src-main/adapters/electron/system-events.ts';

const monitor = vi.hoisted(() => ({ current: null as unknown }));
vi.mock('electron', () => ({
  get powerMonitor() {
    return monitor.current;
  },
}));

it('tells of the lock and the sleep of the system in the desk’s words, until it is stopped', () => {
  const power = new EventEmitter();
  monitor.current = power;
  const heard: string[] = [];
  const stop = createElectronSystemEvents().watch((event) => void heard.push(event));
  for (const name of ['lock-screen', 'unlock-screen', 'suspend', 'resume', 'on-battery']) power.emit(name);
  expect(heard).toEqual(['locked', 'unlocked', 'suspended', 'resumed']);
  stop();
  power.emit('lock-screen');
  expect(heard).toHaveLength(4);
  expect(power.listenerCount('suspend')).toBe(0);
});
