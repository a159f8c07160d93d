/** The reader process against a real pcscd with virtual readers (devices.md section 1). */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardEvent, CardReader, SitePolicies } from '../../../src-main/app/ports.ts';
import { createCardReader } from '../../../src-main/adapters/smartcard/card-reader.ts';
import { startReaderProcess } from '../../../src-main/adapters/smartcard/start-reader-process.ts';
import { createSystemClock } from '../../../src-main/adapters/node/system-clock.ts';
import { openBookable } from '../../e2e/screens/reach.ts';
import { openClerkDesk } from '../../e2e/support/open-clerk-desk.ts';
import { takeSeed } from '../../e2e/support/truth.ts';
import { isMissing } from '../../support/missing-parts.ts';
import { insertCard } from './virtual-card.ts';

const ENTRY = new URL('../../../src-main/adapters/smartcard/reader-process.ts', import.meta.url);
const READER = 'Virtual PCD 00 00';
const PATIENCE = 600;

/** Only one such service can run on a machine: where somebody's own runs, it is left alone. */
const isInUse = readdirSync('/proc').some(
  (entry) => /^\d+$/.test(entry) && existsSync(`/proc/${entry}/comm`) && nameOf(entry) === 'pcscd',
);
function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
if (isInUse)
  console.warn('SKIPPED: a PC/SC service runs on this machine, so the suite that stops one does not');

describe.skipIf(isMissing('pcscd') || isMissing('vsmartcard-vpcd') || isInUse)('real readers', () => {
  const told: CardEvent[] = [];
  let reader: CardReader;
  let service: ChildProcess | null = null;
  let children: ReturnType<typeof startReaderProcess>[] = [];
  let stop = () => {};

  async function startService(): Promise<void> {
    service = spawn('/usr/sbin/pcscd', ['--foreground'], { stdio: 'ignore' });
    await toBeTold({ kind: 'service', isUp: true });
  }

  async function killService(): Promise<void> {
    const ended = new Promise((resolve) => service?.once('exit', resolve));
    service?.kill('SIGKILL');
    await ended;
  }

  /** Waits until an event was told, and forgets those up to it. */
  async function toBeTold(wanted: CardEvent): Promise<void> {
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const at = told.findIndex((event) => JSON.stringify(event) === JSON.stringify(wanted));
      if (at !== -1) return void told.splice(0, at + 1);
      await setTimeout(50);
    }
    throw new Error(`never told ${JSON.stringify(wanted)}, but ${JSON.stringify(told)}`);
  }

  beforeEach(() => {
    told.length = 0;
    const start = () => {
      const child = startReaderProcess(ENTRY);
      children.push(child);
      return child;
    };
    const log = { write: () => {} };
    reader = createCardReader({ start, clock: createSystemClock(), log });
    stop = reader.watch((event) => void told.push(event));
  });

  afterEach(async () => {
    stop();
    if (service?.exitCode === null && service.signalCode === null) await killService();
    children = [];
  });

  it('finds a service that starts late, a card that comes and goes, and a service that dies and comes back', async () => {
    await toBeTold({ kind: 'service', isUp: false });
    await startService();
    await toBeTold({ kind: 'reader-added', reader: READER });
    for (let turn = 0; turn < 40; turn += 1) {
      const card = await insertCard();
      await toBeTold({ kind: 'card-inserted', reader: READER });
      expect(card.talks()).toBe(0);
      card.remove();
      await toBeTold({ kind: 'card-removed', reader: READER });
    }
    const card = await insertCard();
    await toBeTold({ kind: 'card-inserted', reader: READER });
    await killService();
    await toBeTold({ kind: 'card-removed', reader: READER });
    await toBeTold({ kind: 'service', isUp: false });
    card.remove();
    await startService();
    await toBeTold({ kind: 'reader-added', reader: READER });
  }, 240_000);

  it('goes on with a new process when a native fault ends the old one', async () => {
    await startService();
    await toBeTold({ kind: 'reader-added', reader: READER });
    children[0]?.stop();
    await toBeTold({ kind: 'service', isUp: false });
    await toBeTold({ kind: 'reader-added', reader: READER });
    expect(children).toHaveLength(2);
  });

  it.skipIf(isMissing('chromium'))(
    'do what the site says in the app: nothing, lock, or end the session; a dead service is a removed card',
    async () => {
      await startService();
      await toBeTold({ kind: 'reader-added', reader: READER });
      const policies: { cardRemoval: NonNullable<SitePolicies['cardRemoval']> } = { cardRemoval: 'nothing' };
      const desk = await openClerkDesk({ seed: takeSeed(), policies, cardReader: reader });
      const putCardIn = async () => {
        const card = await insertCard();
        await toBeTold({ kind: 'card-inserted', reader: READER });
        return card;
      };
      const isShown = (ubrn: string) =>
        desk.page.evaluate((text) => document.body.outerHTML.includes(text), ubrn);

      let card = await putCardIn();
      await desk.signIn();
      const ubrn = await openBookable(desk);
      card.remove();
      await toBeTold({ kind: 'card-removed', reader: READER });
      const state = await desk.app.handle('session/read-state', {}, { isTrusted: true, place: 'test' });
      expect(state).toMatchObject({ ok: true, value: { status: 'signed-in' } });

      card = await putCardIn();
      policies.cardRemoval = 'lock';
      card.remove();
      await desk.shows(/Desk locked[\s\S]*Locked by Alex Clerk/);
      expect(await isShown(ubrn)).toBe(false);
      await desk.press('Enter');
      await desk.shows(/Back where you were/);

      card = await putCardIn();
      policies.cardRemoval = 'end-session';
      card.remove();
      await desk.shows(/Desk locked[\s\S]*Your smartcard was removed: your session has ended/);
      expect(await isShown(ubrn)).toBe(false);
      await desk.press('Enter');
      await desk.shows(/Back where you were/);
      expect(await isShown(ubrn)).toBe(true);
      expect(desk.credentials).toHaveLength(3);

      await putCardIn();
      policies.cardRemoval = 'lock';
      await killService();
      await desk.shows(/Desk locked/);
      expect(desk.pageErrors).toEqual([]);
      await desk.close();
    },
    240_000,
  );
});
