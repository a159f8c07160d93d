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
  const keptDays = () => Math.max(deskSettings.settle().auditDays.value, LEAST_DAYS);

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
      trail.begin({ audit, host, assertHeld, keptDays, isClockRight: () => clockDrift.isWithin(HOUR_MS) });
    },
  };
}
