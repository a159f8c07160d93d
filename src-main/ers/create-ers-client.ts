import type { AppSettings, Clock, Log, Network } from '../app/ports.ts';
import type { ErsClient, ErsIdentity } from './client.ts';
import type { Dialect } from './dialects/dialect.ts';
import { apiPlatform } from './dialects/api-platform.ts';
import { spineSession } from './dialects/spine-session.ts';
import { readInDstu2 } from './dstu2/read-in-dstu2.ts';
import type { DialectName } from './operation.ts';
import { createGate, type Gate } from './transport/gate.ts';
import { createProbe, type Probe } from './transport/probe.ts';
import { createSendCall, type CallRecord, type DateReading } from './transport/send-call.ts';

export type { CallRecord, DateReading } from './transport/send-call.ts';

export interface ErsClientOptions {
  /** `pdsBaseUrl` ends with `/personal-demographics/FHIR/R4`; null: no patient details. */
  readonly settings: Pick<AppSettings, 'dialect' | 'baseUrl' | 'pdsBaseUrl' | 'rateShare' | 'readsDstu2'>;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked at every call: who is signed in, in which role. */
  readonly identity: () => ErsIdentity | null;
  /** Told of every call that went to the gate, for the audit. */
  readonly onCall?: (record: CallRecord) => void;
  /** Told of the service's clock with every reply that names it. */
  readonly onDate?: (reading: DateReading) => void;
  /**
   * Asked before a call goes out with credentials: `true` keeps it back as `not-sent`, because a portal stands between
   * the desk and e-RS. `false` at once in ordinary times.
   */
  readonly holdBack?: (kind: 'read' | 'write') => Promise<boolean> | false;
}

/** The client, with the state of its gate for the display of the connection. */
export interface ErsClientWithGate extends ErsClient {
  readonly gate: Pick<Gate, 'pausedUntilMs' | 'onPause'>;
  /** Looks whether e-RS answers, without a credential. */
  readonly probe: Probe;
}

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  'api-platform': apiPlatform,
  'spine-session': spineSession,
};

/** The e-RS client of a desk: one dialect, one gate, every call sent at most once. */
export function createErsClient({
  settings,
  network,
  clock,
  log,
  identity,
  onCall,
  onDate,
  holdBack,
}: ErsClientOptions): ErsClientWithGate {
  const { baseUrl, pdsBaseUrl, rateShare } = settings;
  const gate = createGate({ clock, rateShare });
  const dialect = DIALECTS[settings.dialect];
  const send = createSendCall({
    dialect,
    baseUrl,
    pdsBaseUrl,
    network,
    gate,
    clock,
    log,
    identity,
    ...(onCall === undefined ? {} : { onCall }),
    ...(onDate === undefined ? {} : { onDate }),
    ...(holdBack === undefined ? {} : { holdBack }),
  });
  const isOldForm = settings.readsDstu2 === true && settings.dialect === 'spine-session';
  const call = isOldForm ? readInDstu2(send) : send;
  const probe = createProbe({ dialect, baseUrl, network, gate, clock, log });
  return { dialect: settings.dialect, call, gate, probe };
}
