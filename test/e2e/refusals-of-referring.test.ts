/**
 * Referring, met by all that e-RS can refuse: the search (A010), the new referral (A011; A021 in the spine dialect), the
 * letters (A012) and their files (A020). No screen sends A032; its table is that of A031, which another suite meets.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { a010SearchServicesForPatient } from '../../src-main/ers/operations/a010-search-services-for-patient.ts';
import type { Referral } from '../../src-main/training-service/world/model.ts';
import { act, openByNumber } from './support/deeds.ts';
import {
  addLetter,
  chooseFirst,
  CREATE_AND_TRIAGE,
  CREATE_REFERRAL,
  fillWizard,
  patientWithoutReferral,
  REPLACE_LETTERS,
} from './support/deeds-of-referring.ts';
import { PATIENCE_MS } from './support/keyboard.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { CODE_FOR_WORDS, isWhole, withoutTwins } from './support/refusals.ts';
import {
  callsOf,
  meetLock,
  meetOwnFault,
  meetRefusals,
  meetSilentSuccess,
  meetStaleVersion,
} from './support/refused-in-turn.ts';
import { meetRefusedUploads, UPLOAD_CODES } from './support/refused-uploads.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
let desk: ClerkDesk;

async function openDesk(dialect: 'api-platform' | 'spine-session' = 'api-platform'): Promise<void> {
  desk = await openClerkDesk({ seed, speed: 8, dialect });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read|does not offer this/);
}

async function closeDesk(): Promise<void> {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
}

const FIELD = /does not take a value of what is asked[\s\S]*step 2[\s\S]*press Enter/;
const MISSING = /something is missing in what is asked[\s\S]*step 2[\s\S]*press Enter/;
const REFERRER = /does not take the clinician for whom you refer[\s\S]*another clinician.s 12-digit id/;
const ORGANISATION = /organisation[\s\S]*(closed|cannot be used)[\s\S]*service desk/;
const PATIENT = /do not attempt again[\s\S]*Do not try again/;
const NO_PRACTICE = /not registered with a GP practice[\s\S]*Do not try again/;
const TERM = /does not know the clinical term[\s\S]*step 2/;

const SEARCH_WORDS: Readonly<Record<string, RegExp>> = {
  FIELD_NOT_PERMITTED: FIELD,
  INVALID_VALUE: FIELD,
  INVALID_CODE: FIELD,
  VALUE_IS_REQUIRED: MISSING,
  MISSING_VALUE: MISSING,
  CONFLICTING_VALUES: /do not go together[\s\S]*clinic type of the specialty/,
  REFERENCE_NOT_FOUND: /does not know something that is asked for[\s\S]*step 2/,
  SNOMED_NOT_FOUND: TERM,
  NO_REG_GP_PRACTICE: NO_PRACTICE,
  ORGANISATION_IS_CLOSED: ORGANISATION,
  ORGANISATION_NOT_APPROPRIATE: ORGANISATION,
  REFERENCED_USER_IS_NOT_ACTIVE: REFERRER,
  REFERENCED_USER_IS_NOT_RC: REFERRER,
  REFERENCED_USER_IS_NOT_RC_AT_ORG: REFERRER,
  REFERENCED_USER_NOT_IN_ORG: REFERRER,
  PATIENT_ERROR: PATIENT,
  PATIENT_SENSITIVE: PATIENT,
};

/** The problem on show with another correlation id than the last one; what came before may still stand there. */
async function nextProblem(before: string): Promise<{ readonly id: string; readonly words: string }> {
  const read = ([last]: readonly string[]) => {
    const panel = document.querySelector<HTMLElement>('.desk-problem');
    const id = panel?.querySelector<HTMLElement>('.desk-problem__id')?.innerText ?? '';
    const words = panel?.innerText.replaceAll('\u00a0', ' ') ?? '';
    return id === '' || id === last ? null : { id, words };
  };
  const found = await desk.page.waitForFunction(read, [before], { timeout: PATIENCE_MS });
  return (await found.jsonValue()) ?? { id: '', words: '' };
}

/** Presses that key while e-RS refuses the search with every code in turn. */
async function meetRefusedSearches(key: string, codes: readonly string[]): Promise<void> {
  const { calls, faults } = desk.service;
  let last = '';
  for (const code of codes) {
    const sentBefore = calls.count('A010');
    faults.add({ on: { id: 'A010' }, do: { kind: 'status', status: 422, code } });
    await desk.press(key);
    const { id, words } = await nextProblem(last);
    last = id;
    expect.soft(words, code).toMatch(SEARCH_WORDS[code] ?? /step 2/);
    expect.soft(words, code).toMatch(/What to do: .*(press Enter|Do not try again)/);
    expect.soft(words, code).not.toMatch(CODE_FOR_WORDS);
    expect(calls.count('A010') - sentBefore, code).toBe(1);
  }
}

/** Of the new referral (A011, A021). */
const SEARCH = /not among those that e-RS finds[\s\S]*Ctrl\+Shift\+F2[\s\S]*F5/;
const VALUE = /does not take a value of the draft[\s\S]*Ctrl\+Shift\+F2/;
const UNKNOWN = /does not know something that the referral names[\s\S]*Ctrl\+Shift\+F2/;
const STALE = /refused it as out of date, though there was nothing yet[\s\S]*F12/;
const REFERRAL_WORDS: Readonly<Record<string, RegExp>> = {
  FIELD_NOT_PERMITTED: VALUE,
  VALUE_IS_REQUIRED: VALUE,
  INVALID_VALUE: VALUE,
  MISSING_VALUE: /something is missing in the referral[\s\S]*Ctrl\+Shift\+F2/,
  CONFLICTING_VALUES: /do not go together[\s\S]*Ctrl\+Shift\+F2/,
  INAPPROPRIATE_VALUE: /does not take these services together[\s\S]*Ctrl\+Shift\+F2/,
  TOO_MANY_ITEMS: /too long for this[\s\S]*Take services off/,
  DUPLICATE_SERVICE: /twice[\s\S]*Take it off once/,
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: SEARCH,
  REFERENCE_NOT_FOUND: SEARCH,
  INVALID_STATE: SEARCH,
  SNOMED_NOT_FOUND: TERM,
  SERVICE_UNAVAILABLE: /has been withdrawn[\s\S]*another service/,
  NO_REG_GP_PRACTICE: NO_PRACTICE,
  ORGANISATION_IS_CLOSED: ORGANISATION,
  ORGANISATION_NOT_APPROPRIATE: ORGANISATION,
  REFERENCED_USER_IS_NOT_ACTIVE: REFERRER,
  REFERENCED_USER_IS_NOT_RC: REFERRER,
  REFERENCED_USER_IS_NOT_RC_AT_ORG: REFERRER,
  REFERENCED_USER_NOT_IN_ORG: REFERRER,
  PATIENT_ERROR: PATIENT,
  PATIENT_SENSITIVE: PATIENT,
  'http-404': UNKNOWN,
  'http-409': STALE,
};

const LETTER_WORDS: Readonly<Record<string, RegExp>> = {
  NO_CHANGES_DETECTED: /has these letters already[\s\S]*F5/,
  DUPLICATE_FILENAME: /the same name[\s\S]*Rename the new file[\s\S]*Ctrl\+F9/,
  CONFLICTING_VALUES: /a fault of the desk/,
  MISSING_VALUE: /a fault of the desk/,
  INAPPROPRIATE_VALUE: /not one of this referral[\s\S]*Ctrl\+F9/,
  INVALID_STATE: /linked already[\s\S]*Ctrl\+F9/,
  INVALID_REQUEST_STATE: /The referral has ended meanwhile[\s\S]*F5/,
  REFERENCE_NOT_FOUND: /not at e-RS any more[\s\S]*Ctrl\+F9/,
  PATIENT_ERROR: PATIENT,
};

/** An ordinary patient's referral of the practice whose letters fit. */
function withLetters(isWanted: (letters: number) => boolean): string {
  const { world } = desk.service;
  const lettersOf = ({ attachments }: Referral) =>
    attachments.filter(({ type }) => type === 'REFERRER').length;
  const found = world
    .listReferrals()
    .find(
      (one) =>
        one.kind === 'referral' &&
        one.isInitial &&
        one.state === 'NOT_BOOKED' &&
        one.referringOrg === 'R69' &&
        world.findPatient(one.nhsNumber)?.record === 'normal' &&
        isWanted(lettersOf(one)),
    );
  if (found === undefined) throw new Error('the training world has no such referral');
  return found.ubrn;
}

const titlesOf = (ubrn: string) => desk.service.world.referral(ubrn).attachments.map(({ title }) => title);

describe('a new referral and its letters', () => {
  beforeAll(() => openDesk());
  afterAll(closeDesk);

  it('a referral is not searched for, and not made, for any code of e-RS; its draft stays, and is made at last', async () => {
    const { nhsNumber } = patientWithoutReferral(desk);
    const madeFor = () => desk.service.world.listReferrals().filter((one) => one.nhsNumber === nhsNumber);
    await fillWizard(desk, nhsNumber, 'Cardiology');
    const codes = Object.keys(a010SearchServicesForPatient.refusals ?? {});
    await meetRefusedSearches('Enter', isWhole ? codes : withoutTwins(codes, SEARCH_WORDS));
    await desk.shows(/Step 2 of 5/);
    await chooseFirst(desk);

    // A search again that is refused leaves what is on show as it was found.
    await desk.press('Escape');
    await desk.shows(/nearest first, read/);
    await meetRefusedSearches('Shift+F4', ['REFERENCE_NOT_FOUND']);
    await desk.shows(/nearest first, read[\s\S]*Shortlist: 1 of 20/);
    await desk.press('Enter');

    await meetRefusals(desk, CREATE_REFERRAL, nhsNumber, REFERRAL_WORDS);
    expect(madeFor()).toEqual([]);
    // The key that the words name leads from the result to the draft.
    await desk.press('Ctrl+Shift+F2');
    await act(desk, CREATE_REFERRAL, nhsNumber);
    await desk.shows(/Referral made: UBRN/);
    expect(madeFor()).toHaveLength(1);
  });

  it('letters stay as they are for every code of e-RS, then stale, then locked, then replaced', async () => {
    const ubrn = withLetters((count) => count > 1);
    const before = titlesOf(ubrn);
    await openByNumber(desk, ubrn);
    await meetRefusals(desk, REPLACE_LETTERS, ubrn, LETTER_WORDS);
    await meetStaleVersion(desk, REPLACE_LETTERS, ubrn);
    expect(titlesOf(ubrn)).toEqual(before);
    await meetLock(desk, REPLACE_LETTERS, ubrn);
    expect(titlesOf(ubrn)).toEqual(before.slice(1));
  });

  it('letters with a file that e-RS does not take are not replaced: the file says why, by name', async () => {
    const ubrn = withLetters((count) => count === 1);
    const before = titlesOf(ubrn);
    await openByNumber(desk, ubrn);
    await meetRefusedUploads(desk, {
      codes: isWhole ? UPLOAD_CODES : UPLOAD_CODES.slice(0, 1),
      not: REPLACE_LETTERS.not,
      act: (name) => act(desk, addLetter(name), ubrn),
    });
    expect(callsOf(desk, REPLACE_LETTERS, ubrn)).toBe(0);
    expect(titlesOf(ubrn)).toEqual(before);
    await meetSilentSuccess(desk, addLetter('late.txt'), ubrn);
    expect(titlesOf(ubrn)).toEqual([...before, 'late.txt']);
  });

  if (isWhole)
    it('letters that were asked for wrongly are a fault of the desk: said once, then switched off', () =>
      meetOwnFault(
        desk,
        addLetter('wrong.txt'),
        withLetters((count) => count === 1),
      ));
});

// The same codes as those of A011, in the other dialect.
if (isWhole)
  describe('a new referral for triage, in the spine dialect', () => {
    beforeAll(() => openDesk('spine-session'));
    afterAll(closeDesk);

    it('is not made, and not sent, for any code of e-RS', async () => {
      const { nhsNumber } = patientWithoutReferral(desk);
      await fillWizard(desk, nhsNumber, 'Rheumatology');
      await chooseFirst(desk);
      await meetRefusals(desk, CREATE_AND_TRIAGE, nhsNumber, REFERRAL_WORDS);
    });
  });
