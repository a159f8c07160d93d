/** The audit trail at the desk: who may read it, how long it is kept, and what says whether it is whole. */
import { createAuditDesk, type AuditDesk } from '../features/audit/audit-desk.ts';
import type { ClockDriftFeature } from '../features/audit/clock-drift.ts';
import { listActions } from '../features/audit/entry-kinds.ts';
import { LEAST_DAYS } from '../features/audit/trail-retention.ts';
import { ACTION_RULES } from '../features/outbox/protocol/action-rules.ts';
import type { Desk } from '../features/session/session.ts';
import { ok, type Outcome } from '../contract/outcome.ts';
import type { ClockDrift } from '../contract/channels/audit.ts';
import type { OpenRecords } from './open-records.ts';
import type { Ports } from './ports.ts';

const HOUR_MS = 3_600_000;

/** For how many days records are kept that are kept like the audit trail, as it is set now. */
export const keptDaysOf =
  (deskSettings: Ports['deskSettings']): (() => number) =>
  () =>
    Math.max(deskSettings.settle().auditDays.value, LEAST_DAYS);

/** True once e-RS has shown this machine's clock to be right to the hour: only then do old records go. */
export const isClockRight = (clockDrift: ClockDriftFeature): boolean => clockDrift.isWithin(HOUR_MS);

export interface TrailDesk {
  readonly handlers: AuditDesk['handlers'] & { readonly 'audit/read-clock': () => Outcome<ClockDrift> };
  readonly begin: (records: OpenRecords) => void;
}

interface Parts {
  readonly ports: Ports;
  readonly desk: () => Desk | null;
  readonly clockDrift: ClockDriftFeature;
  readonly records: () => OpenRecords | null;
  readonly writesOffReason: () => string;
}

export function createTrailDesk({ ports, desk, clockDrift, records, writesOffReason }: Parts): TrailDesk {
  const { settings, deskSettings, storage, clock, log, files } = ports;
  const host = new URL(settings.baseUrl).host;
  const keptDays = keptDaysOf(deskSettings);

  /** Whoever can write the desk's own file must not make themselves a reader by it. */
  function readers(): readonly string[] {
    const { value, source } = deskSettings.settle().auditReaders;
    return source === 'organisation' || source === 'default' ? value : [];
  }

  const auditDesk = createAuditDesk({
    ...{ storage, clock, log, files, desk, writesOffReason, host, readers, keptDays },
    open: records,
    actions: listActions(Object.keys(ACTION_RULES)),
  });

  return {
    handlers: { ...auditDesk.handlers, 'audit/read-clock': () => ok(clockDrift.drift()) },
    begin({ audit, trail, lease }) {
      const { assertHeld } = lease;
      trail.begin({ audit, host, assertHeld, keptDays, isClockRight: () => isClockRight(clockDrift) });
    },
  };
}
