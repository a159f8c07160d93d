/** What is held against a desk that is killed: after every kill what it had told, at the end the service's truth. */
import { cpSync, rmSync } from 'node:fs';
import type { Random } from '../../src-main/training-service/random.ts';
import type { KillService } from './kill-service.ts';
import { openRecords, type KeptIntent } from './records.ts';

/** Nothing comes after these; the page calls the first of them `booked`. */
const LAST = ['APPLIED', 'REJECTED', 'ABANDONED'];
const OPEN = ['QUEUED', 'PREFLIGHT', 'SENDING', 'UNKNOWN', 'RECONCILING', 'WAITING', 'HELD', 'unreadable'];

export type Complaint = 'lost' | 'corrupt' | 'wentBack' | 'sentWrongly' | 'untrue';

/** A desk on one folder against one service, over many lives. */
export interface Season {
  readonly folder: string;
  readonly backend: KillService;
  readonly random: Random;
  /** The newest change of every intent that was shown or found. */
  readonly known: Map<string, { readonly updatedAt: string; readonly state: string }>;
  readonly saved: Set<string>;
  readonly complaints: Map<Complaint, Set<string>>;
  next: number;
}

/** Notes what went wrong; the same thing once. */
export function complain(season: Season, kind: Complaint, what: string): void {
  season.complaints.set(kind, (season.complaints.get(kind) ?? new Set()).add(what));
}

function judgeIntent(season: Season, found: KeptIntent | undefined, intentId: string): void {
  if (found === undefined) return complain(season, 'lost', intentId);
  if (found.state === 'unreadable') complain(season, 'corrupt', intentId);
  const before = season.known.get(intentId);
  if (before === undefined) return;
  const isEarlier = found.updatedAt < before.updatedAt;
  const shown = before.state === 'booked' ? 'APPLIED' : before.state;
  const wasSettled = LAST.includes(shown) && found.state !== shown;
  if (isEarlier || wasSettled) complain(season, 'wentBack', `${intentId} ${before.state} ${found.state}`);
}

/** Looks at a copy of the folder: what a kill left is for the next start to find, not for us to tidy. */
export async function inspect(season: Season, isThorough: boolean): Promise<readonly KeptIntent[]> {
  const copy = `${season.folder}-copy`;
  cpSync(season.folder, copy, { recursive: true });
  try {
    const records = await openRecords(copy, 'OFF');
    try {
      const kept = records.list();
      const byId = new Map(kept.map((one) => [one.intentId, one]));
      for (const intentId of new Set([...season.saved, ...season.known.keys()]))
        judgeIntent(season, byId.get(intentId), intentId);
      kept.forEach(({ intentId, updatedAt, state }) => season.known.set(intentId, { updatedAt, state }));
      if (isThorough && !records.isTrailWhole()) complain(season, 'corrupt', 'the trail');
      if (isThorough) judgeSends(season, records.sends());
      return kept;
    } finally {
      records.close();
    }
  } catch (error) {
    complain(season, 'corrupt', String(error));
    return [];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Every booking that reached the service was on the disk first (I6), and no intent had more than one effect (I2). */
function judgeSends(season: Season, sends: ReadonlyMap<string, string>): void {
  const effects = new Map<string, number>();
  for (const { correlationId, hadEffect } of season.backend.posts) {
    const intentId = sends.get(correlationId);
    if (intentId === undefined) complain(season, 'sentWrongly', `${correlationId} is in no record`);
    else if (hadEffect) effects.set(intentId, (effects.get(intentId) ?? 0) + 1);
  }
  for (const [intentId, count] of effects)
    if (count > 1) complain(season, 'sentWrongly', `${intentId} took effect ${count} times`);
}

/** At the end: applied exactly where the service holds the booking, and nothing left open. */
export function judgeTruth(season: Season, kept: readonly KeptIntent[]): void {
  const { world } = season.backend.service;
  for (const one of kept) {
    const appointment = world.appointmentOf(one.ubrn);
    const isOurs = appointment?.status === 'booked' && appointment.slotId === one.slotId;
    if (isOurs !== (one.state === 'APPLIED') || OPEN.includes(one.state))
      complain(season, 'untrue', `${one.ubrn} ${one.state} ${one.code}, booked: ${isOurs}`);
  }
  const applied = kept.filter(({ state }) => state === 'APPLIED');
  if (new Set(applied.map(({ ubrn }) => ubrn)).size < applied.length)
    complain(season, 'untrue', 'two bookings applied for one referral');
}
