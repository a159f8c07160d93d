/** What a depth of simulation is to the runner: schedules drawn from seeds, some of which break a promise. */
import type { Counts } from './tally.ts';

/** A new one goes to the end: the story of a seed depends on the place of its action. */
export const ACTIONS = [
  'book',
  'defer',
  'cancel-later',
  'cancel-appointment',
  'mixed',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'upload-file',
  'create-referral',
  'create-and-triage',
  'maintain-letter',
  'accept-referral',
  'reject-referral',
  'record-review',
  'send-advice',
  'convert-advice',
  'request-advice',
] as const;
export type Action = (typeof ACTIONS)[number];

export const DEPTH_NAMES = ['protocol', 'full'] as const;
export type DepthName = (typeof DEPTH_NAMES)[number];

/** The actions that stories of a depth are told of. */
export const ACTIONS_OF: Readonly<Record<DepthName, readonly Action[]>> = {
  protocol: ACTIONS,
  full: [
    'book',
    'defer',
    'cancel-later',
    'cancel-appointment',
    'mixed',
    'cancel-referral',
    'change-shortlist',
    'send-for-triage',
    'accept-referral',
    'reject-referral',
    'record-review',
  ],
};

export interface Verdict {
  /** What was broken, in the order of the story; empty for a good schedule. */
  readonly violations: readonly string[];
  /** A person has something to do at the end. */
  readonly isWithClerk: boolean;
}

export interface Depth {
  readonly name: DepthName;
  /** What has occurred so far; one count for each schedule in which it did. */
  readonly counts: Counts;
  /** Runs one schedule. With `story` it tells every event, which takes much longer; the verdict is the same. */
  run(seed: number, action: Action, story: string[] | null): Verdict | Promise<Verdict>;
}
