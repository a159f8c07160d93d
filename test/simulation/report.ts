/** What a run tells: how often each fault and each transition occurred, and the last line. */
import type { Action, DepthName } from './depth.ts';
import { FAULT_NAMES, PROVIDER_FAULTS, type FaultName } from './plan.ts';
import { transitionsOf, type Counts } from './tally.ts';

/** Each must occur in at least this part of the schedules of every action in which it can occur. */
export const RARE_PART = 0.001;
/** A part of a percent cannot be told from fewer schedules than these. */
const ENOUGH_SCHEDULES = 20_000;

const HAS_PROVIDER: readonly Action[] = [
  'book',
  'cancel-appointment',
  'mixed',
  'cancel-referral',
  'reject-referral',
];
const ASKS_WHAT_IS_OFFERED: readonly Action[] = [
  'book',
  'cancel-appointment',
  'mixed',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'record-review',
];

/** The actions in which a fault can occur at all. */
export function canOccur(fault: FaultName, action: Action, depth: DepthName): boolean {
  const isOfProvider =
    (PROVIDER_FAULTS as readonly FaultName[]).includes(fault) || fault === 'status-422-unable';
  if (isOfProvider) return HAS_PROVIDER.includes(action);
  // The others do not ask A029.
  if (fault === 'not-offered') return ASKS_WHAT_IS_OFFERED.includes(action);
  if (depth === 'full') return canOccurInFull(fault, action);
  // A 201 is all that can be known of a file, and there is nothing to undo.
  if (fault === 'accepted-not-kept') return action !== 'upload-file';
  if (fault === 'second-clerk-undoes') return action !== 'upload-file' && action !== 'request-advice';
  return fault !== 'letter-carried-out' || action === 'mixed';
}

function canOccurInFull(fault: FaultName, action: Action): boolean {
  switch (fault) {
    case 'disk-fails-after-write':
      // The real storage undoes a write that threw (`npm run faults` sees to it): its port knows no such answer.
      return false;
    case 'not-in-dialect':
      return action === 'cancel-appointment' || action === 'mixed';
    case 'letter-carried-out':
    case 'accepted-not-kept':
      // Letters are of bookings and deferrals, and so is A016.
      return !action.startsWith('cancel');
    case 'slot-taken':
    case 'slot-moved':
      return action === 'book' || action === 'mixed';
    default:
      return true;
  }
}

export interface Row {
  readonly name: string;
  readonly part: number;
  readonly isRare: boolean;
}

/** The faults that can occur in an action, with the part of its schedules in which each did. */
export function faultRows({ faults, schedules }: Counts, action: Action, depth: DepthName): Row[] {
  return FAULT_NAMES.flatMap((name, index) => {
    if (!canOccur(name, action, depth)) return [];
    const part = (faults[index] ?? 0) / schedules;
    // The long queue is a schedule of its own, one in ten thousand.
    return [{ name, part, isRare: name !== 'drain-of-500' && part < RARE_PART }];
  });
}

/** The transitions that occurred in an action. */
export function transitionRows(counts: Counts): Row[] {
  return transitionsOf(counts).map(({ from, event, to, count }) => {
    const part = count / counts.schedules;
    return { name: `${from} -> ${to} by ${event}`, part, isRare: part < RARE_PART };
  });
}

/** Both tables of an action; `<` marks what occurred in fewer schedules than 0.1 %. */
export function formatTables(counts: Counts, action: Action, depth: DepthName): string[] {
  const format = (rows: readonly Row[]) =>
    rows.map(
      ({ name, part, isRare }) =>
        `  ${name.padEnd(62)} ${(part * 100).toFixed(3).padStart(8)} %${isRare ? ' <' : ''}`,
    );
  const faults = faultRows(counts, action, depth);
  const moves = transitionRows(counts);
  const rare = [...faults, ...moves].filter(({ isRare }) => isRare).length;
  const note =
    counts.schedules < ENOUGH_SCHEDULES
      ? `${rare} below 0.1 %, of too few schedules to tell`
      : rare === 0
        ? 'all of them in at least 0.1 % of the schedules'
        : `${rare} BELOW 0.1 %`;
  return [
    `${action}: ${counts.schedules} schedules; part of them in which it occurred`,
    ` faults (${faults.length})`,
    ...format(faults),
    ` transitions (${moves.length})`,
    ...format(moves),
    ` ${note}`,
    '',
  ];
}

export interface Sum {
  readonly schedules: number;
  readonly failed: number;
  readonly toClerk: number;
  readonly cpuSeconds: number;
}

/** The last line; the rate is that of one core. */
export function formatLastLine({ schedules, failed, toClerk, cpuSeconds }: Sum): string {
  const part = schedules === 0 ? 0 : (100 * toClerk) / schedules;
  const rate = cpuSeconds === 0 ? 0 : Math.round(schedules / cpuSeconds);
  return `seeds ${schedules}, violations ${failed}, to the clerk ${part.toFixed(1)} %, ${rate} schedules/s`;
}
