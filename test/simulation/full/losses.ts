/** What a desk's disk loses: a record that goes bad, the newest ones of a disk that lied, all since an older backup. */
import type { Play } from './play.ts';
import type { PlayIntent } from './play-intent.ts';

/** So many more records than at protocol depth go bad with a crash. */
const MORE_DAMAGE = 10;

/** What a crash takes with it. */
export function loseByCrash(play: Play): void {
  if (play.isCalm) return;
  if (play.disk.isLying) loseRecords(play);
  if (!play.apart.chance(play.plan.steps.damage * MORE_DAMAGE)) return;
  const intent = play.clerk.anyOpen(play.apart);
  if (intent !== null) damage(play, intent);
}

/** A sealed record goes bad: the next start finds it. False where it has been found already. */
export function damage(play: Play, intent: PlayIntent): boolean {
  if (intent.row.state === 'QUARANTINED') return false;
  play.note('row-damaged');
  intent.isDamaged = true;
  play.disk.damage(intent.id);
  return true;
}

/** The newest records are gone, while what they told of may be on its way. */
function loseRecords(play: Play): void {
  if (!play.disk.lose()) return;
  play.note('records-lost');
  for (const intent of play.intents.values()) {
    const { state, attempt } = intent.row;
    forget(play, intent);
    const { row, isVanished } = intent;
    if (!isVanished && row.state === state && row.attempt === attempt) continue;
    intent.isRolledBack = true;
    intent.isLiedAbout = true;
  }
}

/** An older backup: the database does not know any more what happened to the intent, or that there is one. */
export function rollBack(play: Play, intent: PlayIntent): void {
  forget(play, intent);
  intent.isRolledBack = true;
  // By now nothing is on its way that the backup does not know of.
  intent.isLiedAbout = false;
}

function forget(play: Play, intent: PlayIntent): void {
  play.restoredAtMs = play.time.now();
  const row = play.disk.read(intent.id);
  intent.isVanished = row === null;
  intent.row = row ?? intent.row;
  intent.recordedAttempt = row?.attempt ?? 0;
  intent.sentAttempt = intent.recordedAttempt;
}
