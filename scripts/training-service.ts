/**
 * Serves the training e-RS on 127.0.0.1: `npm run training-service -- [--port 0] [--seed 1] [--size 320]`.
 * Prints its address, one line, and stops on SIGTERM or SIGINT.
 */
import { parseArgs } from 'node:util';
import { createSystemClock } from '../src-main/adapters/node/system-clock.ts';
import { createTrainingService } from '../src-main/training-service/create-training-service.ts';
import { serveOnLoopback } from '../src-main/training-service/serve-on-loopback.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: '320' },
  },
});

/** A whole number of the command line; ends the program with a clear word when it is none. */
function readNumber(name: 'port' | 'seed' | 'size', most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  process.stderr.write(`--${name} takes a whole number from 0 to ${most}\n`);
  process.exit(2);
}

const service = createTrainingService({
  seed: readNumber('seed', 2 ** 32 - 1),
  size: readNumber('size', 20_000),
  clock: createSystemClock(),
  enforceRateLimit: true,
});
const server = await serveOnLoopback(service, readNumber('port', 65_535));
process.stdout.write(`${server.origin}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
