import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { Patient } from '../../src-main/training-service/world/model.ts';
import { eventually } from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { spokenDigits, takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
/** A clinician of the practice for whom the admin refers. */
const REFERRER = '555000000211';
/** Past the planned read-backs. */
const READ_BACKS_MS = 11_000;
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const world = () => desk.service.world;
const birthOf = ({ birthDate }: Patient) => birthDate.split('-').reverse().join('');
const digitsOf = (patient: Patient) => birthOf(patient).slice(0, 4);

/** An ordinary patient without any referral; each call gives another. */
const used = new Set<string>();
function newPatient(): Patient {
  const listed = new Set(
    world()
      .listReferrals()
      .map(({ nhsNumber }) => nhsNumber),
  );
  const found = world().patients.find(
    ({ record, nhsNumber }) => record === 'normal' && !listed.has(nhsNumber) && !used.has(nhsNumber),
  );
  if (found === undefined) throw new Error('every patient of this world has a referral');
  used.add(found.nhsNumber);
  return found;
}

function patientOf(scene: SceneName): Patient {
  const { nhsNumber } = world().referral(world().findScene(scene)[0] ?? '');
  const found = world().findPatient(nhsNumber);
  if (found === undefined) throw new Error(`nobody shows ${scene}`);
  return found;
}

async function openDesk(): Promise<void> {
  desk = await openClerkDesk({ seed });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
}

const focused = (selector: string) =>
  desk.page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

/** The wizard from the key to the patient on show; the number field takes the keys. */
async function lookUp(patient: Patient, birth = birthOf(patient)): Promise<void> {
  await desk.press('Ctrl+Shift+F2');
  // With a draft the first press is Enter, to go on with it: another patient's number is two Tabs on.
  await desk.page.locator('#refer-number').focus();
  await desk.type(patient.nhsNumber);
  await desk.press('Enter');
  await focused('#refer-second');
  await desk.type(birth);
  await desk.press('Enter');
}

/** What is asked, from the patient on show to the services found. */
async function askFor(specialty: string): Promise<void> {
  await desk.shows(/The patient of this draft/);
  await desk.press('Enter');
  await desk.shows(/Step 2 of 5/);
  await focused('#refer-referrer');
  await desk.type(REFERRER);
  await desk.press('Tab', 'Tab');
  await focused('#refer-specialty');
  await desk.type(specialty);
  await desk.press('Enter');
  await desk.shows(/services? found/);
}

async function toReview(): Promise<void> {
  await desk.press('Space', 'Enter');
  await desk.shows(/Step 4 of 5/);
  await focused('#refer-letter-later');
  await desk.press('Enter');
  await desk.shows(/Make this referral\?/);
}

async function commit(patient: Patient): Promise<void> {
  await desk.type(digitsOf(patient));
  await desk.press('Ctrl+Enter');
}

const madeFor = ({ nhsNumber }: Patient) =>
  world()
    .listReferrals()
    .filter((one) => one.nhsNumber === nhsNumber);

describe('refer a patient, by keyboard alone', () => {
  it('goes from the NHS number to the open referral, whose letter is then added and replaced', async () => {
    await openDesk();
    const patient = newPatient();
    desk.resetCount();
    await lookUp(patient);
    await askFor('Cardiology');
    // Two services, the second by the arrow; each says its place.
    await desk.press('Space', 'ArrowDown');
    await desk.shows(/Shortlist: 1 of 20/);
    await toReview();
    await desk.shows(/known\s+None\./);
    expect(await desk.text()).not.toContain(birthOf(patient).slice(0, 2) + '-');
    // Enter commits nothing.
    await desk.type(digitsOf(patient));
    await desk.press('Enter');
    await desk.shows(/Enter does not make it/);
    expect(madeFor(patient)).toEqual([]);
    await desk.press('Ctrl+Enter');
    await desk.shows(/Referral made: UBRN/);
    console.log(`refer: ${desk.pressed()} presses`);
    const [made] = madeFor(patient);
    expect(made).toMatchObject({ state: 'NOT_BOOKED', referrerId: REFERRER, appointment: null });
    expect(made?.shortlist).toHaveLength(2);
    await desk.shows(/Born\s+\d\d-/);

    const ubrn = made?.ubrn ?? '';
    const titles = () =>
      world()
        .referral(ubrn)
        .attachments.map(({ title }) => title);
    const addLetter = async (name: string) => {
      await desk.press('Ctrl+F9');
      await desk.shows(/e-RS replaces all letters by these/);
      await desk.type(spokenDigits(desk.service, ubrn));
      const buffer = Buffer.from('Dear colleague');
      await desk.page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/plain', buffer });
      await desk.shows(new RegExp(`${name}, \\d+ bytes`));
    };
    await addLetter('first.txt');
    await desk.press('Ctrl+Enter');
    await desk.shows(/Letters replaced/);
    expect(titles()).toEqual(['first.txt']);
    await desk.press('Escape');
    await desk.shows(/Shortlist/);
    await addLetter('second.txt');
    await desk.page.locator('.refer__letters input').focus();
    await desk.press('Space');
    await desk.shows(/Will be gone:\s+first\.txt/);
    // Another clerk was here first: nothing is replaced for a version that was not seen.
    world().touch(ubrn);
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT CHANGED: the referral has changed/);
    expect(titles()).toEqual(['first.txt']);
  });

  it('says each refusal where it belongs, and makes nothing', async () => {
    await openDesk();
    for (const [scene, words] of [
      ['s-flag', /record is restricted/],
      ['deceased', /has died/],
    ] as const) {
      await lookUp(patientOf(scene));
      await desk.shows(words);
      await desk.press('Escape');
    }
    const patient = newPatient();
    await lookUp(patient, '01011801');
    await desk.shows(/does not match the NHS number/);
    await desk.press('Escape');
    await lookUp(patient);
    await desk.shows(/The patient of this draft/);
    await desk.press('Enter');
    await focused('#refer-referrer');
    await desk.press('Enter');
    await desk.shows(/Say for which clinician you refer/);
    await desk.page.locator('#refer-referrer').focus();
    await desk.type('021600556514');
    await desk.press('Enter');
    await desk.shows(/Choose a specialty/);
    await desk.page.locator('#refer-specialty').focus();
    await desk.type('Cardiology');
    await desk.press('Enter');
    // e-RS: the clinician is none of the practice.
    await desk.shows(/clinician[\s\S]*Nothing|another clinician/i);
    await desk.page.locator('#refer-referrer').fill(REFERRER);
    await desk.page.locator('#refer-referrer').focus();
    await desk.press('Enter');
    await desk.shows(/services? found/);
    await desk.press('Enter');
    await desk.shows(/Put at least one service on the shortlist/);
    await toReview();
    await desk.type(digitsOf(patient) === '0101' ? '0202' : '0101');
    await desk.press('Ctrl+Enter');
    await desk.shows(/digits do not match/);
    expect(madeFor(patient)).toEqual([]);

    // A patient who has such a referral already.
    await desk.press('Escape', 'Escape', 'Escape', 'Escape');
    const twice = patientOf('bookable');
    await lookUp(twice);
    await askFor('Cardiology');
    await toReview();
    await desk.shows(/same specialty/);
    const before = madeFor(twice).length;
    await commit(twice);
    await desk.shows(/tick that this is another/);
    expect(madeFor(twice)).toHaveLength(before);
    await desk.press('Tab', 'Space', 'Ctrl+Enter');
    await desk.shows(/Referral made: UBRN/);
    expect(madeFor(twice)).toHaveLength(before + 1);
  });

  it('keeps the draft through lock, outage and power cut, and finds a referral whose reply was lost', async () => {
    await openDesk();
    const patient = newPatient();
    await lookUp(patient);
    await askFor('Dermatology');
    await desk.shows(/22 services found, 1 to 10 on page 1 of 3/);
    await desk.press('PageDown', 'Space');
    await desk.shows(/Shortlist: 1 of 20/);
    const shortlisted = /Shortlist: 1 of 20/;
    await desk.press('Ctrl+L');
    await desk.shows(/Locked/i);
    expect(await desk.text()).not.toContain(patient.family);
    await desk.press('Enter');
    await desk.shows(shortlisted);

    desk.line.pull();
    await desk.press('F5');
    await desk.shows(/cannot be reached|no connection/i);
    desk.line.plugIn();
    await desk.crashAndRestart();
    await desk.signIn();
    await desk.press('Ctrl+Shift+F2');
    await desk.shows(shortlisted);

    desk.service.faults.add({ on: { id: 'A011' }, do: { kind: 'drop-after' } });
    await focused('[role="listbox"]');
    await desk.press('Enter');
    await focused('#refer-letter-later');
    await desk.press('Enter');
    await desk.shows(/Make this referral\?/);
    await commit(patient);
    await desk.shows(/NOT CONFIRMED: the referral may have been made/);
    desk.clock.pass(READ_BACKS_MS);
    await desk.shows(/Referral made: UBRN/);
    expect(madeFor(patient)).toHaveLength(1);
    await eventually(() => expect(desk.service.calls.count('A011')).toBe(1));
  });
});
