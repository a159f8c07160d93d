/**
 * How often each trouble comes. Every schedule has a little of everything; a third have a theme, which makes one kind
 * frequent, so that rare paths are walked in every action while most schedules still end well.
 */
import type { FaultName, ReadFault, WireFault } from './faults.ts';

/** How often each happens to one call, where no theme makes it frequent. */
export const WIRE_RATES: Readonly<Record<WireFault, number>> = {
  'dropped-request': 0.012,
  'dropped-response': 0.02,
  duplicated: 0.02,
  late: 0.015,
  'connection-refused': 0.01,
  'captive-portal': 0.005,
  'html-after-processing': 0.004,
  'status-400': 0.003,
  'status-401': 0.004,
  'status-403': 0.004,
  'status-404': 0.003,
  'status-406': 0.003,
  'status-409-spurious': 0.003,
  'status-412': 0.003,
  'status-415': 0.003,
  'status-422-other': 0.004,
  'status-422-unable': 0.004,
  'status-423': 0.005,
  'status-429': 0.006,
  'status-429-retry-after': 0.005,
  'status-500': 0.004,
  'status-503': 0.004,
  'status-503-retry-after': 0.003,
  'status-504-gateway': 0.003,
  'truncated-body': 0.004,
  'wrong-ubrn-echoed': 0.004,
  'echo-differs': 0.004,
  'accepted-not-kept': 0.003,
  'not-in-dialect': 0.003,
};

export const READ_RATES: Readonly<Record<ReadFault, number>> = {
  'read-dropped': 0.006,
  'read-refused': 0.005,
  'read-portal': 0.003,
  'read-401': 0.002,
  'read-403': 0.002,
  'read-404': 0.001,
  'read-423': 0.001,
  'read-429': 0.003,
  'read-500': 0.003,
  'read-503': 0.003,
  'read-503-retry-after': 0.002,
  'read-truncated': 0.003,
  'read-wrong-ubrn': 0.002,
  'read-old-copy': 0.002,
  'read-slow': 0.006,
};

/** How often each happens in a schedule; times are drawn over its troubled span. */
export const HAPPENING_RATES = {
  'screen-locked': 0.03,
  'signed-out': 0.02,
  'other-user': 0.015,
  'role-changed': 0.012,
  'session-expired': 0.012,
  'offline-known': 0.03,
  'offline-unknown': 0.02,
  'clerk-confirms': 0.12,
  'clerk-withdraws': 0.04,
  'clerk-reads-now': 0.05,
  'referral-locked': 0.015,
  'slot-taken': 0.03,
  'slot-moved': 0.01,
  'slots-changed': 0.02,
  'second-clerk-touches': 0.02,
  'second-clerk-rivals': 0.02,
  'second-clerk-same': 0.01,
  'second-clerk-undoes': 0.012,
  'patient-changed': 0.005,
  'crash-idle': 0.015,
  'disk-refuses': 0.012,
  'row-damaged': 0.006,
  'second-instance': 0.008,
  'sleep-clock-stands': 0.012,
  'sleep-clock-runs': 0.012,
  'wall-forward': 0.008,
  'wall-back': 0.008,
} as const satisfies Partial<Record<FaultName, number>>;

export type Happening = keyof typeof HAPPENING_RATES;
export const HAPPENINGS = Object.keys(HAPPENING_RATES) as readonly Happening[];

/** What is drawn once or at each step. */
export const STEP_RATES = {
  /** At each of the six points of a step. */
  crash: 0.0006,
  /** Of a provider's system: each of its four faults. */
  provider: 0.01,
  diskRefuses: 0.001,
  diskFailsAfter: 0.001,
  diskLies: 0.004,
  stalePin: 0.01,
  notOffered: 0.004,
  /** Right after the clerk asked: taken back, or the process dies and its record goes bad. */
  hasty: 0.004,
  /** Taken back while it is being checked again. */
  hastyInCheck: 0.05,
  /** Of a crash: a record goes bad with it. */
  damage: 0.005,
  /** The clerk asks for a second thing, and for the same referral. */
  second: 0.14,
  sameReferral: 0.4,
};
export type StepRates = typeof STEP_RATES;

interface Theme {
  readonly name: string;
  /** Asked for by its name, never drawn: the stories of the seeds stay as they were. These stand at the end. */
  readonly isNamed?: boolean;
  readonly wire?: Partial<Record<WireFault, number>>;
  readonly read?: Partial<Record<ReadFault, number>>;
  readonly happenings?: Partial<Record<Happening, number>>;
  readonly steps?: Partial<StepRates>;
}

/** Rates that take the place of the usual ones. */
export const THEMES: readonly Theme[] = [
  { name: 'calm' },
  {
    name: 'lossy',
    wire: { 'dropped-request': 0.1, 'dropped-response': 0.2, duplicated: 0.15, late: 0.15 },
    read: { 'read-dropped': 0.1, 'read-refused': 0.05 },
  },
  { name: 'dead-letters', wire: { 'dropped-request': 0.93 } },
  {
    name: 'late',
    wire: { late: 0.5, duplicated: 0.2 },
    read: { 'read-old-copy': 0.25 },
    happenings: { 'clerk-withdraws': 0.4, 'clerk-reads-now': 0.4, 'clerk-confirms': 0.3 },
  },
  {
    name: 'server-ill',
    wire: {
      'status-500': 0.12,
      'status-503': 0.12,
      'status-503-retry-after': 0.06,
      'status-504-gateway': 0.1,
    },
    read: { 'read-500': 0.3, 'read-503': 0.1, 'read-503-retry-after': 0.06 },
  },
  {
    name: 'refusing',
    wire: {
      'status-400': 0.06,
      'status-404': 0.06,
      'status-409-spurious': 0.12,
      'status-412': 0.05,
      'status-422-other': 0.1,
      'status-422-unable': 0.15,
      'truncated-body': 0.1,
    },
    happenings: { 'clerk-confirms': 0.4 },
  },
  {
    name: 'odd-replies',
    wire: {
      'captive-portal': 0.08,
      'html-after-processing': 0.08,
      'wrong-ubrn-echoed': 0.1,
      'echo-differs': 0.1,
      'accepted-not-kept': 0.15,
      late: 0.1,
    },
    happenings: { 'clerk-withdraws': 0.3 },
    read: { 'read-truncated': 0.35, 'read-wrong-ubrn': 0.15, 'read-404': 0.1, 'read-old-copy': 0.1 },
  },
  {
    name: 'limited',
    wire: { 'status-429': 6 },
    read: { 'read-404': 0.03 },
  },
  { name: 'reads-limited', wire: { 'dropped-response': 0.2 }, read: { 'read-429': 0.85 } },
  {
    name: 'locked',
    wire: { 'status-423': 0.8 },
    read: { 'read-423': 0.25, 'read-404': 0.06, 'read-slow': 0.4 },
    happenings: { 'clerk-withdraws': 0.5 },
  },
  {
    name: 'not-permitted',
    wire: { 'status-401': 0.25, 'status-403': 0.35 },
    read: { 'read-401': 0.08, 'read-403': 0.12 },
    happenings: { 'session-expired': 0.3, 'role-changed': 0.3, 'clerk-withdraws': 0.5 },
  },
  {
    name: 'not-readable-by-anyone',
    wire: { 'dropped-request': 0.4, 'dropped-response': 0.4, 'accepted-not-kept': 0.1 },
    read: { 'read-403': 0.5 },
    happenings: { 'clerk-confirms': 0.3 },
  },
  {
    name: 'person-away',
    happenings: {
      'screen-locked': 0.6,
      'signed-out': 0.4,
      'other-user': 0.35,
      'role-changed': 0.15,
      'session-expired': 0.15,
    },
  },
  { name: 'offline', happenings: { 'offline-known': 0.7, 'offline-unknown': 0.5, 'clerk-confirms': 0.5 } },
  { name: 'crashing', steps: { crash: 0.05 }, happenings: { 'crash-idle': 0.4, 'clerk-confirms': 0.4 } },
  {
    name: 'disk-ill',
    steps: { diskRefuses: 0.12, diskFailsAfter: 0.12 },
    happenings: { 'disk-refuses': 0.4, 'crash-idle': 0.1 },
  },
  { name: 'disk-lying', steps: { diskLies: 1, crash: 0.04 }, happenings: { 'crash-idle': 0.4 } },
  {
    name: 'clocks',
    happenings: {
      'sleep-clock-stands': 0.5,
      'sleep-clock-runs': 0.5,
      'wall-forward': 0.3,
      'wall-back': 0.3,
      'clerk-confirms': 0.3,
    },
    wire: { late: 0.2, 'status-422-unable': 0.1 },
    read: { 'read-slow': 0.3 },
  },
  {
    name: 'second-clerk',
    wire: { 'dropped-request': 0.15, 'dropped-response': 0.1, late: 0.1 },
    happenings: {
      'second-clerk-touches': 0.25,
      'second-clerk-rivals': 0.35,
      'second-clerk-same': 0.2,
      'second-clerk-undoes': 0.2,
      'patient-changed': 0.12,
      'referral-locked': 0.2,
    },
  },
  {
    name: 'slots',
    happenings: { 'slot-taken': 0.6, 'slot-moved': 0.3, 'slots-changed': 0.5 },
    wire: { 'dropped-response': 0.1, 'dropped-request': 0.1 },
  },
  { name: 'provider', steps: { provider: 0.14 }, happenings: { 'clerk-confirms': 0.3 } },
  { name: 'instances', happenings: { 'second-instance': 0.7, 'crash-idle': 0.2, 'clerk-confirms': 0.3 } },
  {
    name: 'restless-clerk',
    happenings: { 'clerk-confirms': 0.7, 'clerk-withdraws': 0.5, 'clerk-reads-now': 0.6 },
    wire: { 'dropped-request': 0.1, late: 0.1, 'connection-refused': 0.1 },
  },
  {
    name: 'one-behind-the-other',
    steps: { second: 1, sameReferral: 0.9 },
    wire: { 'dropped-request': 0.3, 'status-409-spurious': 0.3 },
    happenings: { 'clerk-confirms': 0.8, 'clerk-reads-now': 0.3, 'crash-idle': 0.15 },
  },
  {
    name: 'damaged-early',
    steps: { crash: 0.06, damage: 0.95 },
    wire: { 'accepted-not-kept': 0.35, 'dropped-request': 0.2 },
    read: { 'read-slow': 0.3 },
    happenings: { 'row-damaged': 0.4, 'crash-idle': 0.5, 'clerk-withdraws': 0.7 },
  },
  {
    name: 'damaged-later',
    wire: { late: 0.3, 'status-401': 0.08, 'status-403': 0.15, 'status-429': 0.15, 'dropped-request': 0.3 },
    happenings: { 'row-damaged': 0.95, 'crash-idle': 0.5, 'clerk-withdraws': 0.7 },
  },
  {
    name: 'readers-ill',
    read: { 'read-500': 0.85 },
    wire: { 'dropped-response': 0.3, 'dropped-request': 0.1 },
  },
  { name: 'locked-for-long', isNamed: true, read: { 'read-423': 0.85 } },
];
