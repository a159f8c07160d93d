/** Runs variants of one thing turn by turn in the same process, so that all meet the same machine. */

export interface Variant {
  readonly name: string;
  readonly run: () => unknown;
}

export interface RoundTimes {
  /** Microseconds per call, one value a round. */
  readonly wall: readonly number[];
  /** CPU microseconds of this process per call, all threads, one value a round. */
  readonly cpu: readonly number[];
}

export interface InterleaveOptions {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly warmUpCalls: number;
}

/** Times of every variant, by name. Each round runs all of them; who starts changes from round to round. */
export async function interleave<Name extends string>(
  variants: readonly (Variant & { readonly name: Name })[],
  { rounds, callsPerRound, warmUpCalls }: InterleaveOptions,
): Promise<Readonly<Record<Name, RoundTimes>>> {
  const times = variants.map(({ name }) => ({ name, wall: [] as number[], cpu: [] as number[] }));
  for (const { run } of variants) await repeat(run, warmUpCalls);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < variants.length; turn += 1) {
      const at = (turn + round) % variants.length;
      const run = variants[at]?.run ?? (() => undefined);
      const cpuBefore = process.cpuUsage();
      const startedMs = performance.now();
      await repeat(run, callsPerRound);
      const wallMs = performance.now() - startedMs;
      const { user, system } = process.cpuUsage(cpuBefore);
      times[at]?.wall.push((wallMs * 1000) / callsPerRound);
      times[at]?.cpu.push((user + system) / callsPerRound);
    }
  }
  const pairs = times.map(({ name, ...measured }) => [name, measured] as const);
  return Object.fromEntries(pairs) as unknown as Record<Name, RoundTimes>;
}

async function repeat(run: () => unknown, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    const result = run();
    // Awaiting a plain value would add a turn of the queue to what is measured.
    if (result instanceof Promise) await result;
  }
}
