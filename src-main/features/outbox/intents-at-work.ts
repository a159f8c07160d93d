/** The open intents in memory: taken in from disk, run by the engine, every step recorded with its audit row. */
import { randomUUID } from 'node:crypto';
import { toIso } from '../../contract/london-time.ts';
import { saidAtMs, type Evidence } from './actions/evidence.ts';
import { createEngine, type Engine, type EnginePorts, type Entry, type StepRecord } from './engine.ts';
import { createIntentCalls } from './intent-calls.ts';
import { intentEntry, quarantineEntry } from './intent-entry.ts';
import type { StoredIntent, UnreadableIntent } from './intent-store.ts';
import type { LentIntents } from './lent-intents.ts';
import { lineOf } from './line-of.ts';
import { noteRefusal } from './note-refusal.ts';
import type { OutboxPorts } from './outbox-ports.ts';
import { isDesk, ownerKey } from './owner.ts';
import type { ProviderSilence } from './provider-silence.ts';
import { newStanding, revive } from './protocol/machine.ts';
import type { Intent, IntentOwner } from './record-schemas.ts';

/** An intent as this process has taken it in; the correlation id and `sentAt` are those of its last send. */
interface Known {
  readonly intent: Intent;
  readonly owner: IntentOwner;
  readonly createdAt: string;
  correlationId: string;
  sentAt: string;
}

export interface IntentsAtWork {
  readonly engine: Engine;
  /** Takes in an intent that is on disk: one just written, or one that an earlier start left. */
  take(stored: StoredIntent, isNew: boolean): void;
  ownerOf(intentId: string): IntentOwner | null;
  /** A defect of ours was found in this action (412): no more of it until the next start (safety.md, fact 5). */
  isSwitchedOff(action: Intent['action']): boolean;
  isAppliedSinceStart(intentId: string): boolean;
}

interface AtWorkPorts extends OutboxPorts {
  readonly evidence: Evidence;
  readonly silence: ProviderSilence;
  readonly lent: LentIntents;
  readonly isWatched: (intentId: string) => boolean;
  readonly onMoved: (entry: Entry) => void;
  readonly onFault: EnginePorts['onFault'];
}

/** Starts with what is on disk and not settled; throws `StorageFault` when that cannot be read. */
export function createIntentsAtWork(ports: AtWorkPorts): IntentsAtWork {
  const { store, clock, auditHost } = ports;
  const known = new Map<string, Known>();
  const applied = new Set<string>();
  const answeredAtMs = new Map<string, number>();
  const switchedOff = new Set<Intent['action']>();

  function knownOf(intentId: string): Known {
    const found = known.get(intentId);
    if (found === undefined) throw new Error('an intent that was not taken in');
    return found;
  }

  function record(intentId: string, { step, correlationId }: StepRecord): void {
    const at = knownOf(intentId);
    const { state, code, attempt, choice } = step.next;
    const sent: { correlationId?: string; sentAt?: string } =
      correlationId === undefined ? {} : { correlationId, sentAt: toIso(clock.nowMs()) };
    const result = step.result === undefined ? {} : { result: step.result };
    const audited = {
      ...{ state, code, attempt, correlationId: correlationId ?? at.correlationId },
      ...{ askedAt: at.createdAt, sentAt: sent.sentAt ?? at.sentAt, result: step.result ?? null },
      versionAfter: state === 'APPLIED' ? (ports.versionOf?.(at.intent.ubrn) ?? null) : null,
    };
    store.change(intentId, { state, code, attempt, choice, ...sent, ...result }, () =>
      ports.audit.append(intentEntry(auditHost, at.owner, at.intent, audited)),
    );
    at.correlationId = audited.correlationId;
    at.sentAt = audited.sentAt;
    if (state === 'APPLIED') applied.add(intentId);
    if (state === 'REJECTED' && code === 'http-412') switchedOff.add(at.intent.action);
    // The read-back that settles an answer may come much later: its age counts from the answer.
    if (state === 'RECONCILING' && step.next.readBacks === 0)
      answeredAtMs.set(intentId, saidAtMs(step.next, clock.monotonicMs()));
    const ageMs = clock.monotonicMs() - (answeredAtMs.get(intentId) ?? clock.monotonicMs());
    noteRefusal(ports.evidence, at.intent, step.next, ageMs);
  }

  /** A record that does not open is set apart: kept as it is, shown, never sent (attack S29). */
  function quarantine({ intentId, attempt, choice }: UnreadableIntent): void {
    store.change(intentId, { state: 'QUARANTINED', code: 'record-not-readable', attempt, choice }, () =>
      ports.audit.append(quarantineEntry(auditHost, intentId)),
    );
  }

  const engine = createEngine({
    clock,
    record,
    reload(intentId) {
      const row = store.read(intentId);
      if (row?.kind !== 'stored') return null;
      const { intent } = row.stored;
      return { ...row.stored, action: intent.action, choices: choicesOf(intent) };
    },
    ...createIntentCalls({
      client: ports.client,
      clock,
      evidence: ports.evidence,
      silence: ports.silence,
      store,
      intentOf: (intentId) => knownOf(intentId).intent,
      isWatched: ports.isWatched,
      isSwitchedOff: (action) => switchedOff.has(action),
      mayGoOn: ({ intentId, owner }) =>
        isDesk(ports.seated(), owner) || ports.lent.isLentTo(intentId, ports.seated()?.sitting),
      onFault: ports.onFault,
    }),
    mayAct: (owner) => isDesk(ports.desk(), owner),
    mayRead: (owner) => isDesk(ports.seated(), owner),
    isOffline: ports.isOffline,
    sitting: () => ports.seated()?.sitting ?? 0,
    newCorrelationId: randomUUID,
    onMoved: ports.onMoved,
    onFault: ports.onFault,
  });

  function take(stored: StoredIntent, isNew: boolean): void {
    const { intent, owner, order, correlationId, createdAt } = stored;
    const { intentId, isUrgent, action } = intent;
    known.set(intentId, { intent, owner, createdAt, correlationId, sentAt: stored.sentAt ?? '' });
    const [choices, nowMs] = [choicesOf(intent), clock.monotonicMs()];
    const standing = isNew
      ? newStanding(action, choices, nowMs)
      : revive({ ...stored, action, choices }, nowMs);
    const place = { line: lineOf(intent), service: intent.serviceId, owner: ownerKey(owner) };
    engine.take({ intentId, order, ...place, isUrgent, standing });
  }

  for (const row of store.open()) {
    if (row.kind === 'stored') take(row.stored, false);
    else if (row.row.state !== 'QUARANTINED') quarantine(row.row);
  }

  return {
    engine,
    take,
    ownerOf: (intentId) => known.get(intentId)?.owner ?? null,
    isSwitchedOff: (action) => switchedOff.has(action),
    isAppliedSinceStart: (intentId) => applied.has(intentId),
  };
}

const choicesOf = (intent: Intent) => (intent.action === 'book' ? intent.slots.length : 1);
