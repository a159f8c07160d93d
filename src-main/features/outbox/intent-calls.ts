/** Carries out what the engine commands: the actions' reads and their one write, over the e-RS client. */
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ActionRun } from './actions/action-driver.ts';
import { driverOf } from './actions/drivers.ts';
import type { Evidence } from './actions/evidence.ts';
import type { EnginePorts, Entry } from './engine.ts';
import type { IntentStore } from './intent-store.ts';
import type { Answer } from './protocol/answer.ts';
import type { Finding, Truth } from './protocol/findings.ts';
import type { ProviderSilence } from './provider-silence.ts';
import type { Intent } from './record-schemas.ts';

export interface IntentCallsPorts {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly evidence: Evidence;
  readonly silence: ProviderSilence;
  readonly store: Pick<IntentStore, 'outcomeOf' | 'fileOf'>;
  readonly intentOf: (intentId: string) => Intent;
  /** True while the clerk waits for this very intent: its calls go before others at the gate. */
  readonly isWatched: (intentId: string) => boolean;
  /** A defect of ours stopped this action: a person decides on what is queued of it. */
  readonly isSwitchedOff: (action: Intent['action']) => boolean;
  /** False once the session is another's. */
  readonly mayGoOn: (entry: Entry) => boolean;
  readonly onFault: (intentId: string, error: unknown) => void;
}

const SILENT_CODES = ['PAS_NOT_RESPONDING', 'http-504'];

/** A fault of our own in an action must not stop the engine: it counts as an answer that says nothing. */
export function createIntentCalls(ports: IntentCallsPorts): Pick<EnginePorts, 'check' | 'send' | 'readBack'> {
  const runOf = (entry: Entry, urgency: ActionRun<Intent>['urgency']): ActionRun<Intent> => ({
    intent: ports.intentOf(entry.intentId),
    choice: entry.standing.choice,
    client: ports.client(),
    clock: ports.clock,
    evidence: ports.evidence,
    urgency,
    outcomeOf: ports.store.outcomeOf,
    fileOf: ports.store.fileOf,
    mayGoOn: () => ports.mayGoOn(entry),
  });
  const urgencyOf = ({ intentId }: Entry) => (ports.isWatched(intentId) ? 'clerk' : 'drain');

  function settle<T>(
    entry: Entry,
    work: () => Promise<T>,
    done: (value: T) => void,
    instead: (code: string) => T,
  ) {
    const broken = (error: unknown) => {
      ports.onFault(entry.intentId, error);
      return instead('own-fault');
    };
    void Promise.resolve().then(work).catch(broken).then(done);
  }

  const noteSilence = (intent: Intent, answer: Answer) => {
    const isSilent =
      (answer.kind === 'answered' || answer.kind === 'unknown') && SILENT_CODES.includes(answer.code);
    if (isSilent) ports.silence.note(intent.serviceId);
    else if (answer.kind === 'accepted') ports.silence.answered(intent.serviceId);
  };

  return {
    check: (entry, done) =>
      settle(
        entry,
        async (): Promise<Finding> => {
          const run = runOf(entry, urgencyOf(entry));
          if (ports.isSwitchedOff(run.intent.action)) return { kind: 'changed', code: 'action-switched-off' };
          return driverOf(run).check(run);
        },
        done,
        (code): Finding => ({ kind: 'not-readable', code }),
      ),
    send: (entry, correlationId, done) =>
      settle(
        entry,
        async () => {
          const run = runOf(entry, urgencyOf(entry));
          const answer = await driverOf(run).send(run, correlationId);
          noteSilence(run.intent, answer);
          return answer;
        },
        done,
        (code): Answer => ({ kind: 'unknown', code }),
      ),
    readBack: (entry, done) =>
      settle(
        entry,
        () => {
          const run = runOf(entry, 'read-back');
          return driverOf(run).readBack(run);
        },
        done,
        (code): Truth => ({ kind: 'not-readable', code }),
      ),
  };
}
