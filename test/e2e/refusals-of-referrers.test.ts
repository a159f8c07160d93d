import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Referral } from '../../src-main/training-service/world/model.ts';
import {
  act,
  CANCEL_APPOINTMENT,
  CANCEL_REFERRAL,
  CHANGE_SHORTLIST,
  DEFER,
  openByNumber,
  resultSays,
  SEND_FOR_TRIAGE,
  type Deed,
} from './support/deeds.ts';
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
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;
const used = new Set<string>();

/** Services whose slots may all be taken: no other case needs them. */
const SPARE = ['11001', '11002', '11003', '11008'];

/** Another referral of an ordinary patient that fits, each once. */
function another(isWanted: (referral: Referral) => boolean): string {
  const { world } = desk.service;
  const found = world
    .listReferrals()
    .find(
      (referral) =>
        !used.has(referral.ubrn) &&
        referral.kind === 'referral' &&
        referral.isInitial &&
        referral.referringOrg === 'R69' &&
        world.findPatient(referral.nhsNumber)?.record === 'normal' &&
        isWanted(referral),
    );
  if (found === undefined) throw new Error('the training world has no such referral left');
  used.add(found.ubrn);
  return found.ubrn;
}

interface Case {
  readonly deed: Deed;
  readonly next: () => string;
  readonly words: Readonly<Record<string, RegExp>>;
  readonly bySecondClerk: (ubrn: string) => void;
  readonly isSentAgain: boolean;
}

const world = () => desk.service.world;
const isUnbooked = ({ state, requirements }: Referral) => state === 'NOT_BOOKED' && requirements.length === 0;
const isToCome = ({ appointment }: Referral) =>
  (appointment?.startMs ?? 0) > desk.clock.nowMs() + 7 * 86_400_000;

const CASES: Readonly<Record<string, Case>> = {
  'cancel appointment': {
    deed: CANCEL_APPOINTMENT,
    next: () => another((one) => world().findScene('booked-cancellable').includes(one.ubrn) && isToCome(one)),
    words: {
      UNABLE_TO_CANCEL_APPOINTMENT: /did not cancel it[\s\S]*still booked, as far as we know/,
      PAS_RESPONDED_WITH_ERROR: /system answered with an error[\s\S]*Ring the provider/,
      PAS_NOT_RESPONDING: /system did not answer/,
      INAPPROPRIATE_VALUE: /reason does not fit[\s\S]*another reason/,
      MISSING_VALUE: /wants a comment with this reason/,
      INVALID_VALUE: /does not know this reason[\s\S]*another reason/,
    },
    bySecondClerk: (ubrn) => world().cancelByAnother(ubrn),
    isSentAgain: false,
  },
  'cancel referral': {
    deed: CANCEL_REFERRAL,
    next: () => another((one) => isUnbooked(one) && one.shortlist.join() === '11000'),
    words: {
      UNABLE_TO_CANCEL_APPOINTMENT: /did not cancel it[\s\S]*The referral was not cancelled/,
      PAS_RESPONDED_WITH_ERROR: /system answered with an error[\s\S]*The referral was not cancelled/,
      PAS_NOT_RESPONDING: /system did not answer/,
      INAPPROPRIATE_VALUE: /reason does not fit[\s\S]*another reason/,
      MISSING_VALUE: /wants a comment with this reason/,
    },
    bySecondClerk: (ubrn) => world().cancelReferralByAnother(ubrn),
    isSentAgain: false,
  },
  'change the shortlist': {
    deed: CHANGE_SHORTLIST,
    next: () => another((one) => isUnbooked(one) && one.shortlist.length > 1),
    words: {
      SHORTLISTED_SERVICE_NOT_IN_RESULTS:
        /does not fit this referral: its specialty[\s\S]*Take that service off/,
      SERVICE_UNAVAILABLE: /withdrawn[\s\S]*Take that service off/,
      INVALID_STATE: /takes no referral now[\s\S]*Take that service off/,
      DUPLICATE_SERVICE: /twice[\s\S]*Take that service off/,
      TOO_MANY_ITEMS: /too many services/,
      REFERENCE_NOT_FOUND: /does not know one of the services/,
      INAPPROPRIATE_VALUE: /does not fit this referral now/,
      NO_CHANGES_DETECTED: /Nothing differs/,
    },
    bySecondClerk: (ubrn) => world().changeShortlistByAnother(ubrn, ['11002']),
    isSentAgain: true,
  },
  'send for triage': {
    deed: SEND_FOR_TRIAGE,
    next: () => another((one) => isUnbooked(one) && one.shortlist.includes('13000')),
    words: {
      INVALID_STATE: /takes no referral for triage now/,
      INAPPROPRIATE_VALUE: /not a triage service of the shortlist/,
      SERVICE_UNAVAILABLE: /withdrawn[\s\S]*Ctrl\+F7/,
      REFERENCE_NOT_FOUND: /does not know the referral or the service/,
      SLOTS_CURRENTLY_AVAILABLE: /has free slots[\s\S]*F7/,
      SLOT_NOT_AVAILABLE: /about a slot, and a triage has none/,
      INAPPROPRIATE_SLOT: /about a slot, and a triage has none/,
      THIS_SLOT_IS_AVAILABLE: /about a slot, and a triage has none/,
      PAS_RESPONDED_WITH_ERROR: /a triage asks none/,
      PAS_NOT_RESPONDING: /a triage asks none/,
      UNABLE_TO_CONFIRM_APPOINTMENT: /could not confirm the triage/,
      MISSING_VALUE: /a fault of the desk/,
    },
    bySecondClerk: (ubrn) => world().sendForTriageByAnother(ubrn),
    isSentAgain: true,
  },
  defer: {
    deed: DEFER,
    next() {
      const ubrn = another((one) => isUnbooked(one) && SPARE.includes(one.shortlist.join()));
      const [serviceId = ''] = world().referral(ubrn).shortlist;
      for (const { id } of world().freeSlots(serviceId)) world().takeSlot(id);
      return ubrn;
    },
    words: {
      SLOTS_CURRENTLY_AVAILABLE: /free slots now[\s\S]*F7/,
      THIS_SLOT_IS_AVAILABLE: /free slots now[\s\S]*F7/,
      SLOT_NOT_AVAILABLE: /does not take the slot that failed/,
      INAPPROPRIATE_SLOT: /does not belong to this referral or service/,
      INAPPROPRIATE_VALUE: /the evidence behind it[\s\S]*F7 searches/,
      INVALID_STATE: /takes no deferral/,
      SERVICE_UNAVAILABLE: /withdrawn[\s\S]*another service/,
      REFERENCE_NOT_FOUND: /does not know the referral or the slot/,
      PAS_RESPONDED_WITH_ERROR: /answered with an error[\s\S]*Ring the provider/,
      PAS_NOT_RESPONDING: /system did not answer/,
      UNABLE_TO_CONFIRM_APPOINTMENT: /could not confirm the deferral/,
      MISSING_VALUE: /a fault of the desk/,
    },
    bySecondClerk: (ubrn) => world().changeShortlistByAnother(ubrn, ['11002']),
    isSentAgain: true,
  },
};

async function openDesk(): Promise<void> {
  used.clear();
  desk = await openClerkDesk({ seed, speed: 8 });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
}

async function closeDesk(): Promise<void> {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
}

describe.each(Object.entries(CASES))('%s', (_name, one) => {
  beforeAll(openDesk);
  afterAll(closeDesk);

  it('is refused in words for every code of e-RS, then stale, then locked, then done', async () => {
    const ubrn = one.next();
    await openByNumber(desk, ubrn);
    await meetRefusals(desk, one.deed, ubrn, one.words);
    await meetStaleVersion(desk, one.deed, ubrn);
    await meetLock(desk, one.deed, ubrn);
  });

  it('is not sent for what a second clerk has changed', () =>
    meetSecondClerk(desk, one.deed, one.next(), one.bySecondClerk));

  it('whose reply was lost is found done, with one request', () =>
    meetSilentSuccess(desk, one.deed, one.next()));

  it('that never arrived is proven undone before anything else', () =>
    meetNoEffect(desk, one.deed, one.next(), one.isSentAgain));

  it('that was wrong is a fault of the desk: said once, then switched off', () =>
    meetOwnFault(desk, one.deed, one.next()));
});

describe('what stands in the way', () => {
  beforeAll(openDesk);
  afterAll(closeDesk);

  it('of a new shortlist: each request that e-RS may drop is ticked first, and stays as a task', async () => {
    const ubrn = another((one) => one.state === 'NOT_BOOKED' && one.requirements.length > 0);
    const { requirements, shortlist } = world().referral(ubrn);
    if (shortlist.length === 1) world().changeShortlistByAnother(ubrn, [...shortlist, '11000']);
    await openByNumber(desk, ubrn);
    await act(desk, CHANGE_SHORTLIST, ubrn);
    await desk.shows(/STOP: e-RS may drop these/);
    await desk.shows(/Commit the review panel: tick each request that e-RS may drop/);
    for (const _ of requirements) await desk.press('Tab', 'Space');
    expect(callsOf(desk, CHANGE_SHORTLIST, ubrn)).toBe(0);
    await desk.press('Ctrl+Enter');
    await resultSays(desk, CHANGE_SHORTLIST.done);
    expect(callsOf(desk, CHANGE_SHORTLIST, ubrn)).toBe(1);
    await desk.press('Ctrl+T');
    for (const requirement of requirements) await desk.shows(new RegExp(`${requirement}[\\s\\S]*`, 'i'));
    await desk.shows(/[Aa]sk again/);
    await desk.press('Ctrl+T');
  });

  it('of a triage: no triage service on the shortlist, or one chosen that does no triage', async () => {
    const without = another((one) => isUnbooked(one) && one.shortlist.join() === '11000');
    await openByNumber(desk, without);
    await desk.press('Ctrl+Shift+F7');
    await desk.shows(/Send for triage: no triage service is on the shortlist/);
    const ubrn = another((one) => isUnbooked(one) && one.shortlist.join() === '11000');
    world().changeShortlistByAnother(ubrn, ['11000', '13000', '13001']);
    await openByNumber(desk, ubrn);
    await desk.press('Ctrl+Shift+F7');
    await desk.shows(/Send to which triage service\?/);
    await desk.press('Home', 'Enter');
    await desk.shows(/Not sent to .*it is booked and does no triage first/);
    await desk.press('End', 'Enter');
    await desk.shows(/They look at the referral first/);
    expect(desk.service.calls.count('A016')).toBe(0);
    await desk.press('Escape');
  });
});
