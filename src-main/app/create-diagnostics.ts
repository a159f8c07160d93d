/** The diagnostics page's checks, each with what it needs of the rest. */
import type { ClockDrift } from '../contract/channels/audit.ts';
import type { Connection } from '../contract/channels/session.ts';
import type { Reach } from '../ers/reach.ts';
import { checkAudit } from '../features/diagnostics/checks/check-audit.ts';
import { checkClock } from '../features/diagnostics/checks/check-clock.ts';
import { checkDisk } from '../features/diagnostics/checks/check-disk.ts';
import { checkKeyring } from '../features/diagnostics/checks/check-keyring.ts';
import { checkNetwork } from '../features/diagnostics/checks/check-network.ts';
import { checkPrinter } from '../features/diagnostics/checks/check-printer.ts';
import { checkProxy } from '../features/diagnostics/checks/check-proxy.ts';
import { checkReader } from '../features/diagnostics/checks/check-reader.ts';
import { checkSignIn } from '../features/diagnostics/checks/check-sign-in.ts';
import { checkUpdates } from '../features/diagnostics/checks/check-updates.ts';
import { checkVersions } from '../features/diagnostics/checks/check-versions.ts';
import { createDiagnostics, type DiagnosticsFeature } from '../features/diagnostics/diagnostics.ts';
import type { SessionFeature } from '../features/session/session.ts';
import { createUpdates } from '../features/updates/updates.ts';
import type { OpenRecords } from './open-records.ts';
import type { Ports } from './ports.ts';

interface Parts {
  readonly ports: Ports;
  readonly session: Pick<SessionFeature, 'state'>;
  /** Looks, without a credential, whether e-RS answers. */
  readonly probe: () => Promise<Reach>;
  readonly connection: () => Connection;
  /** Null until the records are open, and where they cannot be; then `writesOffReason` says why. */
  readonly records: () => OpenRecords | null;
  readonly writesOffReason: () => string;
  readonly clockDrift: () => ClockDrift;
}

export function createDeskDiagnostics(parts: Parts): DiagnosticsFeature {
  const { ports, session, probe, connection, records } = parts;
  const { settings, clock, log, machine, sessionProvider, cardReader, secrets, printer } = ports;
  const { environment, baseUrl } = settings;
  return createDiagnostics({
    ...{ settings, clock, log },
    businessFunction: () => session.state().role?.businessFunction ?? null,
    checks: [
      checkNetwork({ clock, baseUrl, probe, connection }),
      checkProxy({ environment, machine }),
      checkSignIn(sessionProvider),
      checkReader({ settings, cardReader, clock }),
      checkClock(parts.clockDrift),
      checkKeyring({ environment, secrets }),
      checkDisk({
        ...{ machine, clock },
        writesOffReason: () => (records() === null ? parts.writesOffReason() : null),
      }),
      checkAudit(async () => records()?.trail.check() ?? null),
      checkPrinter(printer),
      checkVersions({ settings, machine }),
      checkUpdates(ports.updateFeed === undefined ? null : createUpdates(ports.updateFeed)),
    ],
  });
}
