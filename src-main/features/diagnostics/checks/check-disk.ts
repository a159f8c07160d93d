import { toIso } from '../../../contract/london-time.ts';
import type { Clock, DiskFacts, Machine } from '../../../app/ports.ts';
import type { Check, Finding } from '../finding.ts';

interface Parts {
  readonly machine: Pick<Machine, 'readDisk'>;
  readonly clock: Clock;
  /** Why nothing can be written down at this desk; null where it can. */
  readonly writesOffReason: () => string | null;
}

const MEGABYTE = 1024 * 1024;
/** A day's work and its copy need far less; below this SQLite may meet a full disk within hours. */
const TOO_LITTLE_MB = 100;
const LITTLE_MB = 1024;
/** Two nights without a copy. */
const OLD_COPY_MS = 50 * 3_600_000;

/** Room on the disk, the database as it was met last, and its nightly copy. */
export function checkDisk({ machine, clock, writesOffReason }: Parts): Check {
  return {
    id: 'disk',
    patienceMs: 10_000,
    async run() {
      const disk = await machine.readDisk();
      const facts = factsOf(disk);
      const { fault, freeBytes, lastCopyMs } = disk;
      const reason = fault ?? writesOffReason();
      const freeMb = freeBytes === null ? Infinity : freeBytes / MEGABYTE;
      const found = (verdict: Finding['verdict'], code: string): Finding => ({ verdict, code, facts });
      if (reason !== null)
        return {
          verdict: 'fail',
          code: fault === null ? 'writes-off' : 'database-fault',
          facts: { reason, ...facts },
        };
      if (freeMb < TOO_LITTLE_MB) return found('fail', 'disk-nearly-full');
      if (freeMb < LITTLE_MB) return found('warn', 'disk-low');
      if (lastCopyMs === null) return found('warn', 'no-copy-yet');
      if (clock.nowMs() - lastCopyMs > OLD_COPY_MS) return found('warn', 'copy-old');
      return found('ok', 'disk-fine');
    },
  };
}

function factsOf({ freeBytes, databaseBytes, copies, lastCopyMs }: DiskFacts) {
  const megabytes = (bytes: number | null) =>
    bytes === null ? null : Math.round((bytes / MEGABYTE) * 10) / 10;
  const known = {
    freeMb: megabytes(freeBytes),
    databaseMb: megabytes(databaseBytes),
    copies,
    lastCopyAt: lastCopyMs === null ? null : toIso(lastCopyMs),
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  ) as Record<string, string | number>;
}
