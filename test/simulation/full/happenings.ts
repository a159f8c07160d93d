/** What people, other desks and the machine do meanwhile; each at its moment of the troubled span. */
import { FAULT, HAPPENINGS, type Happening } from '../plan.ts';
import { damage, rollBack } from './losses.ts';
import type { Play } from './play.ts';
import type { PlayIntent } from './play-intent.ts';
import { actAsOther } from './second-clerk.ts';

/** Stories are dearer here than at protocol depth: more happens in each. */
const MORE_OFTEN = 1.7;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What only this depth has, with how often it happens in a schedule; crashes make the last two likelier. */
const OWN_RATES = {
  'clerk-edits': 0.03,
  'letter-asked-for': 0.08,
  'colleague-reads-back': 0.03,
  'portal-for-a-while': 0.02,
  'key-missing': 0.01,
  'older-backup': 0.015,
} as const;
type OwnHappening = keyof typeof OWN_RATES;

/** Plans the happenings of a schedule over its span; gives when the last of them is over. */
export function planHappenings(play: Play, spanMs: number): number {
  const { random, plan } = play;
  let overMs = spanMs;
  const at = (happening: Happening | OwnHappening) => {
    // Half of them fall into the first seconds, where the sends are.
    const delayMs = random.chance(0.5) ? random.below(Math.min(spanMs, 20_000)) : random.below(spanMs);
    const lastsMs = durationOf(play, happening);
    overMs = Math.max(overMs, delayMs + lastsMs);
    play.time.inWorld(delayMs, () => happen(play, happening, lastsMs));
  };
  HAPPENINGS.forEach((happening, index) => {
    if (random.chance(Math.min(0.9, (plan.happenings[index] as number) * MORE_OFTEN))) at(happening);
  });
  const odds = plan.steps.crash > 0.01 ? 5 : 1;
  for (const happening of Object.keys(OWN_RATES) as OwnHappening[])
    if (random.chance(OWN_RATES[happening] * odds)) at(happening);
  return overMs;
}

function durationOf({ random }: Play, happening: Happening | OwnHappening): number {
  switch (happening) {
    case 'sleep-clock-stands':
    case 'sleep-clock-runs':
      return random.chance(0.5) ? 8 * HOUR_MS : random.between(40_000, 20 * MINUTE_MS);
    case 'offline-known':
    case 'portal-for-a-while':
      return random.between(20_000, 8 * MINUTE_MS);
    case 'offline-unknown':
      return random.between(1_000, 20_000);
    case 'disk-refuses':
      return random.between(1_000, 2 * MINUTE_MS);
    case 'referral-locked':
      return random.between(1_000, 3 * MINUTE_MS);
    default:
      return random.between(2_000, 4 * MINUTE_MS);
  }
}

function happen(play: Play, happening: Happening | OwnHappening, lastsMs: number): void {
  if (play.isCalm) return;
  if (happening in OWN_RATES) return void actOwn(play, happening as OwnHappening, lastsMs);
  const known = happening as Happening;
  void Promise.resolve(act(play, known, lastsMs)).then((isDone) => {
    if (isDone) play.tally.fault(FAULT[known]);
  });
}

/** False where there was nothing to do. */
function act(play: Play, happening: Happening, lastsMs: number): boolean | Promise<boolean> {
  const { time, app } = play;
  play.tell(() => `it happens: ${happening}`);
  switch (happening) {
    case 'screen-locked':
    case 'signed-out':
    case 'other-user':
    case 'role-changed':
    case 'session-expired':
      return leaveDesk(play, happening, lastsMs);
    case 'offline-known':
    case 'offline-unknown':
      return loseConnection(play, lastsMs);
    case 'clerk-confirms':
    case 'clerk-withdraws':
    case 'clerk-reads-now':
      return press(play, happening);
    case 'crash-idle':
      if (app.isDead) return false;
      app.die();
      return true;
    case 'disk-refuses':
      play.diskRefusesUntilMs = time.now() + lastsMs;
      return true;
    case 'row-damaged':
      return damageOne(play);
    case 'second-instance':
      if (app.isDead || time.isAsleep) return false;
      void play.startAnother();
      // The older one is closed some time.
      time.inWorld(lastsMs, () => app.die());
      return true;
    case 'sleep-clock-stands':
    case 'sleep-clock-runs':
      return fallAsleep(play, lastsMs, happening === 'sleep-clock-runs');
    case 'wall-forward':
    case 'wall-back':
      time.shiftWall(happening === 'wall-forward' ? DAY_MS : -DAY_MS);
      return true;
    default:
      return actAsOther(play, happening, lastsMs);
  }
}

async function leaveDesk(play: Play, how: Happening, awayMs: number): Promise<boolean> {
  const { app, clerk, time, people, stage } = play;
  if (app.acting !== play.ownerOfClerk() || time.isAsleep) return false;
  time.inWorld(awayMs, () => clerk.arrive());
  switch (how) {
    case 'screen-locked':
      return (await app.ask('session/lock', {}))?.ok === true;
    case 'signed-out':
      return (await app.ask('session/sign-out', {}))?.ok === true;
    case 'other-user':
      clerk.handOverTo(people.colleague);
      return true;
    case 'role-changed':
      clerk.handOverTo(people.otherwise);
      return true;
    default:
      stage.service.faults.add({
        on: { dialect: play.dialect },
        do: play.dialect === 'spine-session' ? { kind: 'end-sessions' } : { kind: 'expire-credentials' },
      });
      return true;
  }
}

function loseConnection(play: Play, lastsMs: number): boolean {
  if (!play.isConnected) return false;
  play.isConnected = false;
  play.time.inWorld(lastsMs, () => {
    play.tell(() => 'the connection is back');
    play.isConnected = true;
  });
  return true;
}

function press(
  play: Play,
  key: 'clerk-confirms' | 'clerk-withdraws' | 'clerk-reads-now',
): boolean | Promise<boolean> {
  const { clerk } = play;
  const intent = clerk.anyOpen();
  if (intent === null) return false;
  if (key === 'clerk-confirms') return clerk.confirm(intent);
  return key === 'clerk-withdraws' ? clerk.withdraw(intent) : clerk.readBack(intent);
}

/** A sealed record goes bad: the next start finds it. */
function damageOne(play: Play): boolean {
  const intent = play.clerk.anyOpen();
  if (intent === null || !damage(play, intent)) return false;
  if (play.random.chance(0.7)) play.app.die();
  return true;
}

function fallAsleep(play: Play, lastsMs: number, isClockRunning: boolean): boolean {
  const { time, app, random } = play;
  if (time.isAsleep || app.isDead) return false;
  // What is on its way may reach the process before its own timers do, or after.
  const isMailFirst = random.chance(0.6);
  time.sleep(lastsMs, isClockRunning, () => {
    if (!isClockRunning) for (const intent of play.intents.values()) intent.wordAtMs = null;
    play.tell(() => `the machine wakes after ${lastsMs} ms`);
    if (isMailFirst) play.wakeAll();
    else time.inWorld(50, () => play.wakeAll());
  });
  return true;
}

async function actOwn(play: Play, happening: OwnHappening, lastsMs: number): Promise<void> {
  const { clerk, time } = play;
  play.tell(() => `it happens: ${happening}`);
  const intent = clerk.anyOpen();
  switch (happening) {
    case 'clerk-edits':
      if (intent !== null && intent.wish.action !== 'book') await clerk.edit(intent);
      return;
    case 'letter-asked-for':
      return askForLetter(play, intent);
    case 'colleague-reads-back':
      clerk.handOverTo(play.people.colleague);
      time.inWorld(20_000, () => {
        if (intent !== null) void clerk.readForOwner(intent);
      });
      time.inWorld(20_000 + lastsMs, () => clerk.arrive());
      return;
    case 'portal-for-a-while':
      play.isBehindPortal = true;
      time.inWorld(lastsMs, () => (play.isBehindPortal = false));
      return;
    case 'key-missing':
      play.isKeyMissing = true;
      play.app.die();
      time.inWorld(lastsMs + 45_000, () => {
        if (!play.isKeyMissing) return;
        play.isKeyMissing = false;
        play.app.die();
      });
      return;
    case 'older-backup':
      return restoreLater(play, lastsMs);
  }
}

/** A letter at any moment: it may come only while no write of its referral is under way (I11). */
async function askForLetter(play: Play, intent: PlayIntent | null): Promise<void> {
  const { app } = play;
  if (intent === null || play.isCancelling || app.isDead || play.time.isAsleep) return;
  if (play.random.chance(0.6)) {
    play.pendingWish = { ...intent.wish, action: 'letter' };
    const queued = await app.ask('outbox/request-letter', { ubrn: intent.wish.ubrn });
    play.pendingWish = null;
    play.tell(() => `the clerk queues a letter: ${queued?.ok === true ? 'done' : 'not done'}`);
    return;
  }
  const letter = await app.ask('letters/fetch', { ubrn: intent.wish.ubrn });
  play.tell(() => `the clerk fetches a letter: ${letter?.ok === true ? 'done' : 'not done'}`);
  if (letter?.ok === true) play.checker.onLetter(intent.wish.ubrn);
}

/** The database of some time ago takes the place of the present one (attack S30). */
function restoreLater(play: Play, lastsMs: number): void {
  const copy = play.disk.copy();
  if (copy === null) return;
  // No copy of a request outlives this: what an older backup does not know has happened by then or never will.
  play.time.inWorld(lastsMs + 200_000, () => {
    if (play.isOver || play.intents.size === 0) return;
    play.note('records-lost');
    play.tell(() => 'an older backup of the database is put back');
    play.instances.forEach((instance) => instance.die());
    play.disk.putBack(copy);
    for (const intent of play.intents.values()) rollBack(play, intent);
  });
}
