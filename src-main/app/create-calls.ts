/** The e-RS client, with what hears of each of its calls: the audit trail, the connection, the session. */
import { createErsClient } from '../ers/create-ers-client.ts';
import type { Reach } from '../ers/reach.ts';
import { createCallAudit, type CallAudit } from '../features/audit/call-audit.ts';
import { createClockDrift, type ClockDriftFeature } from '../features/audit/clock-drift.ts';
import { createConnection, type ConnectionFeature } from '../features/session/connection.ts';
import type { Desk, SessionFeature } from '../features/session/session.ts';
import { attributeCalls, type AttributedCalls } from './attribute-calls.ts';
import type { Audit, Ports } from './ports.ts';
import type { Pushes } from './pushes.ts';

interface Parts {
  readonly ports: Ports;
  readonly session: () => SessionFeature;
  readonly audit: () => Audit | null;
  readonly push: Pushes['push'];
  readonly onOnline: () => void;
}

/** Who a call was made for, and in which session. */
interface Caller {
  readonly desk: Desk | null;
  /** Known before there is a role: of a sign-in, for one. */
  readonly userId?: string;
  readonly epoch: number;
}

export interface Calls {
  readonly calls: AttributedCalls<Caller>;
  readonly callAudit: CallAudit;
  readonly connection: ConnectionFeature;
  readonly clockDrift: ClockDriftFeature;
  /** Looks, without a credential, whether e-RS answers. */
  readonly probe: () => Promise<Reach>;
}

export function createCalls({ ports, session, audit, push, onOnline }: Parts): Calls {
  const { settings, clock, log, network } = ports;

  const calls = attributeCalls<Caller>(
    () => ersClient,
    () => ({
      desk: session().seated(),
      userId: session().state().user?.userId ?? '',
      epoch: session().epoch(),
    }),
  );
  const callAudit = createCallAudit({ audit, desk: () => session().seated(), clock, log, settings });
  const connection = createConnection({
    clock,
    probe: (urgency) => ersClient.probe(urgency),
    isAttended: () => session().state().status !== 'signed-out',
    onChanged: (state) => push('session/connection-changed', state),
    onOnline,
  });
  const clockDrift = createClockDrift({
    ...{ clock, log, audit: callAudit.recordDeskEvent },
    onChanged: (drift) => push('audit/clock-changed', drift),
  });

  const ersClient = createErsClient({
    settings,
    network,
    clock,
    log,
    identity: () => session().identity(),
    onCall: (call) => {
      connection.notice(call);
      const caller = calls.callerOf(call.correlationId);
      callAudit.record(call, caller?.desk ?? null, caller?.userId);
      // The spine dialect has no token for PDS, so only e-RS itself can end the session. A session that is gone
      // already is what A003 wants, and a call of an earlier session says nothing about this one.
      const isOfThisSession = caller?.epoch === session().epoch();
      if (call.outcome === 'unauthorised' && !['PDS', 'A003'].includes(call.operation) && isOfThisSession)
        session().noticeEnded(call.codes[0] ?? 'session-ended');
    },
    onDate: clockDrift.notice,
    holdBack: connection.holdBack,
  });
  ersClient.gate.onPause((untilMs) => connection.pause(untilMs));

  return { calls, callAudit, connection, clockDrift, probe: () => ersClient.probe('clerk') };
}
