/** Every write of the product goes through here: first on disk, then sent once, then read back (safety.md). */
import type { OutboxItem, OutboxSummary } from '../../contract/channels/outbox.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Desk } from '../session/session.ts';
import { createEvidence, type Evidence } from './actions/evidence.ts';
import { atDayEnds } from './day-end.ts';
import { createDrain } from './drain.ts';
import { dropUnreadable } from './drop-unreadable.ts';
import type { Engine, Entry } from './engine.ts';
import { intentEntry } from './intent-entry.ts';
import type { StoredIntent } from './intent-store.ts';
import { createIntentsAtWork } from './intents-at-work.ts';
import { standingOf, viewItem } from './item-view.ts';
import { createLentIntents } from './lent-intents.ts';
import { createLineWrites } from './line-writes.ts';
import type { OutboxPorts } from './outbox-ports.ts';
import { isDesk, ownerKey, ownerOf } from './owner.ts';
import { createProviderSilence } from './provider-silence.ts';
import { isTerminal } from './protocol/intent-states.ts';
import { reasonOf } from './reason-of.ts';
import type { Intent, IntentWithUploads, UploadFileIntent } from './record-schemas.ts';
import { keepTidy } from './retention.ts';
import { summarise } from './summarise.ts';

export interface Outbox {
  /** Writes the intent down, then starts it. Answers once it is durable, or says that it is not saved. */
  readonly ask: (desk: Desk, intent: Intent) => Outcome<OutboxItem>;
  /**
   * The same of a write and the files that go with it: the uploads in their order, then the write that names them. All
   * of it is durable, or nothing is; answers with the item of the write.
   */
  readonly askWithFiles: (
    desk: Desk,
    uploads: readonly UploadFileIntent[],
    intent: IntentWithUploads,
  ) => Outcome<OutboxItem>;
  readonly view: (stored: StoredIntent) => OutboxItem;
  /**
   * True while a write of the line is not settled and no person decides on it, whoever made it. The line is a UBRN, or
   * of a patient (`lineOf`) for what has none yet.
   */
  readonly isUnsettled: (line: string) => boolean;
  /** Writes of the line that went out and on which a person decides now, whoever made them. */
  readonly leftToClerk: (line: string) => readonly Pick<StoredIntent, 'intent' | 'sentAt'>[];
  /** Figures alone, also of a locked desk. */
  readonly summary: () => OutboxSummary;
  readonly engine: Engine;
  readonly evidence: Evidence;
  /** Since when a provider's system has been silent (wall clock milliseconds), or null. */
  readonly silentSince: (serviceId: string) => number | null;
  readonly isAppliedSinceStart: (intentId: string) => boolean;
  /** Marks that the clerk waits for this intent now. */
  readonly watch: (intentId: string) => void;
  /** Somebody has taken the desk: what may go on goes on. */
  readonly resume: () => void;
  readonly connectionIsBack: () => void;
  /** A letter that was asked for is printed. */
  readonly letterPrinted: (ubrn: string) => void;
  /** Reads back a colleague's intent in this sitting; null when there is nothing to read, else its end. */
  readonly readForColleague: (desk: Desk, intentId: string) => Promise<void> | null;
  /** Takes back a row that was set apart because its record does not open; false when it is none of this person's. */
  readonly dropUnreadable: (desk: Desk, intentId: string, reason: string) => boolean;
  readonly stop: () => void;
}

/** Takes in what is on disk; throws `StorageFault` when that cannot be read. */
export function createOutbox(ports: OutboxPorts): Outbox {
  const { store, clock, log } = ports;
  const watched = new Set<string>();
  const evidence = createEvidence(clock);
  const silence = createProviderSilence(clock);
  const lent = createLentIntents();
  const drain = createDrain();

  const work = createIntentsAtWork({
    ...ports,
    evidence,
    silence,
    lent,
    isWatched: (intentId) => watched.has(intentId),
    onMoved: moved,
    onFault: (intentId, error) =>
      log.write('error', 'intent-stopped', { reason: reasonOf(error), correlationId: intentId }),
  });
  const { engine } = work;
  const liveStanding = (intentId: string) => engine.entry(intentId)?.standing ?? null;
  const ownEntries = () => engine.entries().filter((entry) => isDesk(ports.seated(), entry.owner));

  function moved({ intentId, standing }: Entry): void {
    const isAtRest =
      ['WAITING', 'HELD', 'NEEDS_CLERK'].includes(standing.state) || isTerminal(standing.state);
    if (isAtRest) watched.delete(intentId);
    if (standing.state !== 'RECONCILING') lent.giveBack(intentId);
    show(intentId);
  }

  const view = (stored: StoredIntent): OutboxItem => {
    const { intentId } = stored.intent;
    const entry = engine.entry(intentId);
    const standing = standingOf(stored, entry?.standing ?? null, clock.monotonicMs());
    const isStalled = entry?.isStalled ?? false;
    const contactBy = ports.contactByOf?.(intentId) ?? null;
    return viewItem({ stored, standing, isStalled, behind: engine.behind(intentId), contactBy }, clock);
  };

  /** Shows what is on disk; a row that cannot be read now is not shown, the step it records stands all the same. */
  function show(intentId: string): void {
    const owner = work.ownerOf(intentId);
    // What belongs to another person is recorded, not shown (attack S38); a locked desk is told figures only.
    if (owner !== null && isDesk(ports.desk(), ownerKey(owner))) showItem(intentId);
    ports.onSummary(summary());
  }

  function showItem(intentId: string): void {
    try {
      const row = store.read(intentId);
      if (row?.kind === 'stored') ports.onItem(row.stored, view(row.stored));
    } catch (error) {
      log.write('error', 'intent-not-shown', { reason: reasonOf(error) });
    }
  }

  function summary(): OutboxSummary {
    const desk = ports.seated();
    return summarise(ports, desk === null ? null : ownerOf(desk), () => drain.progress(ownEntries()));
  }

  const { writesFor, replacedBy } = createLineWrites({ store, clock, standing: liveStanding });

  /** Asks for `intent`, and for `uploads` ahead of it. */
  function askAll(desk: Desk, uploads: readonly UploadFileIntent[], intent: Intent): Outcome<OutboxItem> {
    const owner = ownerOf(desk);
    const step = { ...NEW_STEP, askedAt: toIso(clock.nowMs()) };
    const intents = [...uploads, intent];
    if (intents.some(({ action }) => work.isSwitchedOff(action)))
      return fail('rejected', 'action-switched-off');
    try {
      const replaced = replacedBy(desk, intent);
      if (!replaced.ok) return replaced;
      const stored = store.addAll(owner, intents, (written) =>
        ports.audit.append(intentEntry(ports.auditHost, owner, written, step)),
      );
      for (const one of stored) {
        watched.add(one.intent.intentId);
        work.take(one, true);
      }
      replaced.value.forEach((intentId) => engine.tell(intentId, { kind: 'withdraw', code: 'redone' }));
      // The answer goes out first: what follows comes as pushes, in their order.
      clock.schedule(0, () => {
        stored.forEach((one) => show(one.intent.intentId));
        engine.pump();
      });
      return ok(view(stored.at(-1) as StoredIntent));
    } catch (error) {
      return fail('writes-off', `not-saved-${reasonOf(error)}`);
    }
  }

  function goOn(how: () => void): void {
    drain.begin(ownEntries());
    how();
    ports.onSummary(summary());
  }

  const tellSummary = () => ports.onSummary(summary());
  const dayEndHour = () => ports.dayEndHour?.();
  const endings = [atDayEnds(clock, dayEndHour, tellSummary), keepTidy(ports), engine.stop];

  return {
    ask: (desk, intent) => askAll(desk, [], intent),
    askWithFiles: askAll,
    view,
    isUnsettled: (line) => writesFor(line).some(({ state }) => state !== 'NEEDS_CLERK'),
    leftToClerk: (line) =>
      writesFor(line).filter(({ state, sentAt }) => state === 'NEEDS_CLERK' && sentAt !== null),
    summary,
    engine,
    evidence,
    silentSince: silence.since,
    isAppliedSinceStart: work.isAppliedSinceStart,
    watch: (intentId) => void watched.add(intentId),
    resume: () => goOn(engine.pump),
    connectionIsBack: () => goOn(engine.connectionIsBack),
    letterPrinted(ubrn) {
      for (const { intentId, line, standing } of ownEntries())
        if (line === ubrn && standing.action === 'letter') engine.tell(intentId, { kind: 'carried-out' });
    },
    dropUnreadable: (desk, intentId, reason) => dropUnreadable(ports, ownerOf(desk), intentId, reason),
    readForColleague(desk, intentId) {
      // Asked for twice, it is read once: the first asking waits for it.
      if (lent.isLentTo(intentId, desk.sitting)) return null;
      const isRead = lent.lend(intentId, desk.sitting);
      if (engine.tell(intentId, { kind: 'read-now' })) return isRead;
      lent.giveBack(intentId);
      return null;
    },
    stop: () => endings.forEach((end) => end()),
  };
}

const NEW_STEP = { state: 'QUEUED', code: '', correlationId: '', attempt: 0, sentAt: '' } as const;
