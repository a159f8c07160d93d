/** The depth of the protocol: the real engine, machine and proofs over a virtual world, without promises. */
import { ACTIONS, type Action, type Depth, type Verdict } from '../depth.ts';
import { Random } from '../random.ts';
import { Tally } from '../tally.ts';
import { VirtualTime } from '../virtual-time.ts';
import { Schedule } from './schedule.ts';

/** A long queue takes a hundred times as long as another schedule: one seed in so many has one. */
const DRAIN_EVERY = 10_000;
const DRAIN_OF = 500;
const APART_SALT = 13;
/** Under this salt the kept seeds of mixed stories have none of the latest writes, as when they were kept. */
const LATEST_SALT = 30;

export function createProtocolDepth(): Depth {
  const random = new Random(0, 0);
  const apart = new Random(0, 0);
  const latest = new Random(0, 0);
  const time = new VirtualTime();
  const tally = new Tally();
  return {
    name: 'protocol',
    counts: tally.counts,
    run(seed: number, action: Action, story: string[] | null): Verdict {
      random.reseed(seed, ACTIONS.indexOf(action) + 1);
      apart.reseed(seed, APART_SALT);
      latest.reseed(seed, LATEST_SALT);
      time.reset();
      tally.begin();
      const drainOf = seed % DRAIN_EVERY === DRAIN_EVERY - 1 ? DRAIN_OF : 0;
      const schedule = new Schedule({ action, random, apart, latest, time, tally, story, drainOf });
      const isWithClerk = schedule.run();
      if (isWithClerk) tally.counts.toClerk += 1;
      const { violations } = schedule.checker;
      return {
        violations: violations.map(({ atMs, what }) => `${(atMs / 1000).toFixed(3)} s ${what}`),
        isWithClerk,
      };
    },
  };
}
