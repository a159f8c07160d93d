/** Depth `full` of `npm run simulate`: each seed is one story of the whole client. */
import type { Network } from '../../../src-main/app/ports.ts';
import type { Action, Depth, Verdict } from '../depth.ts';
import { Random } from '../random.ts';
import { Tally } from '../tally.ts';
import { playDrain } from './drain.ts';
import { Play, type PlayAction } from './play.ts';
import { Stage } from './stage.ts';

const WORLD_SEED = 20_261_119;
const WORLD_SIZE = 140;
/** Large enough for five hundred referrals that can be booked. */
const DRAIN_WORLD_SIZE = 2_600;
const DRAIN_OF = 500;
/** One schedule in so many is a long queue at one reconnect. */
const DRAIN_EVERY = 2_000;
/** One schedule in so many has its database in a file, whose bytes are looked through. */
const ON_DISK_EVERY = 60;
/** What "mixed" draws from: one more among them would turn every kept seed's story. */
const MIXED: readonly PlayAction[] = ['book', 'defer', 'cancel-later', 'cancel-appointment'];
const NAMED: readonly PlayAction[] = [
  ...MIXED,
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'accept-referral',
  'reject-referral',
  'record-review',
];
const SALT = 0x66756c6c;
const APART_SALT = 0x6469736b;

export interface FullDepthOptions {
  /** A fault planted in the client, to see that the checker is not blind. */
  readonly spoilNetwork?: (network: Network) => Network;
}

export function createFullDepth(options: FullDepthOptions = {}): Depth {
  const tally = new Tally();
  let stage: Stage | null = null;
  let wide: Stage | null = null;

  async function run(seed: number, action: Action, story: string[] | null): Promise<Verdict> {
    const random = new Random(seed, SALT);
    tally.begin();
    const isDrain = random.below(DRAIN_EVERY) === 0;
    const played = isDrain
      ? (wide ??= new Stage(WORLD_SEED, DRAIN_WORLD_SIZE, false))
      : (stage ??= new Stage(WORLD_SEED, WORLD_SIZE, true));
    played.reset();
    const play = new Play({
      stage: played,
      action: NAMED.find((one) => one === action) ?? random.pick(MIXED),
      random,
      apart: new Random(seed, APART_SALT),
      tally,
      story,
      drainOf: isDrain ? DRAIN_OF : 0,
      isOnDisk: !isDrain && random.below(ON_DISK_EVERY) === 0,
      ...options,
    });
    try {
      if (isDrain) playDrain(play);
      const isWithClerk = await play.run();
      if (isWithClerk) tally.counts.toClerk += 1;
      return { violations: play.checker.violations, isWithClerk };
    } finally {
      play.close();
    }
  }

  return { name: 'full', counts: tally.counts, run };
}
