/** Everything that one schedule is made of. */
import type { Standing } from '../../../src-main/features/outbox/protocol/machine.ts';
import type { Random } from '../random.ts';
import type { Plan } from '../plan.ts';
import type { Tally } from '../tally.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { Checker } from './checker.ts';
import type { Desk } from './desk.ts';
import type { Disk } from './disk.ts';
import type { Service } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import type { ReferralTruth } from './truth.ts';
import type { Wire } from './wire.ts';

export interface World {
  readonly random: Random;
  readonly apart: Random;
  readonly time: VirtualTime;
  readonly tally: Tally;
  readonly service: Service;
  readonly wire: Wire;
  readonly desk: Desk;
  readonly disk: Disk;
  readonly checker: Checker;
  readonly plan: Plan;
  /** The dialect without A038, where the appointment is shown inside the referral. */
  readonly isSpine: boolean;
  /** Nothing goes wrong any more. */
  isCalm: boolean;
  readonly intents: SimIntent[];
  /** Somebody listens to the story. */
  readonly isTold: boolean;
  /** Adds a line to the story when it is told. */
  tell(line: () => string): void;
  onReferralChanged(referral: ReferralTruth): void;
  /** A 401 was heard: the clerk has to sign in again. */
  onSessionEnded(): void;
  /** A step is durable: people may do something about it. */
  onRecorded(sim: SimIntent, next: Standing): void;
  /** The process died; another starts in its place after a while. */
  onCrash(): void;
}
