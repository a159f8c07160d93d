/**
 * The application without the screens that do not ask for cancellations yet: the same session, connection, client,
 * audit, vault, store and outbox, joined as in `create-app.ts`, with the outbox's `ask` within reach.
 */
import type { PushChannel } from '../../../src-main/contract/channels.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { attributeCalls } from '../../../src-main/app/attribute-calls.ts';
import type { App } from '../../../src-main/app/create-app.ts';
import { openRecords, type OpenRecords } from '../../../src-main/app/open-records.ts';
import type { Ports } from '../../../src-main/app/ports.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import { createCallAudit } from '../../../src-main/features/audit/call-audit.ts';
import { createOutboxKeys } from '../../../src-main/features/outbox/outbox-keys.ts';
import { reasonOf } from '../../../src-main/features/outbox/reason-of.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import { createConnection } from '../../../src-main/features/session/connection.ts';
import { createSession } from '../../../src-main/features/session/session.ts';

export interface CancellingApp extends App {
  /** Asks the outbox for a write as a screen would. */
  ask(intent: Intent): Outcome<OutboxItem>;
}

type Handler = (input: never) => Outcome<unknown> | Promise<Outcome<unknown>>;

export function createCancellingApp(ports: Ports): CancellingApp {
  const { settings, clock, log } = ports;
  const listeners = new Set<(channel: PushChannel, payload: unknown) => void>();
  const push = (channel: PushChannel, payload: unknown) =>
    listeners.forEach((listener) => listener(channel, payload));
  let records: OpenRecords | null = null;
  let writesOff = 'starting';

  const calls = attributeCalls(
    () => ersClient,
    () => ({ desk: session.seated(), epoch: session.epoch() }),
  );
  const client = () => calls.client;
  const session = createSession({
    settings,
    provider: ports.sessionProvider,
    log,
    client,
    calls: {
      clientOfNow: () => calls.clientFor({ desk: session.seated(), epoch: session.epoch() }),
      returned: (last) => calls.whenNoneOf(({ epoch }) => epoch <= last),
    },
    onChanged: (state) => push('session/changed', state),
    onDeskTaken: () => records?.outbox.resume(),
    onDeskLeft: () => callAudit.forget(),
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
    onCall(call) {
      connection.notice(call);
      const caller = calls.callerOf(call.correlationId);
      callAudit.record(call, caller?.desk ?? null);
      const isOfThisSession = caller?.epoch === session.epoch();
      if (call.outcome === 'unauthorised' && call.operation !== 'A003' && isOfThisSession)
        session.noticeEnded(call.codes[0] ?? 'session-ended');
    },
    holdBack: connection.holdBack,
  });
  ersClient.gate.onPause((untilMs) => connection.pause(untilMs));

  const keys = createOutboxKeys({
    store: () => records?.store ?? null,
    outbox: () => records?.outbox ?? null,
    writesOffReason: () => writesOff,
    desk: session.desk,
    client,
    clock,
    opened: () => null,
    auditHandover: (count) => callAudit.recordLocalEvent('', `handover-read-${count}`),
    auditReadBack: (ubrn) => callAudit.recordLocalEvent(ubrn, 'read-back-for-colleague'),
  });
  const handlers = new Map<string, Handler>(
    Object.entries({
      'session/sign-in': session.signIn,
      'session/choose-role': session.chooseRole,
      'session/sign-out': session.signOut,
      'session/lock': session.lock,
      'session/unlock': session.unlock,
      'outbox/read-summary': () =>
        records === null ? fail('writes-off', writesOff) : ok(records.outbox.summary()),
      'outbox/read-items': keys.readItems,
      'outbox/read-item': keys.readItem,
      'outbox/confirm': keys.confirm,
      'outbox/withdraw': keys.withdraw,
      'outbox/edit': keys.edit,
      'outbox/read-back': keys.readBack,
      'outbox/read-handover': keys.readHandover,
      'outbox/read-back-for-colleague': keys.readBackForColleague,
    } satisfies Record<string, Handler>),
  );

  return {
    async handle(channel, input) {
      const handler = handlers.get(channel);
      if (handler === undefined) return fail('invalid-input', 'unknown-channel');
      try {
        return await handler(input as never);
      } catch (error) {
        // As the door does.
        return fail('internal', reasonOf(error));
      }
    },
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      const answer = await openRecords(ports, {
        client,
        desk: session.desk,
        seated: session.seated,
        isOffline: connection.isOffline,
        auditHost: new URL(settings.baseUrl).host,
        onItem: (_stored, item) => push('outbox/item-changed', item),
        onSummary: (counts) => push('outbox/changed', counts),
      });
      if (answer.ok) records = answer.records;
      else writesOff = answer.reason;
    },
    leave: session.close,
    async stop() {
      records?.outbox.stop();
      connection.stop();
      await ports.network.close();
    },
    ask(intent) {
      const desk = session.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      return records === null ? fail('writes-off', writesOff) : records.outbox.ask(desk, intent);
    },
  };
}
