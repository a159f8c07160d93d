/** Runs a play from event to event until everything has come to rest, then asks the last questions. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { Secrets } from '../../../src-main/app/ports.ts';
import { SETTLED_WITHIN_MS } from '../protocol/promised.ts';
import type { DurableRow } from './disk.ts';
import type { Play } from './play.ts';

/** No story takes as many steps as this, but one whose program runs in circles. */
const MOST_STEPS = 30_000;
const STEPS_PER_INTENT = 400;
/** The clerk takes a while to come back and sign in. */
const RETURN_MS = 90_000;
const PER_INTENT_MS = 2_000;

/** Lets everything happen that promises have ready; the time of the play stands still meanwhile. */
export const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export async function playToTheEnd(play: Play): Promise<void> {
  await settle();
  await advance(play, () => play.calmAtMs);
  play.checker.atEnd(play.app);
  if (play.random.chance(0.5)) await tidyUp(play);
  if (play.random.chance(0.2)) await reopen(play);
  play.isOver = true;
  await verifyAudit(play);
  if (play.disk.file !== ':memory:') searchBytes(play);
}

/** Plays until all is at rest, but no longer than the promise allows after `since` and the last trouble. */
async function advance(play: Play, since: () => number): Promise<void> {
  const most = MOST_STEPS + play.drainOf * STEPS_PER_INTENT;
  // I5 counts from the last trouble: the clerk may be done before the calm, and a backup be put back after it.
  const limit = () =>
    Math.max(since(), play.calmAtMs, play.restoredAtMs) +
    SETTLED_WITHIN_MS +
    RETURN_MS +
    (play.intents.size + play.drainOf) * PER_INTENT_MS;
  let steps = 0;
  while (!play.isSettled() && play.time.step(limit())) {
    await settle();
    steps += 1;
    play.checker.expectBadge(play.app);
    if (steps > most) return play.checker.violate(null, 'the program runs in circles');
  }
}

/** The clerk deals with what is theirs: sends it again, takes it back, looks again, or does it anew. */
async function tidyUp(play: Play): Promise<void> {
  const { clerk, random } = play;
  const since = play.time.now();
  for (const intent of [...play.intents.values()]) {
    if (intent.row.state !== 'NEEDS_CLERK' || intent.isVanished) continue;
    const choice = random.below(4);
    if (choice === 0) await clerk.confirm(intent);
    else if (choice === 1) await clerk.withdraw(intent);
    else if (choice === 2) await clerk.readBack(intent);
    else if (!isTerminal(intent.row.state)) clerk.redo(intent);
    await settle();
  }
  await advance(play, () => since);
  play.checker.atEnd(play.app);
}

/** The application is closed and opened once more: it must find everything as it was. */
async function reopen(play: Play): Promise<void> {
  const before = new Map([...play.intents.values()].map(({ id, row }) => [id, row]));
  const since = play.time.now();
  play.app.die();
  void play.startAnother();
  await settle();
  while (play.time.now() < since + 60_000 && play.time.step(since + 60_000)) await settle();
  // Where an older state of the disk took its place meanwhile, that is what the start has found.
  if (play.restoredAtMs < since) expectAsBefore(play, before);
  await advance(play, () => since);
  play.checker.atEnd(play.app);
}

function expectAsBefore(play: Play, before: ReadonlyMap<string, DurableRow>): void {
  for (const intent of play.intents.values()) {
    const state = before.get(intent.id)?.state;
    const isChanged =
      state !== undefined && state !== intent.row.state && !intent.isDamaged && !intent.isVanished;
    if (isChanged && (isTerminal(state) || state === 'NEEDS_CLERK'))
      play.checker.violate(intent, `I4: a new start made ${intent.row.state} of ${state}`);
  }
}

/** I10, by the product's own verification over the keyring as it is. */
async function verifyAudit(play: Play): Promise<void> {
  const { storage } = play.disk;
  if (storage.all('SELECT seq FROM audit LIMIT 1').length === 0) return;
  const secrets: Secrets = {
    read: async (name) => ok(play.keys.get(name) ?? null),
    write: async () => ok(undefined),
    remove: async () => ok(undefined),
  };
  const vault = await openVault(secrets, storage, play.app.clock);
  if (!vault.ok) return play.checker.violate(null, `I10: the vault does not open: ${vault.problem.code}`);
  const verified = createAuditLog({ storage, clock: play.app.clock, vault: vault.value }).verify();
  if (!verified.ok) play.checker.violate(null, `I10: the audit chain breaks at ${verified.firstBadSeq}`);
}

/** I14: no identifier, name or word of the clerk's lies readable in any file of the database. */
function searchBytes(play: Play): void {
  const { world } = play.stage;
  const secrets = [...play.intents.values()].flatMap(({ wish }) => {
    const patient = world.findPatient(wish.nhsNumber);
    return [wish.ubrn, wish.nhsNumber, wish.comment, patient?.family ?? '', patient?.birthDate ?? ''];
  });
  const folder = dirname(play.disk.file);
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name)).toString('latin1');
    const found = secrets.findIndex((text) => text.length > 3 && bytes.includes(text));
    if (found >= 0)
      play.checker.violate(null, `I14: readable in ${name}: number ${found % 5} of an intent's texts`);
  }
}
