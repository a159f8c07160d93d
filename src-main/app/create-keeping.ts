/** What a person keeps at this desk beyond a sitting: lists, filters and tasks, and what puts referrals on them. */
import type { OutboxItem } from '../contract/channels/outbox.ts';
import { toIso } from '../contract/london-time.ts';
import type { ErsClient } from '../ers/client.ts';
import { createKeptRecords, keptTable, type KeptRecords } from '../features/kept-records/kept-records.ts';
import { readContactBy } from '../features/lists/contact-days.ts';
import { printTable } from '../features/letters/printing/print-log.ts';
import { createLists, type ListsFeature } from '../features/lists/lists.ts';
import { intentTables } from '../features/outbox/intent-tables.ts';
import type { StoredIntent } from '../features/outbox/intent-store.ts';
import { isDesk, ownerKey, ownerOf } from '../features/outbox/owner.ts';
import { reasonOf } from '../features/outbox/reason-of.ts';
import type { Intent } from '../features/outbox/record-schemas.ts';
import type { ReferenceData } from '../features/read-cache/reference-data.ts';
import type { OpenReferral, ReferralFeature } from '../features/referral/referral.ts';
import type { Desk } from '../features/session/session.ts';
import { createSettings, type SettingsFeature } from '../features/settings/settings.ts';
import { createTasks, type TasksFeature } from '../features/tasks/tasks.ts';
import { startResealing, type Resealing } from '../features/vault/resealing.ts';
import type { WorklistFeature } from '../features/worklist/worklist.ts';
import type { OpenRecords } from './open-records.ts';
import type { Ports } from './ports.ts';
import type { Pushes } from './pushes.ts';

/** What was settled while nobody looked, e.g. behind the lock, is taken in at the next sign-in or unlock. */
const LOOK_BACK_MS = 7 * 24 * 3_600_000;

export interface Keeping {
  readonly handlers: ListsFeature['handlers'] & TasksFeature['handlers'] & SettingsFeature['handlers'];
  readonly addTask: TasksFeature['addTask'];
  readonly contactByOf: ListsFeature['contactByOf'];
  readonly noteOpened: ListsFeature['noteOpened'];
  readonly letterPrinted: ListsFeature['letterPrinted'];
  /** What is known of a referral that was listed or opened in this sitting; null for any other (hazard 1). */
  readonly seen: ListsFeature['seen'];
  /** The lists of e-RS that were read show other rows. */
  readonly noteChanged: () => void;
  /** True when a list or the tasks of this sitting showed the referral. */
  readonly isListed: (ubrn: string) => boolean;
  readonly ubrnsOf: (nhsNumber: string) => string[];
  /** An item of the person at the desk has moved. Comes back at once; what follows from it comes after. */
  readonly hear: (stored: StoredIntent, item: OutboxItem) => void;
  /** Somebody has taken the desk. */
  readonly catchUp: () => void;
  /** What a person keeps, for features that keep something small. */
  readonly kept: KeptRecords;
  readonly begin: (records: OpenRecords) => void;
  readonly forget: () => void;
  readonly stop: () => void;
}

interface Parts {
  readonly ports: Pick<Ports, 'settings' | 'deskSettings' | 'clock' | 'log' | 'storage'>;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  /** The same, locked or not. */
  readonly seated: () => Desk | null;
  readonly reference: Pick<ReferenceData, 'read'>;
  readonly worklist: Pick<WorklistFeature, 'rowOf' | 'rows'>;
  readonly referral: Pick<ReferralFeature, 'opened'>;
  readonly audit: (ubrn: string, code: string) => void;
  readonly push: Pushes['push'];
  readonly records: () => OpenRecords | null;
  /** What became of an item of the person at the desk was taken in. */
  readonly onFollowed: (item: OutboxItem, intent: Intent) => void;
  /** True while nobody waits for an answer. */
  readonly isIdle: () => boolean;
}

export function createKeeping(parts: Parts): Keeping {
  const { ports, client, desk, worklist, referral, push, records } = parts;
  const { clock, log, storage, settings } = ports;
  const kept = createKeptRecords({ storage, clock, log, service: settings.baseUrl });
  let isStopped = false;
  let resealing: Resealing | null = null;
  const deskSettings = createSettings({
    deskSettings: ports.deskSettings,
    kept,
    desk,
    seated: parts.seated,
    vault: () => records()?.vault ?? null,
    onKeyChanged: () => resealing?.noteKeyChanged(),
    audit: parts.audit,
    onLookChanged: (look) => push('settings/look-changed', look),
  });
  const tasks = createTasks({
    kept,
    clock,
    desk,
    seen: (ubrn) => lists.seen(ubrn),
    audit: parts.audit,
    onChanged(counts) {
      push('tasks/changed', counts);
      lists.noteChanged();
    },
  });
  const lists = createLists({
    kept,
    clock,
    log,
    desk,
    opened: referral.opened,
    rowOf: worklist.rowOf,
    rows: worklist.rows,
    tasksDue: tasks.dueToday,
    readContactBy: (ubrn, action) =>
      readContactBy({ client, readReference: parts.reference.read }, ubrn, action),
    onChanged: (change) => push('lists/changed', change),
    onContactBy: (intentId) => behind(() => pushAgain(intentId)),
  });

  /** The item says more now than when it was pushed. */
  function pushAgain(intentId: string): void {
    const open = records();
    const row = open?.store.read(intentId);
    if (open == null || row?.kind !== 'stored') return;
    // Whose item it is may have left while the day was read (attack S38).
    if (isDesk(desk(), ownerKey(row.stored.owner))) push('outbox/item-changed', open.outbox.view(row.stored));
  }

  function follow({ intent, owner }: StoredIntent, item: OutboxItem): void {
    // Whose item it is may have left meanwhile: it is taken in when they are back.
    if (!isDesk(desk(), ownerKey(owner))) return;
    lists.followItem(item, intent);
    tasks.followItem(item, intent);
    parts.onFollowed(item, intent);
  }

  /** Runs what follows from an answer or a push behind it: a fault there must not stop the outbox. */
  function behind(work: () => void): void {
    const sitting = desk()?.sitting;
    clock.schedule(0, () => {
      try {
        if (!isStopped && desk()?.sitting === sitting) work();
      } catch (error) {
        log.write('error', 'follow-up-failed', { reason: reasonOf(error) });
      }
    });
  }

  function catchUp(): void {
    const [seated, open] = [desk(), records()];
    if (seated === null || open === null) return;
    const rows = open.store.listFor(ownerOf(seated), toIso(clock.nowMs() - LOOK_BACK_MS));
    const stored = rows.flatMap((row) => (row.kind === 'stored' ? [row.stored] : []));
    // Oldest first: a booking after a cancellation is not one before it.
    stored.reverse().forEach((one) => follow(one, open.outbox.view(one)));
  }

  return {
    handlers: { ...lists.handlers, ...tasks.handlers, ...deskSettings.handlers },
    addTask: tasks.addTask,
    contactByOf: lists.contactByOf,
    noteOpened: (open: OpenReferral) => behind(() => lists.noteOpened(open)),
    letterPrinted: (ubrn) => behind(() => lists.letterPrinted(ubrn)),
    seen: lists.seen,
    noteChanged: () => behind(lists.noteChanged),
    isListed: (ubrn) => lists.isListed(ubrn) || tasks.isListed(ubrn),
    ubrnsOf: lists.ubrnsOf,
    hear: (stored, item) => behind(() => follow(stored, item)),
    kept,
    catchUp() {
      deskSettings.begin();
      behind(catchUp);
    },
    begin({ vault, lease }) {
      kept.begin(vault);
      const tables = [...intentTables(vault), keptTable, printTable];
      const { assertHeld } = lease;
      resealing = startResealing({ storage, vault, assertHeld, tables, clock, log, isIdle: parts.isIdle });
    },
    forget() {
      lists.forget();
      tasks.forget();
      deskSettings.forget();
      kept.forget();
    },
    stop() {
      isStopped = true;
      resealing?.stop();
      lists.forget();
      kept.stop();
    },
  };
}
