/** A virtual disk: what `record` made durable survives a crash, unless the disk lied about it. */
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Standing } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { Row, SimIntent } from './sim-intent.ts';

/** A fault that the storage adapter reports. */
export class DiskFault extends Error {
  readonly code: string;
  constructor(code: 'disk-full' | 'io' | 'lease-lost') {
    super(`storage: ${code}`);
    this.code = code;
  }
}

export class Disk {
  /** The newest instance has the right to write. */
  fence = 0;
  /** Everything fails until then. */
  refusesUntilMs = -1;
  /** It says that it has flushed, and has not. */
  isLying = false;
  /** What a crash undoes, newest last, while it lies. */
  private readonly unflushed: { readonly sim: SimIntent; readonly before: Row | null }[] = [];

  add(sim: SimIntent, row: Row): void {
    if (this.isLying) this.unflushed.push({ sim, before: null });
    sim.row = row;
  }

  change(
    sim: SimIntent,
    { state, code, attempt, choice }: Pick<Standing, 'state' | 'code' | 'attempt' | 'choice'>,
    result?: string | null,
  ): void {
    const { row } = sim;
    if (row === null) throw new Error('a row that was never added');
    if (this.isLying) this.unflushed.push({ sim, before: { ...row } });
    row.state = state;
    row.code = code;
    row.attempt = attempt;
    row.choice = choice;
    row.result = result ?? row.result;
  }

  /** A crash with a disk that lied: the last records are gone. Gives the intents that it concerns. */
  lose(count: number): SimIntent[] {
    const lost = this.unflushed.splice(Math.max(0, this.unflushed.length - count)).reverse();
    for (const { sim, before } of lost) {
      // What went bad stays so, in whatever version is left of it.
      sim.row = before === null ? null : { ...before, isDamaged: sim.row?.isDamaged ?? false };
      sim.facts.isLiedAbout = true;
      sim.facts.sentAttempt = Math.min(sim.facts.sentAttempt, before?.attempt ?? 0);
    }
    return lost.map(({ sim }) => sim);
  }
}

export const isOpen = ({ row }: SimIntent) => row !== null && !isTerminal(row.state);
