/** What a story needs of an action that it is told of: the outbox's side of it, and the service's. */
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { Finding, Truth } from '../../../src-main/features/outbox/protocol/findings.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import type { Random } from '../random.ts';
import type { AppInstance } from './app-instance.ts';
import type { Then } from './model-reads.ts';
import type { WriteReply } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import type { ReferralTruth } from './truth.ts';
import type { World } from './world.ts';

/** What an action is about: a story that goes on with the same one needs one of the same kind. */
export type SubjectKind = 'referral' | 'advice' | 'patient';

/** What every intent of the stories has. */
export interface Target {
  readonly intentId: string;
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly pinnedVersion: number;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly isUrgent: boolean;
}

/** What the wire makes of a success that is none. */
export interface Echo {
  readonly ubrn: string;
  /** It says what was asked for. */
  readonly isAsked: boolean;
}

export interface ActionModel {
  readonly subject: SubjectKind;
  /** Brings the subject into the state in which a clerk asks for this. */
  prepare(referral: ReferralTruth, random: Random): void;
  intentOf(target: Target, referral: ReferralTruth, world: World): Intent;
  /** Steps 2 and 5, as the action's driver does them. */
  check(app: AppInstance, sim: SimIntent, done: Then<Finding>): void;
  readBack(app: AppInstance, sim: SimIntent, done: Then<Truth>): void;
  isEcho(sim: SimIntent, reply: WriteReply): boolean;
  /** What a success gives that is kept, for those that keep something. */
  readonly keptOf?: (reply: WriteReply) => string;
  /** The service: why not, the effect, and what a success says. */
  refuse(sim: SimIntent): ErsOutcome<never> | null;
  apply(sim: SimIntent): void;
  replyTo(world: World, sim: SimIntent): WriteReply;
  /** Of what has no pin: the whole of its processing. */
  readonly make?: (world: World, sim: SimIntent, attempt: number) => ErsOutcome<WriteReply>;
  echo(world: World, sim: SimIntent, echo: Echo): WriteReply;
  /** e-RS holds what was asked for; written apart from the product's own proofs. */
  isAsAsked(sim: SimIntent, world: World): boolean;
  /** Another desk does the same kind of thing otherwise, exactly the same, or takes it back; false: nothing to do. */
  rival(world: World, sim: SimIntent): boolean;
  same(world: World, sim: SimIntent): boolean;
  undo(world: World, sim: SimIntent): boolean;
}
