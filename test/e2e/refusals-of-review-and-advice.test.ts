import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { a023FetchAdviceWorklist } from '../../src-main/ers/operations/a023-fetch-advice-worklist.ts';
import { a024RetrieveAdviceRequest } from '../../src-main/ers/operations/a024-retrieve-advice-request.ts';
import { a025RetrieveAdviceConversation } from '../../src-main/ers/operations/a025-retrieve-advice-conversation.ts';
import { a043GenerateAdviceOverview } from '../../src-main/ers/operations/a043-generate-advice-overview.ts';
import type { AdviceSceneName } from '../../src-main/training-service/world/advice-model.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { act, resultSays, subjectOf, type Deed } from './support/deeds.ts';
import { ACCEPT, ANSWER, ASK, CONVERT, RECORD_OUTCOME, REJECT } from './support/deeds-of-review.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { isWhole } from './support/refusals.ts';
import { meetLock, meetRefusals, meetStaleVersion } from './support/refused-in-turn.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;
const used = new Set<string>();

type Words = Readonly<Record<string, RegExp>>;

/** The next of these that no case has had. */
function take(from: readonly string[]): string {
  const found = from.find((one) => !used.has(one));
  if (found === undefined) throw new Error('the training world has no such case left');
  used.add(found);
  return found;
}

/** A referral of a scene, of an ordinary patient and, where it is booked, still to come. */
function referralOf(scene: SceneName): string {
  const { world } = desk.service;
  const soonMs = desk.clock.nowMs() + 7 * 86_400_000;
  const isFit = (ubrn: string) => {
    const { nhsNumber, appointment } = world.referral(ubrn);
    const isToCome = appointment?.startMs == null || appointment.startMs > soonMs;
    return isToCome && world.findPatient(nhsNumber)?.record === 'normal';
  };
  return take(world.findScene(scene).filter(isFit));
}

const requestOf = (scene: AdviceSceneName) => take(desk.service.world.findAdviceScene(scene));

function patientToAskAbout(): string {
  const { patients } = desk.service.world;
  return take(
    patients.filter(({ key, record }) => key === '' && record === 'normal').map((one) => one.nhsNumber),
  );
}

async function openDesk(role: RegExp): Promise<void> {
  used.clear();
  desk = await openClerkDesk({ seed, speed: 8 });
  await desk.signIn(role);
}

async function closeDesk(): Promise<void> {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
}

/** By default the first of each group in the table stands for it; the test of the words has the others. */
function grouped({ operation }: Deed, words: Words, ...groups: readonly (readonly string[])[]): Words {
  if (isWhole) return words;
  const merged = { ...words };
  for (const group of groups) {
    const first = Object.keys(operation.refusals ?? {}).find((code) => group.includes(code)) ?? '';
    const shared = words[first];
    if (shared !== undefined) for (const code of group) merged[code] = shared;
  }
  return merged;
}

/** What is said of a file that goes with it. */
const OF_FILES = ['INVALID_STATE', 'DUPLICATE_FILENAME', 'REFERENCE_NOT_FOUND', 'INAPPROPRIATE_VALUE'];

interface Case {
  readonly deed: Deed;
  readonly next: () => string;
  readonly words: Words;
}

/** Every code of the action's own table in turn; with all of them, also stale and locked, and then it is done. Gives to what. */
async function meetAll({ deed, next, words }: Case): Promise<string> {
  const id = next();
  await subjectOf(deed).open(desk, id);
  await meetRefusals(desk, deed, id, words);
  if (!isWhole) return id;
  if (deed !== ASK) await meetStaleVersion(desk, deed, id);
  await meetLock(desk, deed, id);
  return id;
}

const OUR_FAULT = /a fault of the desk, not yours[\s\S]*call the service desk/i;
const JUDGED = /cannot be judged so any more[\s\S]*F5/;
const TECHNICAL = /A technical error in e-RS: nothing was changed[\s\S]*F5/;

const REVIEWS: Readonly<Record<string, Case>> = {
  accept: {
    deed: ACCEPT,
    next: () => referralOf('booked-for-review'),
    words: { INVALID_REQUEST_STATE: JUDGED, TECHNICAL_ERROR: TECHNICAL },
  },
  reject: {
    deed: REJECT,
    next: () => referralOf('booked-for-review'),
    words: grouped(
      REJECT,
      {
        UNABLE_TO_CANCEL_APPOINTMENT: /did not cancel it[\s\S]*still booked, as far as we know/,
        PAS_RESPONDED_WITH_ERROR: /system answered with an error[\s\S]*Ring the provider/,
        PAS_NOT_RESPONDING: /system did not answer/,
        INVALID_REQUEST_STATE: JUDGED,
        INVALID_VALUE: /does not know this reason[\s\S]*another reason/,
        INAPPROPRIATE_VALUE: /reason does not fit[\s\S]*another reason/,
        MISSING_VALUE: /wants a comment with this reason/,
        VALUE_IS_REQUIRED: /whether the appointment is cancelled in the PAS/,
        FIELD_NOT_PERMITTED: /does not take the answer about the PAS/,
        TECHNICAL_ERROR: TECHNICAL,
      },
      ['UNABLE_TO_CANCEL_APPOINTMENT', 'PAS_RESPONDED_WITH_ERROR', 'PAS_NOT_RESPONDING'],
      ['VALUE_IS_REQUIRED', 'FIELD_NOT_PERMITTED'],
      ['INAPPROPRIATE_VALUE', 'INVALID_VALUE'],
    ),
  },
  'record an outcome': {
    deed: RECORD_OUTCOME,
    next: () => referralOf('awaiting-triage'),
    words: grouped(
      RECORD_OUTCOME,
      {
        PRIORITY_NOT_CURRENT: /priority of the referral was changed[\s\S]*F5/,
        UNSUPPORTED_PRIORITY: /does not take this priority[\s\S]*another/,
        MISSING_VALUE: /most likely priority or comment/,
        VALUE_IS_REQUIRED: /most likely the priority/,
        FIELD_NOT_PERMITTED: OUR_FAULT,
        INAPPROPRIATE_VALUE: /a file that was uploaded for another one/,
        INVALID_REQUEST_STATE: JUDGED,
        INVALID_STATE: /belongs to another action already/,
        DUPLICATE_FILENAME: /a file of this name already/,
        REFERENCE_NOT_FOUND: /does not know a file of this action/,
        NO_RELATIONSHIP: /no recorded relationship[\s\S]*Alt\+R/,
        TECHNICAL_ERROR: TECHNICAL,
      },
      OF_FILES,
      ['VALUE_IS_REQUIRED', 'MISSING_VALUE'],
      ['INVALID_REQUEST_STATE', 'TECHNICAL_ERROR'],
    ),
  },
};

const GONE = /does not know this request for advice any more[\s\S]*F5/;
/** Worded alike for an answer and a conversion, but for the key. */
const ON_REQUEST = (key: string): Words => ({
  UNSUPPORTED_PRIORITY: new RegExp(`does not take this priority[\\s\\S]*Alt\\+${key}`),
  CONFLICTING_VALUES: new RegExp(`contradict each other[\\s\\S]*Alt\\+${key}`),
  INAPPROPRIATE_VALUE: /a file that was uploaded for another one[\s\S]*F5/,
  INVALID_REQUEST_STATE: /is no longer with the provider[\s\S]*F5/,
  INVALID_STATE: new RegExp(`belongs to another action already[\\s\\S]*Alt\\+${key}`),
  DUPLICATE_FILENAME: new RegExp(`a file of this name already[\\s\\S]*Alt\\+${key}`),
  REFERENCE_NOT_FOUND: new RegExp(`does not know a file of this action[\\s\\S]*Alt\\+${key}`),
  NO_SUCH_REQUEST: GONE,
  'http-404': GONE,
  INVALID_REQUEST_TYPE: /is not a request for advice[\s\S]*F5/,
  TECHNICAL_ERROR: /nothing was sent, as far as we know[\s\S]*F5/,
});
const MISSING = /misses the answer, the priority or the instruction[\s\S]*Alt\+C/;

const ANSWERS: Readonly<Record<string, Case>> = {
  answer: {
    deed: ANSWER,
    next: () => requestOf('advice-waiting'),
    words: grouped(
      ANSWER,
      {
        ...ON_REQUEST('A'),
        MISSING_VALUE: /most likely the advice or the priority[\s\S]*Alt\+A/,
        VALUE_IS_REQUIRED: /misses what you recommend[\s\S]*Alt\+A/,
        FIELD_NOT_PERMITTED: /does not take what you recommend[\s\S]*Alt\+A/,
      },
      [...OF_FILES, 'CONFLICTING_VALUES'],
      ['NO_SUCH_REQUEST', 'INVALID_REQUEST_TYPE'],
    ),
  },
  convert: {
    deed: CONVERT,
    next: () => requestOf('advice-waiting'),
    words: grouped(
      CONVERT,
      { ...ON_REQUEST('C'), MISSING_VALUE: MISSING, VALUE_IS_REQUIRED: MISSING },
      Object.keys(ON_REQUEST('C')),
    ),
  },
};

const FILLED = /wants more than was filled in[\s\S]*F7/;
const ONE_SERVICE = /exactly one service[\s\S]*F7/;
const STALE = /out of date, though nothing of it was there before/;
const ASKING: Case = {
  deed: ASK,
  next: patientToAskAbout,
  words: grouped(
    ASK,
    {
      SHORTLISTED_SERVICE_NOT_IN_RESULTS: /no longer finds this service[\s\S]*searches the services again/,
      SNOMED_NOT_FOUND: /does not know a term of the search/,
      SERVICE_UNAVAILABLE: /service was withdrawn[\s\S]*choose another/,
      INVALID_STATE: /takes no request for advice now/,
      DUPLICATE_SERVICE: ONE_SERVICE,
      TOO_MANY_ITEMS: ONE_SERVICE,
      REFERENCE_NOT_FOUND: /does not know the service, the clinician or a file/,
      INAPPROPRIATE_VALUE: /does not give advice/,
      FIELD_NOT_PERMITTED: /you ask in your own[\s\S]*Alt\+R/,
      VALUE_IS_REQUIRED: FILLED,
      MISSING_VALUE: FILLED,
      UNSUPPORTED_PRIORITY: /does not take this priority[\s\S]*F7/,
      NO_REG_GP_PRACTICE: /no GP practice of this patient[\s\S]*registration corrected/,
      ORGANISATION_IS_CLOSED: /an organisation of this request is closed/,
      ORGANISATION_NOT_APPROPRIATE: /may not take part in it/,
      REFERENCED_USER_IS_NOT_ACTIVE: /not active in e-RS[\s\S]*12 digits/,
      REFERENCED_USER_IS_NOT_RC: /is no referring clinician\.[\s\S]*12 digits/,
      REFERENCED_USER_IS_NOT_RC_AT_ORG: /no referring clinician of your organisation[\s\S]*12 digits/,
      REFERENCED_USER_NOT_IN_ORG: /is none of your organisation[\s\S]*12 digits/,
      // e-RS may know the name from an earlier send: a person looks.
      DUPLICATE_FILENAME: /have the same name[\s\S]*F12/,
      'http-404': /does not know something that the request names/,
      'http-409': STALE,
    },
    ['SHORTLISTED_SERVICE_NOT_IN_RESULTS', 'SERVICE_UNAVAILABLE', 'INVALID_STATE', 'INAPPROPRIATE_VALUE'],
    ['REFERENCE_NOT_FOUND', 'SNOMED_NOT_FOUND', 'http-404'],
    ['ORGANISATION_IS_CLOSED', 'ORGANISATION_NOT_APPROPRIATE'],
    [
      'REFERENCED_USER_IS_NOT_RC',
      'REFERENCED_USER_IS_NOT_ACTIVE',
      'REFERENCED_USER_IS_NOT_RC_AT_ORG',
      'REFERENCED_USER_NOT_IN_ORG',
    ],
  ),
};

const READ_NEXT = /What to do: .*(F\d+|Alt\+|Ctrl\+|Do not try again)/;

/** The request moved between the two reads of it: both are made once more. */
const MOVED = ['A025 HISTORY_NOT_SUPPORTED', 'A025 NO_SUCH_REQUEST'];

/** Every code of a read in turn, by default the first two: what to press is said, and it is asked once for one key. */
async function meetUnread(
  { id, refusals = {} }: Deed['operation'],
  ask: string,
  leave: string,
): Promise<void> {
  const { calls, faults } = desk.service;
  const panel = desk.page.locator('.desk-problem');
  for (const code of Object.keys(refusals).slice(0, isWhole ? undefined : 2)) {
    const askedBefore = calls.count(id);
    const struck = { on: { id, times: Infinity }, do: { kind: 'status', status: 422, code } } as const;
    const relent = faults.add(struck);
    await desk.press(ask);
    await panel.waitFor();
    relent();
    const words = (await panel.innerText()).replaceAll('\u00a0', ' ');
    expect.soft(words, `${id} ${code}`).toMatch(READ_NEXT);
    expect.soft(words, `${id} ${code}`).not.toContain(code);
    expect.soft(calls.count(id) - askedBefore, `${id} ${code}`).toBe(MOVED.includes(`${id} ${code}`) ? 2 : 1);
    await desk.press(leave);
    await panel.waitFor({ state: 'detached' });
    await desk.page.locator('.advice[aria-busy="false"]').waitFor();
  }
}

async function openProviderDesk(): Promise<void> {
  await openDesk(/Service provider clinician(?! admin)/i);
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
}

describe('at the provider’s desk', () => {
  beforeAll(openProviderDesk);
  afterAll(closeDesk);

  it.each(Object.entries(REVIEWS))(
    '%s is refused in words for every code of e-RS, what was typed is kept, and nothing is done',
    async (_name, one) => void (await meetAll(one)),
  );

  describe('a request for advice', () => {
    // With every code of every action a sign-in does not last.
    beforeAll(async () => {
      if (!isWhole) return;
      await closeDesk();
      await openProviderDesk();
    });

    it.each(Object.entries(ANSWERS))(
      '%s is refused in words for every code of e-RS, what was typed is kept, and nothing is done',
      async (_name, one) => void (await meetAll(one)),
    );

    it('that cannot be read is told in words, and what was read stays', async () => {
      await subjectOf(ANSWER).open(desk, requestOf('advice-multi-way'));
      for (const operation of [a024RetrieveAdviceRequest, a025RetrieveAdviceConversation])
        await meetUnread(operation, 'F5', 'F5');
      await desk.shows(/Please send the last ECG/);
      await meetUnread(a043GenerateAdviceOverview, 'F9', 'Escape');
      await desk.press('Alt+G');
      await desk.page.locator('.item-grid--advice:focus').waitFor();
      await meetUnread(a023FetchAdviceWorklist, 'F5', 'F5');
      expect(await desk.page.locator('.item-grid--advice .item-grid__line').count()).toBeGreaterThan(0);
    });
  });
});

describe('at the referrer’s desk', () => {
  beforeAll(() => openDesk(/Referring clinician(?! admin)/i));
  afterAll(closeDesk);

  it('a new request is refused in words for every code of e-RS, the question is kept, and then it is made', async () => {
    const nhsNumber = await meetAll(ASKING);
    if (isWhole) return;
    await act(desk, ASK, nhsNumber);
    await resultSays(desk, ASK.done);
  });
});
