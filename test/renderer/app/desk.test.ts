// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { formatNhsNumber, formatUbrn } from '../../../src-main/contract/identifiers.ts';
import {
  makeNhsNumber,
  makeOutboxSummary,
  makeRole,
  makeRow,
  makeSession,
  makeWorklist,
} from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const signedOut = (endedReason: string | null = null) => ({
  'session/read-state': () =>
    ok(makeSession({ status: 'signed-out', user: null, roles: [], role: null, endedReason })),
});
const selectedRow = () => document.querySelector('[role="row"][aria-selected="true"]');
const focusedRole = () => document.activeElement?.getAttribute('role');

describe('signing in', () => {
  it('takes Enter, the arrows and Enter to the worklist, whose first row is selected', async () => {
    desk = await mountDesk(signedOut());
    expect(desk.text()).toContain('TRAINING');
    await desk.press('Enter');
    expect(desk.text()).toContain('Choose the role to work in');
    expect(desk.text()).toContain('Service Provider Clinician');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('session/choose-role')).toEqual([{ roleId: makeRole().roleId }]);
    expect(focusedRole()).toBe('grid');
    expect(selectedRow()).not.toBeNull();
    expect(document.title).toBe('Booking Desk – TRAINING');
  });

  it('narrows the roles by typing', async () => {
    desk = await mountDesk(signedOut());
    await desk.press('Enter');
    await desk.type('provider r68');
    expect(desk.text()).not.toContain('Referring Admin');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('session/choose-role')).toEqual([{ roleId: 'SERVICE_PROVIDER_CLINICIAN@R68' }]);
  });

  it('says what a dead session means', async () => {
    desk = await mountDesk(signedOut('session-ended'));
    expect(desk.text()).toContain('Your e-RS session ended without notice.');
    expect(desk.text()).toContain('kept in the outbox');
  });

  it('shows why a sign-in failed and lets the clerk try again', async () => {
    desk = await mountDesk({
      ...signedOut(),
      'session/sign-in': () => fail('offline', 'ECONNREFUSED', {}, 'corr-1'),
    });
    await desk.press('Enter');
    expect(desk.text()).toContain('No answer from e-RS (code ECONNREFUSED)');
    expect(desk.text()).toContain('corr-1');
    expect(document.activeElement?.textContent).toContain('Sign in');
  });
});

describe('the worklist', () => {
  it('opens the second row by ↓ Enter and hands the next key to the new screen', async () => {
    desk = await mountDesk();
    const second =
      document.querySelectorAll('[role="row"][aria-selected]')[1]?.id.replace('worklist-row-', '') ?? '';
    await desk.press('ArrowDown', 'Enter', 'F7');
    expect(desk.router.currentRoute.value).toMatchObject({ name: 'referral', params: { ubrn: second } });
    expect(desk.statusLine()).toContain('stub slots');
    expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('centre');
  });

  it('moves by arrows, pages and ends, and tells screen readers where it is', async () => {
    desk = await mountDesk();
    const grid = document.querySelector('[role="grid"]') as HTMLElement;
    const rowIndex = () => Number(selectedRow()?.getAttribute('aria-rowindex')) - 2;
    expect(grid.getAttribute('aria-rowcount')).toBe('115');
    await desk.press('End');
    expect(rowIndex()).toBe(113);
    await desk.press('ArrowDown', 'PageUp');
    expect(rowIndex()).toBe(104);
    await desk.press('Home', 'ArrowDown', 'ArrowDown', 'ArrowUp');
    expect(rowIndex()).toBe(1);
    expect(document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')).toBe(selectedRow());
  });

  it('names the rows on show only', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    desk = await mountDesk();
    vi.advanceTimersByTime(200);
    vi.useRealTimers();
    await desk.settle();
    const asked = desk.fake.inputsOf('patient/read-names').flatMap(({ nhsNumbers }) => nhsNumbers);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(50);
    expect(document.querySelector('.worklist-cell__name')?.textContent).toMatch(/^[^a-z]+, /);
  });

  it('filters from F4 and goes back to the list by Enter', async () => {
    desk = await mountDesk();
    await desk.press('F4');
    await desk.type('derma');
    expect(desk.text()).toContain('29 of 120 referrals');
    await desk.press('Enter');
    expect(focusedRole()).toBe('grid');
    expect(selectedRow()?.textContent).toContain('Dermatology');
    await desk.press('F4', 'Escape');
    expect(desk.text()).toContain('114 of 120 referrals, read 10:42:10');
  });

  it('shows an error as an error, with the old rows and their age', async () => {
    desk = await mountDesk();
    desk.fake.answer('worklist/fetch', () => fail('unavailable', 'SYSTEM_UNAVAILABLE', {}, 'corr-2'));
    await desk.press('F5');
    expect(desk.text()).toContain('e-RS is not available just now');
    expect(desk.text()).toContain('As of 10:42:10');
    expect(selectedRow()).not.toBeNull();
    expect(desk.text()).not.toContain('No referrals');
  });

  it('says what an empty list was read for, and what could not be read', async () => {
    desk = await mountDesk({ 'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, [], { unreadable: 2 })) });
    expect(desk.text()).toContain(
      'No referrals awaiting booking for R69 as Referring Clinician Admin, read 10:42.',
    );
    expect(desk.text()).toContain('2 entries of this list could not be read');
  });

  it('lists what the role cannot read and refuses it in words', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+5');
    expect(desk.statusLine()).toContain('needs a service provider role');
    expect(desk.fake.inputsOf('worklist/fetch')).toHaveLength(1);
    await desk.press('Ctrl+2');
    expect(desk.text()).toContain('No referrals whose letter is outstanding');
  });

  it('does not open for a role that may only list', async () => {
    const role = makeRole({ businessFunction: 'REFERRING_ADMIN', canOpen: false });
    desk = await mountDesk({ 'session/read-state': () => ok(makeSession({ role })) });
    await desk.press('Enter');
    expect(desk.router.currentRoute.value.name).toBe('worklist');
    expect(desk.statusLine()).toContain('Referring Admin can read lists but not open a referral');
  });

  it('opens the neighbour by Alt+arrows from the open referral, and says when the list ends', async () => {
    desk = await mountDesk();
    await desk.press('Enter', 'Alt+ArrowDown');
    const ubrn = selectedRow()?.id.replace('worklist-row-', '');
    expect(desk.router.currentRoute.value.params['ubrn']).toBe(ubrn);
    await desk.press('Alt+ArrowUp', 'Alt+ArrowUp');
    expect(desk.statusLine()).toContain('first referral of the list');
  });

  it('marks a row with the booking that main tells of', async () => {
    desk = await mountDesk();
    const ubrn = selectedRow()?.id.replace('worklist-row-', '') ?? '';
    desk.fake.push('booking/changed', {
      ...{
        intentId: '00000000-0000-4000-8000-000000000001',
        ubrn,
        state: 'unknown',
        code: '',
        correlationId: '',
      },
      ...{
        serviceName: 'Clinic',
        start: '2026-12-01T09:00:00.000Z',
        clinicianId: null,
        sentAt: null,
        nextCheckAt: null,
      },
      ...{ appointmentId: null, mayDefer: false, updatedAt: '2026-11-23T10:43:00.000Z' },
    });
    await desk.settle();
    expect(selectedRow()?.textContent).toContain('Not confirmed');
  });
});

describe('finding by UBRN', () => {
  const found = {
    'referral/find': ({ text }: { text: string }) => {
      const digits = text.replace(/\D/g, '');
      return digits.length === 12
        ? ok({ kind: 'ubrn' as const, ubrn: digits })
        : ok({ kind: 'in-lists' as const, nhsNumber: digits, ubrns: ['000049000001', '000049000006'] });
    },
  };

  it('asks for a second identifier and shows nothing when it is wrong', async () => {
    desk = await mountDesk({ ...found, 'referral/open': () => fail('wrong-identifier', 'wrong-identifier') });
    await desk.press('F2');
    await desk.type('0000 4900 0001');
    await desk.press('Enter');
    expect(desk.text()).toContain('Ask the caller: last 4 digits of the NHS number, or date of birth?');
    await desk.type('4321');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('referral/open')).toEqual([{ ubrn: '000049000001', secondIdentifier: '4321' }]);
    expect(desk.text()).toContain('This does not match the UBRN');
    expect(document.activeElement?.className).toContain('error-summary');
    expect(desk.router.currentRoute.value.name).toBe('worklist');
  });

  it('opens when it is right', async () => {
    desk = await mountDesk({ ...found, 'referral/open': () => ok({ ubrn: '000049000001' } as never) });
    await desk.press('F2');
    await desk.type('000049000001');
    await desk.press('Enter');
    await desk.type('05 01 1970');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('referral/open')).toEqual([
      { ubrn: '000049000001', secondIdentifier: '05011970' },
    ]);
    expect(desk.router.currentRoute.value.params['ubrn']).toBe('000049000001');
    expect(desk.text()).toContain('handed over 000049000001');
  });

  it('refuses what is neither UBRN nor NHS number without asking main', async () => {
    desk = await mountDesk(found);
    await desk.press('F2');
    await desk.type('999 123 4567');
    await desk.press('Enter');
    expect(desk.text()).toContain('last digit does not fit');
    expect(desk.fake.inputsOf('referral/find')).toEqual([]);
  });

  it('offers the referrals of an NHS number that is in the lists', async () => {
    desk = await mountDesk(found);
    await desk.press('F2');
    await desk.type(makeNhsNumber(1));
    await desk.press('Enter');
    expect(desk.text()).toContain(formatNhsNumber(makeNhsNumber(1)));
    expect(desk.text()).toContain(formatUbrn('000049000006'));
  });
});

describe('locking', () => {
  it('takes every patient out of the window and unlocks by Enter to an empty desk that reads again', async () => {
    desk = await mountDesk();
    expect(desk.text()).toMatch(/999\s000\s\d{4}/);
    await desk.press('Enter', 'Ctrl+L');
    expect(desk.text()).toContain('Desk locked');
    expect(document.body.innerHTML).not.toMatch(/999|0000.4900/);
    expect(desk.router.currentRoute.value.params).toEqual({});
    await desk.press('Enter');
    expect(desk.fake.inputsOf('session/unlock')).toHaveLength(1);
    expect(desk.fake.inputsOf('worklist/fetch')).toHaveLength(2);
    expect(desk.router.currentRoute.value.name).toBe('worklist');
    expect(focusedRole()).toBe('grid');
  });

  it('opens nothing that was asked for before the lock', async () => {
    let answer: (view: never) => void = () => undefined;
    desk = await mountDesk({
      'referral/find': () => ok({ kind: 'ubrn', ubrn: '000049000001' }),
      'referral/open': () => new Promise((resolve) => (answer = (view) => resolve(ok(view)))),
    });
    await desk.press('F2');
    await desk.type('000049000001');
    await desk.press('Enter');
    await desk.type('1234');
    await desk.press('Enter', 'Ctrl+L');
    answer({ ubrn: '000049000001' } as never);
    await desk.settle();
    expect(desk.router.currentRoute.value.name).toBe('sign-in');
    expect(desk.text()).toContain('Desk locked');
  });

  it('locks the window even when main does not answer well, and from within a panel', async () => {
    desk = await mountDesk({ 'session/lock': () => fail('internal', 'broken') });
    await desk.press('F2', 'Ctrl+L');
    expect(desk.text()).toContain('Desk locked');
    expect(document.body.innerHTML).not.toMatch(/999|0000.4900/);
  });

  it('follows a lock that main makes', async () => {
    desk = await mountDesk();
    desk.fake.push('session/changed', makeSession({ status: 'locked' }));
    await desk.settle();
    expect(desk.text()).toContain('Desk locked');
    expect(document.body.innerHTML).not.toMatch(/999/);
  });
});

describe('changing the role', () => {
  it('puts the old role’s list away and reads the new role’s', async () => {
    desk = await mountDesk({
      'worklist/fetch': ({ kind }) =>
        ok(makeWorklist(kind, kind === 'AWAITING_BOOKING' ? [makeRow(1)] : [makeRow(2)])),
    });
    await desk.press('Enter', 'Alt+R');
    await desk.type('provider');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('worklist/fetch').map(({ kind }) => kind)).toEqual([
      'AWAITING_BOOKING',
      'APPOINTMENT_SLOT_ISSUES',
    ]);
    expect(desk.router.currentRoute.value.name).toBe('worklist');
    expect(desk.text()).toContain('Invented Hospital (R68)');
    expect(desk.text()).not.toContain(formatNhsNumber(makeNhsNumber(1)));
  });
});

describe('leaving before the outbox was read', () => {
  async function mountWaiting(open: number) {
    let answer: () => void = () => undefined;
    desk = await mountDesk({
      // Asked at the mount and again by the key.
      'outbox/read-summary': () =>
        new Promise((resolve) => {
          const earlier = answer;
          answer = () => {
            earlier();
            resolve(ok(makeOutboxSummary({ open })));
          };
        }),
    });
    return () => answer();
  }

  it('reads first, and asks nothing where nothing is open', async () => {
    const read = await mountWaiting(0);
    await desk.press('Alt+R');
    expect(document.querySelector('[role="dialog"]')).toBeNull();
    read();
    await desk.settle();
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain('Change role');
  });

  it('reads first, and asks where something is open', async () => {
    const read = await mountWaiting(2);
    await desk.press('Alt+R');
    read();
    await desk.settle();
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain('while actions are not done');
  });

  it('opens no panel over a desk that was locked meanwhile', async () => {
    const read = await mountWaiting(2);
    await desk.press('Alt+R', 'Ctrl+L');
    read();
    await desk.settle();
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  });
});

describe('the panels', () => {
  it('the palette runs a command by its words and teaches its key', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+K');
    await desk.type('lock');
    expect(desk.text()).toContain('Ctrl+L');
    await desk.press('Enter');
    expect(desk.text()).toContain('Desk locked');
  });

  it('the palette says why a command cannot run now', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+K');
    await desk.type('cancel referral');
    expect(desk.text()).toContain('Not now: open a referral first');
    await desk.press('Enter');
    expect(document.querySelector('[role="dialog"]')).not.toBeNull();
  });

  it('F1 helps and Shift+F1 lists all keys', async () => {
    desk = await mountDesk();
    await desk.press('F1');
    expect(desk.text()).toContain('Help: Worklist');
    await desk.press('Escape', 'Shift+F1');
    expect(desk.text()).toContain('Read the list again');
    expect(desk.text()).toContain('Open or choose; never sends anything');
  });
});
