/** The composition root: builds the features in the order of their dependencies and joins them. Knows no host. */
import type { OutboxSummary } from '../contract/channels/outbox.ts';
import type { Outcome } from '../contract/outcome.ts';
import { intentTarget } from '../features/outbox/intent-target.ts';
import { createOutboxKeys } from '../features/outbox/outbox-keys.ts';
import { withoutOutbox } from '../features/outbox/summarise.ts';
import { createLinks } from '../features/session/open-link.ts';
import { createSession } from '../features/session/session.ts';
import { createSessionLife } from '../features/session/session-life.ts';
import { createTrailDesk, isClockRight } from './create-audit.ts';
import { createCalls } from './create-calls.ts';
import { createDeskDiagnostics } from './create-diagnostics.ts';
import { createDoor, type Sender } from './door.ts';
import { joinHandlers } from './join-handlers.ts';
import { openRecords, type OpenRecords } from './open-records.ts';
import { createKeeping } from './create-keeping.ts';
import { createLetterDesk } from './create-letter-desk.ts';
import { createReads } from './create-reads.ts';
import { createWrites } from './create-writes.ts';
import { createPushes, type PushListener } from './pushes.ts';
import type { Ports } from './ports.ts';

export interface App {
  /** The one door. Never throws; `sender` was judged by the host. */
  handle(channel: string, input: unknown, sender: Sender): Promise<Outcome<unknown>>;
  /** Every push, checked against its schema; returns the function that unsubscribes. */
  onPush(listener: PushListener): () => void;
  /** Opens the vault, settles what a crash interrupted. Reading works even when this finds writes off. */
  start(): Promise<void>;
  /**
   * Gives the session back (A003): resolves once its last call has come back and it is closed. Nothing new is sent
   * from here on. A call may take minutes, so the host waits as long as it can afford, and then stops all the same.
   */
  leave(): Promise<unknown>;
  stop(): Promise<void>;
}

/** So long after the last question of the page its person is taken to be reading. */
const IDLE_MS = 3_000;

/** Builds the application over its ports. */
export function createApp(ports: Ports): App {
  const { settings, clock, log, storage } = ports;
  const pushes = createPushes(log);
  const { push } = pushes;

  let records: OpenRecords | null = null;
  let writesOff = 'starting';
  let lastAskedMs = Number.NEGATIVE_INFINITY;

  const { calls, callAudit, connection, clockDrift, probe } = createCalls({
    ports,
    session: () => session,
    audit: () => records?.audit ?? null,
    push,
    onOnline() {
      life.backOnline();
      records?.outbox.connectionIsBack();
    },
  });
  const client = () => calls.client;
  const desk = () => session.desk();

  const session = createSession({
    settings,
    provider: ports.sessionProvider,
    log,
    client,
    calls: {
      clientOfNow: () => calls.clientFor({ desk: session.seated(), epoch: session.epoch() }),
      returned: (last) => calls.whenNoneOf(({ epoch }) => epoch <= last),
    },
    onChanged(state) {
      push('session/changed', state);
      life.follow();
    },
    onClosing: () => life.tellTimes(),
    onDeskTaken() {
      records?.outbox.resume();
      keeping.catchUp();
      printing.catchUp();
    },
    onDeskLeft: () =>
      [reads, ...Object.values(writes), outboxKeys, letters, printing, keeping, callAudit, life].forEach(
        (feature) => feature.forget(),
      ),
  });

  const reads = createReads({
    ports,
    client,
    desk,
    isOffline: connection.isOffline,
    callAudit,
    isShownElsewhere: (ubrn) =>
      outboxKeys.isListed(ubrn) || keeping.isListed(ubrn) || writes.refer.isMadeHere(ubrn),
    onRead: (referral) => printing.noteRead(referral),
    ubrnsKept: (nhsNumber) => keeping.ubrnsOf(nhsNumber),
    onOpened: (open) => keeping.noteOpened(open),
    onListShown: () => keeping.noteChanged(),
  });
  const { readCache, reference, worklist, referral } = reads;
  const writing = {
    ...{ desk, clock, client },
    opened: referral.opened,
    outbox: () => records?.outbox ?? null,
    writesOffReason: () => writesOff,
    isOffline: connection.isOffline,
    targetOf: intentTarget,
    auditRefusal: callAudit.recordLocalEvent,
  };
  const writes = createWrites({
    ...{ writing, settings, session, reads },
    addTask: (task) => keeping.addTask(task),
    records: () => records,
    kept: () => keeping.kept,
  });
  const outboxKeys = createOutboxKeys({
    ...writing,
    client,
    store: () => records?.store ?? null,
    outbox: () => records?.outbox ?? null,
    auditHandover: (count) => callAudit.recordLocalEvent('', `handover-read-${count}`),
    auditReadBack: (ubrn) => callAudit.recordLocalEvent(ubrn, 'read-back-for-colleague'),
  });
  const { letters, printing } = createLetterDesk({
    ...{ ports, client, desk, reads, push },
    userName: () => session.state().user?.name ?? '',
    isClockRight: () => isClockRight(clockDrift),
    keeping: () => keeping,
    records: () => records,
    writesOffReason: () => writesOff,
    audit: callAudit.recordLocalEvent,
  });

  const keeping = createKeeping({
    ...{ ports, client, desk, reference, worklist, referral },
    seated: session.seated,
    audit: callAudit.recordLocalEvent,
    push,
    records: () => records,
    onFollowed(item, intent) {
      printing.followItem(item, intent);
      writes.refer.followItem(item);
      writes.advice.followItem(item, intent);
    },
    isIdle: () => clock.monotonicMs() - lastAskedMs > IDLE_MS,
  });

  const life = createSessionLife({
    ...{ ports, session, push, kept: keeping.kept },
    canKeep: () => records !== null,
    isOffline: connection.isOffline,
    audit: callAudit.recordLocalEvent,
  });

  const onDisk = { records: () => records, writesOffReason: () => writesOff };
  const trailDesk = createTrailDesk({ ports, desk, clockDrift, ...onDisk });
  const diagnostics = createDeskDiagnostics({
    ...{ ports, session, probe, connection: connection.state, clockDrift: clockDrift.drift, ...onDisk },
  });

  const summary = (): OutboxSummary => records?.outbox.summary() ?? withoutOutbox(writesOff);

  const handlers = joinHandlers({
    ...{ session, life, connection, letters, printing, keeping, summary, diagnostics, trailDesk },
    ...reads,
    ...writes,
    outbox: outboxKeys,
    links: createLinks({ dialogs: ports.dialogs, isTraining: settings.environment === 'training' }),
  });

  async function open(): Promise<void> {
    const answer = await openRecords(ports, {
      client,
      desk,
      seated: session.seated,
      isOffline: connection.isOffline,
      auditHost: new URL(settings.baseUrl).host,
      versionOf: callAudit.versionOf,
      dayEndHour: () => settings.policies?.dayEndHour,
      contactByOf: keeping.contactByOf,
      onItem(stored, item) {
        push('outbox/item-changed', item);
        keeping.hear(stored, item);
        const booking = records?.bookings.view(stored, item) ?? null;
        if (booking !== null) push('booking/changed', booking);
      },
      onSummary: (counts) => push('outbox/changed', counts),
    });
    if (!answer.ok) {
      writesOff = answer.reason;
      return;
    }
    records = answer.records;
    readCache.begin(records.vault);
    keeping.begin(records);
    printing.begin(records);
    trailDesk.begin(records);
  }

  const door = createDoor({ handlers, log, clock });

  return {
    handle(...asked) {
      lastAskedMs = clock.monotonicMs();
      return door(...asked);
    },
    onPush: pushes.listen,
    async start() {
      await open();
      life.begin();
      push('outbox/changed', summary());
      log.write('info', 'app-started', { code: records === null ? writesOff : 'writes-on' });
    },
    leave: session.close,
    async stop() {
      pushes.clear();
      records?.outbox.stop();
      connection.stop();
      life.stop();
      readCache.stop();
      printing.stop();
      keeping.stop();
      await records?.trail.stop();
      await ports.pdfReader.close();
      await ports.network.close();
      storage.close();
    },
  };
}
