/** What may go wrong, by name. */
/** Faults of one write or read on the wire. */
export const WIRE_FAULTS = [
  'dropped-request',
  'dropped-response',
  'duplicated',
  'late',
  'connection-refused',
  'captive-portal',
  'html-after-processing',
  'status-400',
  'status-401',
  'status-403',
  'status-404',
  'status-406',
  'status-409-spurious',
  'status-412',
  'status-415',
  'status-422-other',
  'status-422-unable',
  'status-423',
  'status-429',
  'status-429-retry-after',
  'status-500',
  'status-503',
  'status-503-retry-after',
  'status-504-gateway',
  'truncated-body',
  'wrong-ubrn-echoed',
  'echo-differs',
  'accepted-not-kept',
  'not-in-dialect',
] as const;

export const READ_FAULTS = [
  'read-dropped',
  'read-refused',
  'read-portal',
  'read-401',
  'read-403',
  'read-404',
  'read-423',
  'read-429',
  'read-500',
  'read-503',
  'read-503-retry-after',
  'read-truncated',
  'read-wrong-ubrn',
  'read-old-copy',
  'read-slow',
] as const;

/** Answers of the provider's system, where one takes part. */
export const PROVIDER_FAULTS = ['pas-gone', 'pas-error', 'pas-silent-booked', 'pas-silent-empty'] as const;

/** What happens to the machine and its process. */
export const MACHINE_FAULTS = [
  'crash-before-record',
  'crash-after-record',
  'crash-before-wire',
  'crash-after-wire',
  'crash-before-answer',
  'crash-after-answer',
  'crash-idle',
  'disk-refuses',
  'disk-fails-after-write',
  'disk-unreadable',
  'disk-lies',
  'records-lost',
  'row-damaged',
  'second-instance',
  'sleep-clock-stands',
  'sleep-clock-runs',
  'wall-forward',
  'wall-back',
  'drain-of-500',
] as const;

/** What people and other desks do. */
export const WORLD_FAULTS = [
  'screen-locked',
  'signed-out',
  'other-user',
  'role-changed',
  'session-expired',
  'offline-known',
  'offline-unknown',
  'clerk-confirms',
  'clerk-withdraws',
  'clerk-reads-now',
  'stale-pin',
  'not-offered',
  'referral-locked',
  'slot-taken',
  'slot-moved',
  'slots-changed',
  'second-clerk-touches',
  'second-clerk-rivals',
  'second-clerk-same',
  'second-clerk-undoes',
  'patient-changed',
  'letter-carried-out',
] as const;

export const FAULT_NAMES = [
  ...WIRE_FAULTS,
  ...READ_FAULTS,
  ...PROVIDER_FAULTS,
  ...MACHINE_FAULTS,
  ...WORLD_FAULTS,
] as const;

export type WireFault = (typeof WIRE_FAULTS)[number];
export type ReadFault = (typeof READ_FAULTS)[number];
export type FaultName = (typeof FAULT_NAMES)[number];

/** The number of a fault, for counting. */
export const FAULT: Readonly<Record<FaultName, number>> = Object.fromEntries(
  FAULT_NAMES.map((name, index) => [name, index]),
) as Record<FaultName, number>;
