/** What people, other desks and the machine do meanwhile; each at its moment of the troubled span. */
import { WITHDRAW_REASONS } from '../../../src-main/contract/channels/outbox.ts';
import { HAPPENINGS, type Happening } from '../plan.ts';
import { CLERK, CLERK_OTHERWISE, COLLEAGUE } from './desk.ts';
import type { Schedule } from './schedule.ts';
import type { SimIntent } from './sim-intent.ts';
import { otherClerk } from './second-clerk.ts';

/** The first seconds are those in which most of an intent happens. */
const WITHIN_MS = [2_500, 2_500, 2_500, 40_000, 40_000, 40_000, Infinity, Infinity, Infinity, Infinity];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Plans the happenings of a schedule over its span; gives when the last of them is over. */
export function planHappenings(schedule: Schedule, spanMs: number): number {
  const { random, time, plan } = schedule;
  let overMs = spanMs;
  for (let at = 0; at < HAPPENINGS.length; at += 1) {
    if (!random.chance(plan.happenings[at] as number)) continue;
    const happening = HAPPENINGS[at] as Happening;
    const delayMs = random.below(Math.min(spanMs, random.pick(WITHIN_MS)));
    const lastsMs = durationOf(schedule, happening);
    overMs = Math.max(overMs, delayMs + lastsMs);
    time.inWorld(delayMs, () => happen(schedule, happening, lastsMs));
  }
  return overMs;
}

function durationOf({ random }: Schedule, happening: Happening): number {
  switch (happening) {
    case 'sleep-clock-stands':
    case 'sleep-clock-runs':
      return random.chance(0.5) ? 8 * HOUR_MS : random.between(40_000, 20 * MINUTE_MS);
    case 'offline-known':
    case 'offline-unknown':
      return random.between(5_000, 8 * MINUTE_MS);
    case 'disk-refuses':
      return random.between(1_000, 2 * MINUTE_MS);
    case 'referral-locked':
      return random.between(1_000, 3 * MINUTE_MS);
    default:
      return random.between(2_000, 4 * MINUTE_MS);
  }
}

function happen(schedule: Schedule, happening: Happening, lastsMs: number): void {
  if (schedule.isCalm) return;
  const isDone = act(schedule, happening, lastsMs);
  if (isDone) schedule.note(happening);
}

/** False where there was nothing to do. */
function act(schedule: Schedule, happening: Happening, lastsMs: number): boolean {
  const { disk, time, app } = schedule;
  switch (happening) {
    case 'screen-locked':
    case 'signed-out':
    case 'other-user':
    case 'role-changed':
    case 'session-expired':
      return leaveDesk(schedule, happening, lastsMs);
    case 'offline-known':
    case 'offline-unknown':
      return loseConnection(schedule, happening === 'offline-known', lastsMs);
    case 'clerk-confirms':
    case 'clerk-withdraws':
    case 'clerk-reads-now':
      return press(schedule, happening);
    case 'crash-idle':
      if (app.isDead || time.isAsleep) return false;
      app.die();
      return true;
    case 'disk-refuses':
      disk.refusesUntilMs = time.now() + lastsMs;
      return true;
    case 'row-damaged':
      return damage(schedule);
    case 'second-instance':
      if (app.isDead || time.isAsleep) return false;
      schedule.startInstance();
      return true;
    case 'sleep-clock-stands':
    case 'sleep-clock-runs':
      return fallAsleep(schedule, lastsMs, happening === 'sleep-clock-runs');
    case 'wall-forward':
    case 'wall-back':
      time.shiftWall(happening === 'wall-forward' ? DAY_MS : -DAY_MS);
      return true;
    default:
      return otherClerk(schedule, happening, lastsMs);
  }
}

function leaveDesk(schedule: Schedule, how: Happening, awayMs: number): boolean {
  const { desk, time } = schedule;
  if (desk.user !== CLERK || time.isAsleep) return false;
  switch (how) {
    case 'screen-locked':
      desk.isLocked = true;
      break;
    case 'signed-out':
      desk.signOut();
      break;
    case 'other-user':
      desk.signIn(COLLEAGUE);
      schedule.app.engine.pump();
      break;
    case 'role-changed':
      // Either the clerk chose another role, or the one that is shown was taken away at e-RS.
      if (schedule.random.chance(0.5)) desk.signIn(CLERK_OTHERWISE);
      else desk.isRoleGranted = false;
      break;
    default:
      desk.isTokenDead = true;
  }
  time.inWorld(awayMs, () => schedule.clerkReturns());
  return true;
}

function loseConnection(schedule: Schedule, isKnown: boolean, lastsMs: number): boolean {
  const { desk, time } = schedule;
  if (!desk.isConnected) return false;
  desk.isConnected = false;
  desk.isKnownOffline = isKnown;
  if (isKnown) schedule.pump();
  time.inWorld(lastsMs, () => schedule.connectionIsBack());
  return true;
}

function press(schedule: Schedule, key: 'clerk-confirms' | 'clerk-withdraws' | 'clerk-reads-now'): boolean {
  const { app, checker, desk } = schedule;
  const sim = anyOpen(schedule);
  if (sim === null || !desk.mayAct(sim.owner) || app.isDead) return false;
  switch (key) {
    case 'clerk-confirms': {
      const isHeard = app.press(sim, { kind: 'confirm' }, 'confirm');
      if (isHeard) checker.onConfirmed(app, sim);
      return isHeard;
    }
    case 'clerk-withdraws':
      return withdraw(schedule, sim);
    case 'clerk-reads-now':
      return app.press(sim, { kind: 'read-now' }, 'read-now');
  }
}

/** The clerk's Del; false where it was not heard. */
export function withdraw({ app, checker, desk, random }: Schedule, sim: SimIntent): boolean {
  if (!desk.mayAct(sim.owner)) return false;
  const isHeard = app.press(sim, { kind: 'withdraw', code: random.pick(WITHDRAW_REASONS) }, 'withdraw');
  if (isHeard) checker.onWithdrawn(sim);
  return isHeard;
}

function anyOpen({ intents, random, app }: Schedule): SimIntent | null {
  const open = intents.filter(({ id }) => app.engine.entry(id) !== null);
  return open.length === 0 ? null : random.pick(open);
}

/** A sealed record goes bad: the next start finds it. */
function damage(schedule: Schedule): boolean {
  const sim = anyOpen(schedule);
  if (sim === null || sim.row === null || sim.row.isDamaged || schedule.time.isAsleep) return false;
  sim.row.isDamaged = true;
  if (schedule.random.chance(0.7)) schedule.app.die();
  return true;
}

function fallAsleep(schedule: Schedule, lastsMs: number, isClockRunning: boolean): boolean {
  const { time, checker, app, random } = schedule;
  if (time.isAsleep || app.isDead) return false;
  // What is on its way may reach the process before its own timers do, or after.
  const isMailFirst = random.chance(0.6);
  time.sleep(lastsMs, isClockRunning, () => {
    if (!isClockRunning) checker.onSleepShown();
    schedule.tell(() => `the machine wakes after ${lastsMs} ms`);
    if (isMailFirst) schedule.wakeAll();
    else time.inWorld(50, () => schedule.wakeAll());
  });
  return true;
}
