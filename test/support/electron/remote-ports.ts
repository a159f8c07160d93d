/** In the place of `src-main/hosts/compose-ports.ts` on the way to a remote application: what the host itself uses. */
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';
import type { Ports } from '../../../src-main/app/ports.ts';

export function composePorts(): Ports {
  const log: Ports['log'] = {
    write(level, event, fields) {
      if (level === 'error') process.stderr.write(`${event} ${JSON.stringify(fields ?? {})}\n`);
    },
  };
  return { clock: createSystemClock(), log } as Ports;
}
