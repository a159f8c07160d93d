/** The lock and the sleep of the operating system, over Electron's power monitor (attack S37). */
import { powerMonitor } from 'electron';
import type { SystemEvent, SystemEvents } from '../../app/ports.ts';

/** What Electron calls each; Linux desktops tell of suspend and resume only (electron.d.ts, powerMonitor). */
const EVENTS = [
  ['lock-screen', 'locked'],
  ['unlock-screen', 'unlocked'],
  ['suspend', 'suspended'],
  ['resume', 'resumed'],
] as const satisfies readonly (readonly [string, SystemEvent])[];

/** The system events of the Electron host; to be made when Electron is ready. */
export function createElectronSystemEvents(): SystemEvents {
  return {
    watch(listener) {
      const stops = EVENTS.map(([name, event]) => {
        const tell = () => listener(event);
        // One overload a name in Electron's types; all four take a listener without arguments.
        const monitor: {
          on(name: string, tell: () => void): unknown;
          off(name: string, tell: () => void): unknown;
        } = powerMonitor;
        monitor.on(name, tell);
        return () => void monitor.off(name, tell);
      });
      return () => stops.forEach((stop) => stop());
    },
  };
}
