/** The composition root: builds the features in the order of their dependencies and joins them. Knows no host. */
import type { OutboxSummary } from '../contract/channels/outbox.ts';
import type { Outcome } from '../contract/outcome.ts';
import { createErsClient } from '../ers/create-ers-client.ts';
import { createCallAudit } from '../features/audit/call-audit.ts';
import { createConnection } from '../features/session/connection.ts';
import { createLetters } from '../features/letters/letters.ts';
import { intentTarget } from '../features/outbox/intent-target.ts';
import { createOutboxKeys } from '../features/outbox/outbox-keys.ts';
import { withoutOutbox } from '../features/outbox/summarise.ts';
import { createSession } from '../features/session/session.ts';
import { attributeCalls } from './attribute-calls.ts';
import { createDoor, type Sender } from './door.ts';
import { joinHandlers } from './join-handlers.ts';
import { openRecords, type OpenRecords } from './open-records.ts';
import { createKeeping } from './create-keeping.ts';
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
  stop(): Promise<void>;
}

/** Builds the application over its ports. */
export function createApp(ports: Ports): App {
  const { settings, clock, log, storage } = ports;
  const pushes = createPushes(log);
  const { push } = pushes;

  let records: OpenRecords | null = null;
  let writesOff = 'starting';

  const calls = attributeCalls(
    () => ersClient,
    () => ({ desk: session.seated(), sitting: session.sitting() }),
  );
  const client = () => calls.client;
  const desk = () => session.desk();

  const session = createSession({
    settings,
    provider: ports.sessionProvider,
    log,
    client,
    onChanged: (state) => push('session/changed', state),
    onDeskTaken() {
      records?.outbox.resume();
      keeping.catchUp();
    },
    onDeskLeft: () =>
      [reads, ...Object.values(writes), outboxKeys, keeping, callAudit].forEach((feature) =>
        feature.forget(),
      ),
  });

  const callAudit = createCallAudit({
    audit: () => records?.audit ?? null,
    desk: session.seated,
    clock,
    log,
    settings,
  });
  const connection = createConnection({
    clock,
    probe: (urgency) => ersClient.probe(urgency),
    isAttended: () => session.state().status !== 'signed-out',
    onChanged: (state) => push('session/connection-changed', state),
    onOnline: () => records?.outbox.connectionIsBack(),
  });

  const ersClient = createErsClient({
    settings,
    network: ports.network,
    clock,
    log,
    identity: session.identity,
    onCall: (call) => {
      connection.notice(call);
      const caller = calls.callerOf(call.correlationId);
      callAudit.record(call, caller?.desk ?? null);
      // The spine dialect has no token for PDS, so only e-RS itself can end the session. A session that is gone
      // already is what A003 wants, and a call of an earlier session says nothing about this one.
      const isOfThisSession = caller?.sitting === session.sitting();
      if (call.outcome === 'unauthorised' && !['PDS', 'A003'].includes(call.operation) && isOfThisSession)
        session.noticeEnded(call.codes[0] ?? 'session-ended');
    },
    holdBack: connection.holdBack,
  });

  ersClient.gate.onPause((untilMs) => connection.pause(untilMs));

  const reads = createReads({
    ports,
    client,
    desk,
    isOffline: connection.isOffline,
    callAudit,
    isShownElsewhere: (ubrn) => outboxKeys.isListed(ubrn) || keeping.isListed(ubrn),
    onOpened: (open) => keeping.noteOpened(open),
    onListShown: () => keeping.noteChanged(),
  });
  const { readCache, reference, worklist, referral, slots } = reads;
  const writing = {
    desk,
    clock,
    client,
    opened: referral.opened,
    outbox: () => records?.outbox ?? null,
    writesOffReason: () => writesOff,
    isOffline: connection.isOffline,
    targetOf: intentTarget,
    auditRefusal: callAudit.recordLocalEvent,
  };
  const writes = createWrites({
    writing,
    settings,
    session,
    referral,
    slots,
    reference,
    addTask: (task) => keeping.addTask(task),
    records: () => records,
  });
  const outboxKeys = createOutboxKeys({
    ...writing,
    client,
    store: () => records?.store ?? null,
    outbox: () => records?.outbox ?? null,
    auditHandover: (count) => callAudit.recordLocalEvent('', `handover-read-${count}`),
    auditReadBack: (ubrn) => callAudit.recordLocalEvent(ubrn, 'read-back-for-colleague'),
  });
  const letters = createLetters({
    client,
    clock,
    desk,
    opened: referral.opened,
    isUnsettled: (ubrn) => records?.outbox.isUnsettled(ubrn) ?? false,
    onFetched(ubrn) {
      records?.outbox.letterFetched(ubrn);
      keeping.letterFetched(ubrn);
    },
    auditUnmask: (ubrn) => callAudit.recordLocalEvent(ubrn, 'access-code-shown'),
  });

  const keeping = createKeeping({
    ports,
    client,
    desk,
    reference,
    worklist,
    referral,
    audit: callAudit.recordLocalEvent,
    push,
    records: () => records,
  });

  const summary = (): OutboxSummary => records?.outbox.summary() ?? withoutOutbox(writesOff);

  const handlers = joinHandlers({
    session,
    connection,
    ...reads,
    ...writes,
    letters,
    outbox: outboxKeys,
    keeping,
    summary,
    log,
  });

  async function open(): Promise<void> {
    const answer = await openRecords(ports, {
      client,
      desk,
      seated: session.seated,
      isOffline: connection.isOffline,
      auditHost: new URL(settings.baseUrl).host,
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
    keeping.begin(records.vault);
  }

  return {
    handle: createDoor({ handlers, log, clock }),
    onPush: pushes.listen,
    async start() {
      await open();
      push('outbox/changed', summary());
      log.write('info', 'app-started', { code: records === null ? writesOff : 'writes-on' });
    },
    async stop() {
      pushes.clear();
      records?.outbox.stop();
      connection.stop();
      readCache.stop();
      keeping.stop();
      await ports.network.close();
      storage.close();
    },
  };
}
