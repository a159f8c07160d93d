/** The composition root: builds the features in the order of their dependencies and joins them. Knows no host. */
import { pushPayloads } from '../../build/generated/channel-validators.js';
import type { PushChannel, PushPayload } from '../contract/channels.ts';
import type { OutboxSummary } from '../contract/channels/outbox.ts';
import { ok, type Outcome } from '../contract/outcome.ts';
import { createErsClient } from '../ers/create-ers-client.ts';
import { createAuditLog } from '../features/audit/audit-log.ts';
import { createCallAudit } from '../features/audit/call-audit.ts';
import { createBooking } from '../features/booking/booking.ts';
import { createConnection } from '../features/session/connection.ts';
import { createLetters } from '../features/letters/letters.ts';
import { createIntentStore } from '../features/outbox/intent-store.ts';
import { createOutbox, type Outbox } from '../features/outbox/outbox.ts';
import { createPatient, createPdsDirectory } from '../features/patient/patient.ts';
import { createReferral } from '../features/referral/referral.ts';
import { createSession } from '../features/session/session.ts';
import { createSlots } from '../features/slots/slots.ts';
import { openVault } from '../features/vault/vault.ts';
import { createWorklist } from '../features/worklist/worklist.ts';
import { attributeCalls } from './attribute-calls.ts';
import { upgradeDatabase } from './database-steps.ts';
import { createDoor, type Handlers, type Sender } from './door.ts';
import type { Audit, Ports } from './ports.ts';

type PushListener = (channel: PushChannel, payload: unknown) => void;

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
  const listeners = new Set<PushListener>();
  const push = <C extends PushChannel>(channel: C, payload: PushPayload<C>) => {
    if (pushPayloads[channel](payload)) listeners.forEach((listener) => tell(listener, channel, payload));
    else log.write('error', 'push-not-of-the-schema', { channel });
  };

  /** A window that has gone must not stop the booking whose state it would have shown. */
  const tell = (listener: PushListener, channel: PushChannel, payload: unknown) => {
    try {
      listener(channel, payload);
    } catch (error) {
      log.write('error', 'push-not-taken', {
        channel,
        reason: error instanceof Error ? error.name : 'unknown',
      });
    }
  };

  let audit: Audit | null = null;
  let outbox: Outbox | null = null;
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
    onDeskTaken: (taken) => outbox?.resume(taken),
    onDeskLeft: () =>
      [worklist, referral, slots, booking, patient, callAudit].forEach((feature) => feature.forget()),
  });

  const callAudit = createCallAudit({ audit: () => audit, desk: session.seated, clock, log, settings });
  const connection = createConnection({
    clock,
    onChanged: (state) => push('session/connection-changed', state),
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
  });

  ersClient.gate.onPause((untilMs) => connection.pause(untilMs));

  const directory =
    ports.patientDirectory ?? createPdsDirectory({ client, clock, dialect: settings.dialect });
  const patient = createPatient({ directory, clock, desk });
  const worklist = createWorklist({ client, clock, desk });
  const referral = createReferral({
    client,
    clock,
    desk,
    readPatient: patient.readDetails,
    isListed: worklist.isListed,
    ubrnsOf: worklist.ubrnsOf,
    historyOf: (ubrn) => callAudit.historyOf(ubrn),
    auditRefusal: callAudit.recordLocalEvent,
  });
  const slots = createSlots({ client, clock, desk, opened: referral.opened });
  const booking = createBooking({
    desk,
    opened: referral.opened,
    allOpened: referral.allOpened,
    seen: slots.seen,
    outbox: () => outbox,
    writesOffReason: () => writesOff,
    auditRefusal: callAudit.recordLocalEvent,
  });
  const letters = createLetters({
    client,
    clock,
    desk,
    opened: referral.opened,
    isUnsettled: (ubrn) => outbox?.isUnsettled(ubrn) ?? false,
    auditUnmask: (ubrn) => callAudit.recordLocalEvent(ubrn, 'access-code-shown'),
  });

  const summary = (): OutboxSummary =>
    outbox?.summary() ?? { open: 0, unknown: 0, canWrite: false, writesOffReason: writesOff };

  const handlers: Handlers = {
    'session/read-state': () => ok(session.state()),
    'session/sign-in': session.signIn,
    'session/choose-role': session.chooseRole,
    'session/sign-out': session.signOut,
    'session/lock': session.lock,
    'session/unlock': session.unlock,
    'session/read-environment': session.readEnvironment,
    'session/read-connection': () => ok(connection.state()),
    'patient/read-names': patient.readNames,
    'worklist/fetch': worklist.fetch,
    'referral/find': referral.find,
    'referral/open': referral.openReferral,
    'referral/reread': referral.reread,
    'referral/close': referral.close,
    'slots/search': slots.search,
    'slots/read-page': slots.readPage,
    'booking/review-slot': booking.reviewSlot,
    'booking/commit': booking.commit,
    'booking/close-review': booking.closeReview,
    'booking/read-state': booking.readState,
    'booking/read-back': booking.readBack,
    'letters/fetch': letters.fetch,
    'letters/record-unmask': letters.recordUnmask,
    'outbox/read-summary': () => ok(summary()),
    'diagnostics/report-fault': ({ kind, place }) => {
      log.write('error', 'renderer-fault', { code: kind, reason: place });
      return ok({});
    },
  };

  async function openRecords(): Promise<void> {
    try {
      upgradeDatabase(storage);
      const vault = await openVault(ports.secrets, storage);
      if (!vault.ok) {
        writesOff = vault.problem.code;
        return;
      }
      const trail = createAuditLog({ storage, clock, vault: vault.value });
      audit = trail;
      outbox = createOutbox({
        store: createIntentStore({ storage, clock, vault: vault.value }),
        storage,
        audit: trail,
        clock,
        log,
        client,
        desk,
        seated: session.seated,
        auditHost: new URL(settings.baseUrl).host,
        onBooking: (state) => push('booking/changed', state),
        onSummary: (counts) => push('outbox/changed', counts),
      });
      outbox.settleInterrupted();
    } catch (error) {
      writesOff = String((error as { code?: unknown }).code ?? 'storage-failed');
      outbox = null;
      log.write('error', 'records-not-open', { reason: writesOff });
    }
  }

  return {
    handle: createDoor({ handlers, log, clock }),
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      await openRecords();
      push('outbox/changed', summary());
      log.write('info', 'app-started', { code: writesOff === 'starting' ? 'writes-on' : writesOff });
    },
    async stop() {
      listeners.clear();
      outbox?.stop();
      await ports.network.close();
      storage.close();
    },
  };
}
