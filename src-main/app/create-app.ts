/** The composition root: builds the features in the order of their dependencies and joins them. Knows no host. */
import type { OutboxSummary } from '../contract/channels/outbox.ts';
import { fail, type Outcome } from '../contract/outcome.ts';
import { createErsClient } from '../ers/create-ers-client.ts';
import { createCallAudit } from '../features/audit/call-audit.ts';
import { createBooking } from '../features/booking/booking.ts';
import { createDeferral } from '../features/booking/deferral.ts';
import { createConnection } from '../features/session/connection.ts';
import { createLetters } from '../features/letters/letters.ts';
import { intentTarget } from '../features/outbox/intent-target.ts';
import { createOutboxKeys } from '../features/outbox/outbox-keys.ts';
import { withoutOutbox } from '../features/outbox/summarise.ts';
import { createPatient, createPdsDirectory } from '../features/patient/patient.ts';
import { createReadCache } from '../features/read-cache/read-cache.ts';
import { createReferral } from '../features/referral/referral.ts';
import { createSession } from '../features/session/session.ts';
import { createSlots } from '../features/slots/slots.ts';
import { createWorklist } from '../features/worklist/worklist.ts';
import { attributeCalls } from './attribute-calls.ts';
import { createDoor, type Sender } from './door.ts';
import { joinHandlers } from './join-handlers.ts';
import { openRecords, type OpenRecords } from './open-records.ts';
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
    onDeskTaken: () => records?.outbox.resume(),
    onDeskLeft: () =>
      [worklist, referral, slots, booking, deferral, outboxKeys, patient, callAudit].forEach((feature) =>
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

  const directory =
    ports.patientDirectory ?? createPdsDirectory({ client, clock, dialect: settings.dialect });
  const readCache = createReadCache({ storage, clock, log, service: settings.baseUrl });
  const reading = { client, clock, desk, cache: readCache, isOffline: connection.isOffline };
  const patient = createPatient({ ...reading, directory, ubrnsOf: (number) => worklist.ubrnsOf(number) });
  const worklist = createWorklist(reading);
  const referral = createReferral({
    ...reading,
    readPatient: patient.readDetails,
    isListed: (ubrn) => worklist.isListed(ubrn) || outboxKeys.isListed(ubrn),
    ubrnsOf: worklist.ubrnsOf,
    historyOf: (ubrn) => callAudit.historyOf(ubrn),
    auditRefusal: callAudit.recordLocalEvent,
  });
  const slots = createSlots({ ...reading, opened: referral.opened });
  const writing = {
    desk,
    clock,
    opened: referral.opened,
    outbox: () => records?.outbox ?? null,
    writesOffReason: () => writesOff,
    isOffline: connection.isOffline,
    targetOf: intentTarget,
    auditRefusal: callAudit.recordLocalEvent,
  };
  const booking = createBooking({
    ...writing,
    allOpened: referral.allOpened,
    seen: slots.seen,
    silentSince: (serviceId) => records?.outbox.silentSince(serviceId) ?? null,
    bookingOf: (ubrn) => records?.bookings.bookingOf(ubrn) ?? null,
    readBookingBack: (intentId) => records?.bookings.readBack(intentId) ?? fail('writes-off', writesOff),
  });
  const deferral = createDeferral({
    ...writing,
    refusalOf: (ubrn, serviceId) => records?.outbox.evidence.freshest(ubrn, serviceId) ?? null,
    emptySearchOf: slots.evidenceOf,
    foundAt: slots.foundAt,
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
    onFetched: (ubrn) => records?.outbox.letterFetched(ubrn),
    auditUnmask: (ubrn) => callAudit.recordLocalEvent(ubrn, 'access-code-shown'),
  });

  const summary = (): OutboxSummary => records?.outbox.summary() ?? withoutOutbox(writesOff);

  const handlers = joinHandlers({
    session,
    connection,
    patient,
    worklist,
    referral,
    slots,
    booking,
    deferral,
    letters,
    outbox: outboxKeys,
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
      onItem(stored, item) {
        push('outbox/item-changed', item);
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
      await ports.network.close();
      storage.close();
    },
  };
}
