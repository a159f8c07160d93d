import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Referral } from '../../src-main/training-service/world/model.ts';
import {
  badgeSays,
  eventually,
  HORIZON_MS,
  lookAndConfirm,
  openOutbox,
  outboxRows,
  reconnect,
} from './support/at-work.ts';
import { CANCEL_LATER, COMMENT, openByNumber, resultSays, review } from './support/deeds.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import {
  callsOf,
  meetLock,
  meetNoEffect,
  meetOwnFault,
  meetRefusals,
  meetSecondClerk,
  meetSilentSuccess,
  meetStaleVersion,
} from './support/refused-in-turn.ts';
import { meetRefusedUploads, UPLOAD_CODES } from './support/refused-uploads.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;
const used = new Set<string>();
const world = () => desk.service.world;

/** Another booked referral of the review list, of an ordinary patient and still to come, each once. */
function another(isWanted: (referral: Referral) => boolean = () => true): string {
  const soonMs = desk.clock.nowMs() + 7 * 86_400_000;
  const found = world()
    .findScene('booked-for-review')
    .map((ubrn) => world().referral(ubrn))
    .find(
      (one) =>
        !used.has(one.ubrn) &&
        (one.appointment?.startMs ?? 0) > soonMs &&
        world().findPatient(one.nhsNumber)?.record === 'normal' &&
        isWanted(one),
    );
  if (found === undefined) throw new Error('the training world has no such referral left');
  used.add(found.ubrn);
  return found.ubrn;
}

/** The provider's desk with Referrals for Review read: A022 is for what stands there. */
async function openReviewDesk(): Promise<void> {
  used.clear();
  desk = await openClerkDesk({ seed, speed: 8 });
  await desk.signIn(/Service provider clinician(?! admin)/i);
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
}

async function closeDesk(): Promise<void> {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
}

describe('cancel, action later', () => {
  beforeAll(openReviewDesk);
  afterAll(closeDesk);

  it('is refused in words for every code of e-RS, then stale, then locked, then done', async () => {
    const ubrn = another();
    await openByNumber(desk, ubrn);
    await meetRefusals(desk, CANCEL_LATER, ubrn, {
      TECHNICAL_ERROR: /the appointment stays booked/,
      INAPPROPRIATE_VALUE: /a file that was uploaded for another one/,
      MISSING_VALUE: /misses something, most likely the comment/,
      VALUE_IS_REQUIRED: /whether the appointment is cancelled in the PAS/,
      FIELD_NOT_PERMITTED: /does not take the answer about the PAS/,
      REFERENCE_NOT_FOUND: /does not know a file of this action/,
      INVALID_STATE: /belongs to another action already/,
      DUPLICATE_FILENAME: /a file of this name already/,
    });
    await meetStaleVersion(desk, CANCEL_LATER, ubrn);
    await meetLock(desk, CANCEL_LATER, ubrn);
  });

  it('is not sent for what a second clerk has changed', () =>
    meetSecondClerk(desk, CANCEL_LATER, another(), (ubrn) =>
      world().leaveForLaterByAnother(ubrn, 'Rebook in May'),
    ));

  it('whose reply was lost is found done, with one request', () =>
    meetSilentSuccess(desk, CANCEL_LATER, another()));

  it('that never arrived is proven undone before anything else', () =>
    meetNoEffect(desk, CANCEL_LATER, another(), true));

  it('that was wrong is a fault of the desk: said once, then switched off', () =>
    meetOwnFault(desk, CANCEL_LATER, another()));
});

/** Gives the open review a file, as the file chooser does. */
async function attach(name: string, content: string | Buffer): Promise<void> {
  const file = { name, mimeType: '', buffer: Buffer.from(content) };
  await desk.page.locator('.review input[type="file"]').setInputFiles([file]);
}

/** Reviews, attaches a file and commits. */
async function actWithFile(ubrn: string, name: string): Promise<void> {
  await review(desk, CANCEL_LATER, ubrn);
  await attach(name, 'An invented letter.');
  await desk.shows(new RegExp(`${name}, \\d+ bytes`));
  await desk.press('Ctrl+Enter');
}

const openFileRow = async (): Promise<string> =>
  (await outboxRows(desk)).find((words) => /^\S+ (?!Refused|Withdrawn).*\d Upload file/.test(words)) ?? '';

describe('the files of a cancellation', () => {
  beforeAll(openReviewDesk);
  afterAll(closeDesk);

  it('that are too large, of a wrong type or name, or there already are not taken, and it is said why', async () => {
    const ubrn = another(({ attachments }) => attachments.length > 0);
    const [{ title = '' } = {}] = world().referral(ubrn).attachments;
    await openByNumber(desk, ubrn);
    await review(desk, CANCEL_LATER, ubrn);
    await attach('letter.txt', 'An invented letter.');
    await desk.shows(/letter\.txt, 19 bytes/);
    for (const [name, content, words] of [
      ['large.txt', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), /e-RS takes up to 5 MB\. Make it smaller/],
      ['empty.txt', '', /“empty\.txt” is empty/],
      ['tool.exe', 'MZ', /does not take files of this type\. It takes txt, pdf/],
      ['note.pdf', 'no PDF at all', /not what the end of its name says/],
      ['brief–für.txt', 'A letter.', /characters that e-RS does not take\. Rename it/],
      ['letter.txt', 'Another letter.', /“letter\.txt” is there already\. Rename the file/],
      [title, 'A letter.', /a file of this name already\. Rename it|takes up to|not what the end/],
    ] as const) {
      await attach(name, content);
      await desk.shows(words);
      expect(await desk.page.locator('.cancel__files li').count(), name).toBe(1);
    }
    expect(desk.service.calls.count('A020')).toBe(0);
    await desk.press('Escape');
    await desk.shows(/Files are to be chosen again/);
  });

  it('that e-RS refuses are told by name and code, and nothing is cancelled', async () => {
    const ubrn = another();
    await openByNumber(desk, ubrn);
    await meetRefusedUploads(desk, {
      codes: UPLOAD_CODES,
      not: CANCEL_LATER.not,
      act: (name) => actWithFile(ubrn, name),
    });
    expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(0);
    expect(world().appointmentOf(ubrn)?.status).toBe('booked');
  });

  it('whose upload nobody confirmed wait for the clerk, and go up once more on one Ctrl+Enter', async () => {
    const ubrn = another();
    await openByNumber(desk, ubrn);
    const sentBefore = desk.service.calls.count('A020');
    desk.service.faults.add({ on: { id: 'A020' }, do: { kind: 'drop-before' } });
    await actWithFile(ubrn, 'lost.txt');
    await resultSays(desk, /NOT CANCELLED yet: queued/);
    desk.clock.pass(HORIZON_MS);
    await openOutbox(desk);
    await eventually(async () => expect(await openFileRow()).toMatch(/Needs you NOT CONFIRMED/));
    expect(desk.service.calls.count('A020') - sentBefore).toBe(1);
    const chosen = desk.page.locator('.item-detail', { hasText: 'lost.txt' });
    await desk.press('Home');
    for (let step = 0; step < 9 && (await chosen.count()) === 0; step += 1) await desk.press('ArrowDown');
    await lookAndConfirm(desk);
    await desk.press('F12');
    await resultSays(desk, CANCEL_LATER.done);
    expect(desk.service.calls.count('A020') - sentBefore).toBe(2);
    expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(1);
  });

  it('go up first and with the cancellation, which waits its turn behind them', async () => {
    const ubrn = another();
    await openByNumber(desk, ubrn);
    await actWithFile(ubrn, 'letter.txt');
    await resultSays(desk, CANCEL_LATER.done);
    const attached = world()
      .referral(ubrn)
      .attachments.filter(({ type }) => type === 'PROVIDER');
    expect(attached.map(({ title }) => title)).toEqual(['letter.txt']);
    expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(1);
  });
});

it('without a connection is queued, NOT CANCELLED, and asks once more when the line is back', async () => {
  await openReviewDesk();
  const ubrn = another();
  await openByNumber(desk, ubrn);
  desk.line.pull();
  await desk.press('F5');
  await desk.shows(/As of|Not read again/);
  await review(desk, CANCEL_LATER, ubrn);
  await desk.shows(/Queue this cancellation\? NOT CANCELLED/);
  await desk.press('Ctrl+Enter');
  const words = await resultSays(desk, /NOT CANCELLED: queued, waiting for the connection/);
  expect(words).toMatch(/asks you for one fresh Ctrl\+Enter/);
  expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(0);
  reconnect(desk);
  await resultSays(desk, /NOT CANCELLED: it needs your word again/);
  await badgeSays(desk, /1 needs you/);
  expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(0);
  await openOutbox(desk);
  await lookAndConfirm(desk);
  await desk.press('F12');
  await resultSays(desk, CANCEL_LATER.done);
  expect(callsOf(desk, CANCEL_LATER, ubrn)).toBe(1);
  expect(world().referral(ubrn).stateComments).toBe(COMMENT);
  await closeDesk();
});
