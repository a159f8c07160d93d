// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src-main/contract/channels/session.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { asOfWords } from '../../../src-renderer/features/referral/as-of-words.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { makeRow, makeWorklist, READ_AT } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';
import { makeItem } from '../features/outbox/outbox-fakes.ts';
import { answerSlots, makePage, makeSearch, makeSlots } from '../slots/slot-fakes.ts';
import { mountReferral } from './mount-referral.ts';
import { makeReferral } from './referral-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const OFFLINE: Connection = { status: 'offline', since: '2026-11-23T11:00:30.000Z', pausedUntil: null };
const ONLINE: Connection = { ...OFFLINE, status: 'online', since: '2026-11-23T11:30:00.000Z' };
const AS_OF = /As of Mon 23-Nov-2026 10:42, \d+ \w+ ago/;
const centre = () => document.querySelector('#centre')?.textContent?.replace(/\s+/g, ' ') ?? '';
const list = () => document.querySelector('.worklist')?.textContent?.replace(/\s+/g, ' ') ?? '';
const ubrn = () => String(desk.router.currentRoute.value.params['ubrn']);
const slots = makeSlots(40);
const rows = Array.from({ length: 5 }, (_, n) => makeRow(n));

/** A main that cannot reach e-RS and gives what it remembers. */
const remembering: FakeAnswers = {
  'session/read-connection': () => ok(OFFLINE),
  'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, rows, { isRemembered: true })),
  'referral/open': (input) => ok(makeReferral({ ubrn: input.ubrn, isRemembered: true })),
  'referral/reread': (input) => ok(makeReferral({ ubrn: input.ubrn, isRemembered: true })),
  ...answerSlots(slots),
  'slots/search': (input) =>
    ok(makeSearch(slots, { ubrn: input.ubrn, firstPage: makePage(slots, 1, { isRemembered: true }) })),
};

async function connect(connection: Connection): Promise<void> {
  desk.fake.push('session/connection-changed', connection);
  await desk.settle();
}

describe('the ribbon of an old reading', () => {
  const remembered = { readAt: READ_AT, isRemembered: true };
  const at = (minutes: number) => Date.parse(READ_AT) + minutes * 60_000;

  it('gives date and age of what is remembered, and what can be done about it', () => {
    desk = { unmount: () => undefined } as MountedDesk;
    expect(asOfWords(remembered, 'this list may have changed since', OFFLINE, at(18))).toBe(
      'As of Mon 23-Nov-2026 10:42, 18 minutes ago: this list may have changed since. e-RS cannot be reached; F5 tries again.',
    );
    expect(asOfWords(remembered, 'this list may have changed since', ONLINE, at(60 * 71))).toBe(
      'As of Mon 23-Nov-2026 10:42, 2 days ago: this list may have changed since. The connection is back: F5 reads it again.',
    );
    expect(
      asOfWords(remembered, 'this list may have changed since', { ...OFFLINE, status: 'portal' }, at(1)),
    ).toContain('The network asks you to sign in to it');
    expect(
      asOfWords({ ...remembered, isRemembered: false }, 'this list may have changed since', ONLINE, at(1)),
    ).toBe('As of 10:42:10, 1 minute ago: this list may have changed since.');
  });
});

describe('the worklist offline', () => {
  it('is shown with its age, counted from when the line went, not from the reading itself', async () => {
    desk = await mountDesk(remembering);
    expect(list()).toMatch(AS_OF);
    expect(list()).toContain('18 minutes ago');
    expect(document.querySelectorAll('[role="row"][aria-selected]').length).toBeGreaterThan(0);
  });

  it('says by F5 that it was not read again', async () => {
    desk = await mountDesk(remembering);
    await desk.press('F5');
    expect(desk.statusLine()).toContain('Not read again: e-RS cannot be reached.');
  });

  it('is an answer of then, not of now, when it was empty', async () => {
    desk = await mountDesk({
      ...remembering,
      'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, [], { isRemembered: true })),
    });
    expect(list()).toContain('When last read, Mon 23-Nov-2026 10:42, there were no referrals');
  });

  it('says that the connection is back and reads nothing by itself; F5 reads', async () => {
    desk = await mountDesk(remembering);
    await connect(ONLINE);
    expect(desk.statusLine()).toContain('The connection is back. F5 reads again what is on the screen.');
    expect(list()).toContain('The connection is back: F5 reads it again.');
    expect(desk.fake.inputsOf('worklist/fetch')).toHaveLength(1);
    desk.fake.answer('worklist/fetch', ({ kind }) => ok(makeWorklist(kind, rows)));
    await desk.press('F5');
    expect(list()).not.toContain('As of');
  });
});

describe('the referral offline', () => {
  it('is shown with its age and can be asked for a booking', async () => {
    desk = await mountReferral(remembering);
    expect(centre()).toMatch(AS_OF);
    await desk.press('F5');
    expect(desk.statusLine()).toContain(
      'Not read again: e-RS cannot be reached. The referral is as of Mon 23-Nov',
    );
    await desk.press('F7');
    expect(desk.router.currentRoute.value.name).toBe('slots');
  });
});

describe('slots offline', () => {
  it('are last seen, grey, not held, and only a wish, in both views and spoken', async () => {
    desk = await mountReferral(remembering);
    await desk.press('F7');
    expect(centre()).toMatch(AS_OF);
    expect(centre()).toContain('40 slots, last seen free at 10:42, not held: only a wish');
    expect(document.querySelector('.slot-stage--remembered')).not.toBeNull();
    const active = document.querySelector('.slot-stage')?.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.getAttribute('aria-label')).toContain(
      'last seen free at 10:42, not held',
    );
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('Chosen as a wish');
    await desk.press('F8');
    expect(document.querySelector('.slot-list__row--slot')?.textContent).toContain(
      'Last seen free, not held',
    );
    expect(document.querySelector('.slot-list__row--day')?.textContent).not.toContain('free slots');
  });

  it('are asked for again by F5 alone, which goes past what the desk remembers', async () => {
    desk = await mountReferral(remembering);
    await desk.press('F7', 'F5');
    expect(desk.fake.inputsOf('slots/search').map(({ isReread }) => isReread)).toEqual([undefined, true]);
    await desk.press('Escape', 'Escape', 'F5');
    expect(desk.fake.inputsOf('worklist/fetch').map(({ isReread }) => isReread)).toEqual([undefined, true]);
  });

  it('are never offered to a caller as free', async () => {
    desk = await mountReferral(remembering);
    await desk.press('F7', ' ', 'ArrowDown', ' ');
    expect(centre()).toContain('I cannot book just now');
    expect(centre()).toContain('Nothing is booked until we ring you.');
    expect(centre()).not.toContain('I can offer');
  });

  it('are no evidence when there were none', async () => {
    desk = await mountReferral({
      ...remembering,
      'slots/search': (input) =>
        ok(makeSearch([], { ubrn: input.ubrn, firstPage: makePage([], 1, { isRemembered: true }) })),
    });
    await desk.press('F7');
    expect(centre()).toContain('That says nothing about now.');
    expect(centre()).not.toContain('e-RS has no free slots');
  });

  it('become wishes when the line goes while they are on show', async () => {
    desk = await mountReferral(answerSlots(slots));
    await desk.press('F7');
    expect(document.querySelector('.slot-stage--remembered')).toBeNull();
    await connect(OFFLINE);
    expect(document.querySelector('.slot-stage--remembered')).not.toBeNull();
    expect(centre()).toContain('only a wish');
  });

  it('keep their priority, with the reason', async () => {
    desk = await mountReferral(remembering);
    await desk.press('F7');
    const select = document.querySelector('#slots-priority') as HTMLSelectElement;
    select.value = 'URGENT';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.settle();
    expect(desk.statusLine()).toContain(
      'Priority: it is part of the question to e-RS, which cannot be reached.',
    );
    expect(select.value).toBe('ROUTINE');
    expect(desk.fake.inputsOf('slots/search')).toHaveLength(1);
  });
});

describe('the letter offline', () => {
  const queued = (changes = {}) => makeItem(1, { action: 'letter', ubrn: ubrn(), start: null, ...changes });

  it('is asked for and queued, and no old one is shown', async () => {
    desk = await mountReferral({ ...remembering, 'outbox/request-letter': () => ok(queued()) });
    await desk.press('F9');
    expect(centre()).toContain('Fetch and print when back?');
    expect(desk.statusLine()).toContain('fetch and print the letter when it is back?');
    expect(document.activeElement?.hasAttribute('data-asks')).toBe(true);
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('outbox/request-letter')).toEqual([{ ubrn: ubrn() }]);
    expect(centre()).toContain('Letter queued: NOT printed');
    expect(document.activeElement?.textContent).toContain('Letter queued: NOT printed');
    expect(desk.fake.inputsOf('letters/fetch')).toEqual([]);
    expect(document.querySelectorAll('canvas')).toHaveLength(0);
    await desk.press('Ctrl+Enter');
    expect(desk.statusLine()).toContain('queued already');
    expect(desk.fake.inputsOf('outbox/request-letter')).toHaveLength(1);
  });

  it('is asked for when the line goes at the very moment', async () => {
    desk = await mountReferral({ 'letters/fetch': () => fail('offline', 'ECONNRESET') });
    await desk.press('F9');
    expect(centre()).toContain('Fetch and print when back?');
  });

  it('says why it could not be queued', async () => {
    desk = await mountReferral({
      ...remembering,
      'outbox/request-letter': () => fail('writes-off', 'disk-full'),
    });
    await desk.press('F9', 'Ctrl+Enter');
    expect(centre()).toContain('The disk is full');
    expect(centre()).not.toContain('Letter queued');
  });

  it('is ready when the line is back: F9 fetches it', async () => {
    desk = await mountReferral({ ...remembering, 'outbox/request-letter': () => ok(queued()) });
    await desk.press('F9', 'Ctrl+Enter');
    await connect(ONLINE);
    expect(centre()).toContain('The connection is back: F9 fetches the letter now.');
    expect(desk.fake.inputsOf('letters/fetch')).toEqual([]);
    desk.fake.push(
      'outbox/item-changed',
      queued({ state: 'needs-you', code: 'letter-ready', updatedAt: '2026-11-23T11:31:00.000Z' }),
    );
    await desk.settle();
    expect(centre()).toContain('Letter ready to be fetched: NOT printed');
    await desk.press('F9');
    expect(desk.fake.inputsOf('letters/fetch')).toHaveLength(1);
  });

  it('stays with its referral: another one asks anew', async () => {
    desk = await mountReferral({ ...remembering, 'outbox/request-letter': () => ok(queued()) });
    await desk.press('F9', 'Ctrl+Enter', 'Escape', 'F9');
    expect(centre()).toContain('Letter queued: NOT printed');
    await desk.press('Escape', 'Escape', 'ArrowDown', 'Enter', 'F9');
    expect(centre()).toContain('Fetch and print when back?');
  });
});
