/** Referring by keyboard: the wizard up to its review, and the letters of a referral that is there. */
import { a011CreateReferral } from '../../../src-main/ers/operations/a011-create-referral.ts';
import { a012MaintainReferralLetter } from '../../../src-main/ers/operations/a012-maintain-referral-letter.ts';
import { a021CreateReferralAndSendForTriage } from '../../../src-main/ers/operations/a021-create-referral-and-send-for-triage.ts';
import type { Patient } from '../../../src-main/training-service/world/model.ts';
import { REFERRAL, type Deed, type Subject } from './deeds.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';

/** A clinician of the practice for whom the admin refers. */
export const REFERRER = '555000000211';

/** An ordinary patient without any referral. */
export function patientWithoutReferral({ service: { world } }: ClerkDesk): Patient {
  const listed = new Set(world.listReferrals().map(({ nhsNumber }) => nhsNumber));
  const found = world.patients.find(({ record, nhsNumber }) => record === 'normal' && !listed.has(nhsNumber));
  if (found === undefined) throw new Error('every patient of this world has a referral');
  return found;
}

const focused = (desk: ClerkDesk, selector: string) =>
  desk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

function patientOf({ service }: ClerkDesk, nhsNumber: string): Patient {
  const found = service.world.findPatient(nhsNumber);
  if (found === undefined) throw new Error('nobody has that NHS number');
  return found;
}

const birthOf = (desk: ClerkDesk, nhsNumber: string) =>
  patientOf(desk, nhsNumber).birthDate.split('-').reverse().join('');

/** From wherever the desk is to what is asked, with everything filled in: Enter there searches. */
export async function fillWizard(desk: ClerkDesk, nhsNumber: string, specialty: string): Promise<void> {
  await desk.press('Ctrl+Shift+F2');
  await desk.page.locator('#refer-number').focus();
  await desk.type(nhsNumber);
  await desk.press('Enter');
  await focused(desk, '#refer-second');
  // Where the dialect does not reach PDS, the number is the second identifier too.
  await desk.type(isOfPds(desk) ? birthOf(desk, nhsNumber) : nhsNumber);
  await desk.press('Enter');
  await desk.shows(/The patient of this draft/);
  await desk.press('Enter');
  await focused(desk, '#refer-referrer');
  await desk.type(REFERRER);
  await desk.press('Tab', 'Tab');
  await focused(desk, '#refer-specialty');
  await desk.type(specialty);
}

const isOfPds = ({ service }: ClerkDesk) => service.calls.count('A001') === 0;

/** From what is asked to the services found, the first of them on the shortlist, and on to the letter. */
export async function chooseFirst(desk: ClerkDesk): Promise<void> {
  await desk.press('Enter');
  await desk.shows(/services? found/);
  await focused(desk, '[role="listbox"]');
  await desk.press('Space');
  await desk.shows(/Shortlist: 1 of 20/);
  await desk.press('Enter');
  await focused(desk, '#refer-letter-later');
}

/** A new referral is of a patient, told by their NHS number: there is nothing yet that has a version. */
const patient = (specialty: string): Subject => ({
  selector: '.refer[aria-busy="false"]',
  async open(desk, nhsNumber) {
    await fillWizard(desk, nhsNumber, specialty);
    await chooseFirst(desk);
  },
  digits: (desk, nhsNumber) => (isOfPds(desk) ? birthOf(desk, nhsNumber).slice(0, 4) : nhsNumber.slice(-4)),
  version: ({ service }) => service.world.listReferrals().length,
  calls: () => ({}),
});

/** The draft is the same after every refusal: Esc goes back to it, and Enter reviews it again. */
async function reviewDraft(desk: ClerkDesk): Promise<void> {
  if ((await desk.page.locator('.result').count()) > 0) await desk.press('Escape');
  await focused(desk, '#refer-letter-later');
  await desk.press('Enter');
  await desk.shows(/Make this referral\?/);
}

export const CREATE_REFERRAL: Deed = {
  operation: a011CreateReferral,
  not: 'NOT MADE',
  done: /Referral made/,
  subject: patient('Cardiology'),
  open: reviewDraft,
};

/** In the spine dialect: made and sent for triage in one step. */
export const CREATE_AND_TRIAGE: Deed = {
  ...CREATE_REFERRAL,
  operation: a021CreateReferralAndSendForTriage,
  subject: patient('Rheumatology'),
};

async function openLetters(desk: ClerkDesk): Promise<void> {
  await desk.press('Ctrl+F9');
  await desk.shows(/Letters that are there: ticked ones stay/);
}

/** Takes the first letter off, and keeps the others. */
export const REPLACE_LETTERS: Deed = {
  operation: a012MaintainReferralLetter,
  not: 'NOT CHANGED',
  done: /Letters replaced/,
  // What became of it stays on the screen of the letters, from which they are reviewed again.
  subject: { ...REFERRAL, selector: '.referral[aria-busy="false"], .refer .result' },
  open: openLetters,
  async fill(desk) {
    await desk.page.locator('.refer__letters input').first().focus();
    await desk.press('Space');
    await desk.shows(/Will be gone:/);
  },
};

/** Keeps every letter, and adds one of that name, which is uploaded first. */
export const addLetter = (name: string): Deed => ({
  ...REPLACE_LETTERS,
  async fill(desk) {
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from('Dear colleague') };
    await desk.page.locator('.review input[type="file"]').setInputFiles([file]);
    await desk.shows(new RegExp(`${name}, \\d+ bytes`));
  },
});
