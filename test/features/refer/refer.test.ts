import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../src-main/contract/channels.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferForm, SearchForm } from '../../../src-main/contract/channels/refer.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';
import type { HeldNetwork } from '../../support/held-network.ts';
import { openClerkDesk, pass, type ClerkDesk } from '../../support/clerk-steps.ts';
import { openScene, PDF, settled } from '../cancellation/cancel-steps.ts';

const REFERRER = '555000000211';
const refused = (code: string) => ({ ok: false, problem: { code } });

let desk: TestDesk;
let network: HeldNetwork;
let restart: ClerkDesk['restart'];
const world = () => desk.service.world;

async function open(options: TestDeskOptions = {}) {
  ({ desk, network, restart } = await openClerkDesk(options));
  await desk.signIn();
}

beforeEach(() => open());

type Scene = Parameters<ReturnType<typeof world>['findScene']>[0];
const patientOf = (scene: Scene) => {
  const { nhsNumber } = world().referral(world().findScene(scene)[0] ?? '');
  const birthDate = world().findPatient(nhsNumber)?.birthDate ?? '';
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return { nhsNumber, birth: `${day}${month}${year}`, digits: `${day}${month}` };
};

/** A patient of whom nothing awaits booking. */
function newPatient() {
  const listed = new Set(
    world()
      .listReferrals()
      .map(({ nhsNumber }) => nhsNumber),
  );
  const patient = world().patients.find((one) => one.record === 'normal' && !listed.has(one.nhsNumber));
  if (!patient) throw new Error('every patient of this world has a referral');
  const [year = '', month = '', day = ''] = patient.birthDate.split('-');
  return { nhsNumber: patient.nhsNumber, birth: `${day}${month}${year}`, digits: `${day}${month}` };
}

const searchForm = (more: Partial<SearchForm> = {}): SearchForm => ({
  priority: 'ROUTINE',
  specialty: 'CARDIOLOGY',
  ...{ clinicType: '', clinicalTerm: '', namedClinician: '', organisation: '', postcode: '' },
  ...{ distanceLimit: '', waitLimit: '', isForAgeAndGender: true, sortBy: 'DISTANCE' },
  ...more,
});

const form = (more: Partial<ReferForm> = {}): ReferForm => ({
  step: 'services',
  referrer: REFERRER,
  search: searchForm(),
  shortlist: [{ serviceId: '11000', name: 'General Cardiology Clinic', bookable: 'directly' }],
  letterIntention: 'NEED_TO_ADD_LATER',
  reminderDays: '3',
  ...more,
});

const find = ({ nhsNumber, birth }: { nhsNumber: string; birth: string }) =>
  desk.ask('refer/find-patient', { text: nhsNumber, secondIdentifier: birth });

async function searched(patient = newPatient(), more: Partial<SearchForm> = {}) {
  await find(patient);
  const search = searchForm(more);
  return { patient, found: await desk.must('refer/search', { search, referrer: REFERRER }) };
}

const reviewInput = (searchId: string, serviceIds: string[]): RequestInput<'refer/review'> => ({
  ...{ searchId, serviceIds, reminderDays: 3 },
  letterIntention: 'NEED_TO_ADD_LATER',
});

async function reviewed(serviceIds = ['11000', '11001']) {
  const { patient, found } = await searched();
  const panel = await desk.must('refer/review', reviewInput(found.searchId, serviceIds));
  return { patient, panel };
}

async function commit(reviewId: string, digits: string, isAnother = false): Promise<OutboxItem> {
  const answer = await desk.must('refer/commit', { reviewId, digits, isAnother });
  if (answer.kind !== 'started') throw new Error('the digits were wrong');
  return answer.item;
}

describe('looking up the patient', () => {
  it('shows nothing before the second identifier fits', async () => {
    const patient = newPatient();
    const ask = (secondIdentifier: string | null) =>
      desk.ask('refer/find-patient', { text: patient.nhsNumber, secondIdentifier });
    expect(await ask(null)).toMatchObject({ ok: false, problem: { facts: { asks: 'birth-date' } } });
    expect(await ask('01011800')).toMatchObject(refused('wrong-second-identifier'));
    // The end of the number that was typed proves nothing.
    expect(await ask(patient.nhsNumber.slice(-4))).toMatchObject(refused('wrong-second-identifier'));
    expect(await ask(patient.birth)).toMatchObject({ ok: true, value: { blocked: null } });
  });

  it.each([
    ['s-flag', 'patient-sensitive'],
    ['deceased', 'patient-deceased'],
  ] as const)('stops at a patient of %s, and shows nothing of them', async (scene, blocked) => {
    const answer = await find(patientOf(scene));
    expect(answer).toMatchObject({ ok: true, value: { patient: null, blocked } });
    const search = { search: searchForm(), referrer: REFERRER };
    expect(await desk.ask('refer/search', search)).toMatchObject(refused(blocked));
    expect(await desk.ask('refer/save-draft', { form: form() })).toMatchObject(refused(blocked));
    expect(desk.service.calls.count('A010')).toBe(0);
  });

  it('asks for the number again where the dialect does not reach PDS', async () => {
    await open({ dialect: 'spine-session' });
    const { nhsNumber } = newPatient();
    const ask = (secondIdentifier: string | null) =>
      desk.ask('refer/find-patient', { text: nhsNumber, secondIdentifier });
    expect(await ask(null)).toMatchObject({ ok: false, problem: { facts: { asks: 'number-again' } } });
    expect(await ask(nhsNumber)).toMatchObject({ ok: true, value: { patient: null, blocked: null } });
  });

  it('is for referrers only', async () => {
    desk = await openDesk();
    await desk.signIn('R68.SERVICE_PROVIDER_CLINICIAN');
    expect(await desk.ask('refer/read-draft', {})).toMatchObject(refused('role-cannot-refer'));
  });
});

describe('searching', () => {
  it('gives the choices of A004 and what e-RS finds', async () => {
    const { specialties, clinicTypes } = await desk.must('refer/read-choices', {});
    expect(specialties.map(({ code }) => code)).toContain('CARDIOLOGY');
    // Expired ones are for old referrals.
    expect(specialties.map(({ code }) => code)).not.toContain('ADULT_MENTAL_ILLNESS');
    expect(clinicTypes).toContainEqual({ code: 'KNEE', display: 'Knee', specialty: 'ORTHOPAEDICS' });
    const { found } = await searched();
    expect(found.services.map(({ serviceId }) => serviceId).sort()).toEqual(['11000', '11001', '13000']);
  });

  it.each([
    ['criteria-missing', { specialty: '' }, 'specialty'],
    ['postcode', { postcode: 'LEEDS' }, 'postcode'],
    ['postcode-missing', { distanceLimit: '5' }, 'postcode'],
    ['user-id', { namedClinician: '12' }, 'namedClinician'],
    ['number', { waitLimit: '1x' }, 'waitLimit'],
  ] as const)('says %s at its field', async (code, more, field) => {
    await find(newPatient());
    const search = { search: searchForm(more), referrer: REFERRER };
    expect(await desk.ask('refer/search', search)).toMatchObject({
      ok: false,
      problem: { code, facts: { field } },
    });
    const nobody = { search: searchForm(), referrer: '' };
    expect(await desk.ask('refer/search', nobody)).toMatchObject(refused('referrer-missing'));
  });
});

describe('a new referral', () => {
  it('is made with its services in order, and opens without a second identifier', async () => {
    const { patient, panel } = await reviewed();
    expect(panel).toMatchObject({ asksOther: false, isKnownComplete: true, identityQuestion: 'birth-ddmm' });
    const item = await settled(desk, await commit(panel.reviewId, patient.digits));
    expect(item).toMatchObject({ action: 'create-referral', state: 'done' });
    const ubrn = item.ubrn ?? '';
    expect(world().referral(ubrn)).toMatchObject({
      nhsNumber: patient.nhsNumber,
      shortlist: ['11000', '11001'],
      state: 'NOT_BOOKED',
      referrerId: REFERRER,
    });
    await pass(desk, 1);
    const view = await desk.must('referral/open', { ubrn, secondIdentifier: null });
    expect(view.nhsNumber).toBe(patient.nhsNumber);
    // What is made is no draft any more.
    expect((await desk.must('refer/read-draft', {})).form).toBeNull();
  });

  it('is made once though its reply is lost: it is found, never sent again', async () => {
    const { patient, panel } = await reviewed();
    const before = world().listReferrals().length;
    desk.service.faults.add({ on: { id: 'A011' }, do: { kind: 'drop-after' } });
    const item = await settled(desk, await commit(panel.reviewId, patient.digits), 40);
    expect(item.state).toBe('done');
    expect(world().listReferrals()).toHaveLength(before + 1);
    expect(desk.service.calls.count('A011')).toBe(1);
  });

  it('shows what the patient has already, and wants a word on one that is alike', async () => {
    const patient = patientOf('bookable');
    const { found } = await searched(patient);
    const panel = await desk.must('refer/review', reviewInput(found.searchId, ['11000']));
    expect(panel.asksOther).toBe(true);
    expect(panel.known.some(({ isAlike }) => isAlike)).toBe(true);
    const input = { reviewId: panel.reviewId, digits: patient.digits, isAnother: false };
    expect(await desk.ask('refer/commit', input)).toMatchObject(refused('duplicate-not-answered'));
    expect(await desk.ask('refer/commit', { ...input, isAnother: true })).toMatchObject({ ok: true });
  });

  it('takes services from its own search alone', async () => {
    const { found } = await searched();
    const ask = (searchId: string, ids: string[]) => desk.ask('refer/review', reviewInput(searchId, ids));
    expect(await ask(found.searchId, ['11002'])).toMatchObject(refused('service-not-in-results'));
    expect(await ask(found.searchId, ['11000', '11000'])).toMatchObject(refused('DUPLICATE_SERVICE'));
    const letterless = { ...reviewInput(found.searchId, ['11000']), letterIntention: 'NOT_INTENDING_TO_ADD' };
    expect(await desk.ask('refer/review', letterless as never)).toMatchObject(refused('letter-required'));
    // Another patient: the search was for the last one.
    await find(patientOf('twins'));
    expect(await ask(found.searchId, ['11000'])).toMatchObject(refused('search-again'));
  });

  it('closes at the second wrong answer, and sends nothing', async () => {
    const { patient, panel } = await reviewed();
    const wrong = patient.digits === '3112' ? '3012' : '3112';
    const input = { reviewId: panel.reviewId, digits: wrong, isAnother: false };
    expect(await desk.must('refer/commit', input)).toEqual({ kind: 'wrong-digits', attemptsLeft: 1 });
    expect(await desk.must('refer/commit', input)).toEqual({ kind: 'wrong-digits', attemptsLeft: 0 });
    expect(await desk.ask('refer/commit', { ...input, digits: patient.digits })).toMatchObject(
      refused('review-closed'),
    );
    expect(desk.service.calls.count('A011')).toBe(0);
  });

  it('goes for triage in one step in the spine dialect', async () => {
    await open({ dialect: 'spine-session' });
    const { nhsNumber } = newPatient();
    await desk.must('refer/find-patient', { text: nhsNumber, secondIdentifier: nhsNumber });
    const found = await desk.must('refer/search', { search: searchForm(), referrer: REFERRER });
    const mixed = reviewInput(found.searchId, ['11000', '13000']);
    expect(await desk.ask('refer/review', mixed)).toMatchObject(refused('mixed-shortlist'));
    const panel = await desk.must('refer/review', reviewInput(found.searchId, ['13000']));
    expect(panel).toMatchObject({ sendsForTriage: true, reminderDays: 0, isKnownComplete: false });
    const item = await settled(desk, await commit(panel.reviewId, nhsNumber.slice(-4)));
    expect(item).toMatchObject({ action: 'create-and-triage', state: 'done' });
    expect(world().referral(item.ubrn ?? '').state).toBe('AWAITING_TRIAGE');
  });

  it('needs a connection, and keeps its draft without one', async () => {
    const { patient, found } = await searched();
    await desk.must('refer/save-draft', { form: form() });
    network.isDown = true;
    const search = { search: searchForm(), referrer: REFERRER };
    expect(await desk.ask('refer/search', search)).toMatchObject(refused('needs-connection'));
    const input = reviewInput(found.searchId, ['11000']);
    expect(await desk.ask('refer/review', input)).toMatchObject(refused('needs-connection'));
    expect((await desk.must('refer/read-draft', {})).subject?.nhsNumber).toBe(patient.nhsNumber);
  });
});

describe('the draft', () => {
  it('is there for its person again after a lock, and sealed on disk', async () => {
    const patient = newPatient();
    await find(patient);
    expect(await desk.must('refer/save-draft', { form: form() })).toEqual({ isKept: true });
    await desk.must('session/lock', {});
    await desk.must('session/unlock', {} as never);
    const draft = await desk.must('refer/read-draft', {});
    expect(draft).toMatchObject({ form: form(), subject: { nhsNumber: patient.nhsNumber, blocked: null } });
    desk = (await restart()).desk;
    await desk.signIn();
    expect((await desk.must('refer/read-draft', {})).form).toEqual(form());
    await desk.must('refer/discard-draft', {});
    expect((await desk.must('refer/read-draft', {})).form).toBeNull();
  });
});

describe('the letters of a referral', () => {
  async function atLetters(scene: 'with-attachments' | 'letter-due') {
    const at = await openScene(scene);
    const panel = await at.desk.must('refer/review-letters', { ubrn: at.ubrn });
    const add = (name: string) =>
      at.desk.ask('refer/add-letter', {
        ...{ reviewId: panel.reviewId, name, description: 'New letter', content: PDF },
      });
    const commitLetters = (keeps: string[]) =>
      at.desk.ask('refer/commit-letters', { reviewId: panel.reviewId, digits: at.digits, keeps });
    const titles = () =>
      at.desk.service.world
        .referral(at.ubrn)
        .attachments.filter(({ type }) => type === 'REFERRER')
        .map(({ title }) => title);
    return { ...at, panel, add, commitLetters, titles };
  }

  it('keeps what is to be kept by sending it again, and the rest is gone', async () => {
    const at = await atLetters('with-attachments');
    const [kept, gone] = at.panel.letters;
    expect(await at.add('second-letter.pdf')).toMatchObject({ ok: true });
    const answer = await at.commitLetters([kept?.documentId ?? '']);
    if (!answer.ok || answer.value.kind !== 'started') throw new Error('not started');
    expect(await settled(at.desk, answer.value.item, 10)).toMatchObject({
      action: 'maintain-letter',
      state: 'done',
    });
    expect(at.titles()).toEqual([kept?.name, 'second-letter.pdf']);
    expect(at.titles()).not.toContain(gone?.name);
  });

  it('wants at least one letter, a change, and each name once', async () => {
    const at = await atLetters('with-attachments');
    const all = at.panel.letters.map(({ documentId }) => documentId);
    expect(await at.commitLetters([])).toMatchObject(refused('letter-missing'));
    expect(await at.commitLetters(all)).toMatchObject(refused('NO_CHANGES_DETECTED'));
    expect(await at.commitLetters(['no-such-file'])).toMatchObject(refused('letter-not-there'));
    await at.add(at.panel.letters[0]?.name ?? '');
    expect(await at.commitLetters(all)).toMatchObject(refused('DUPLICATE_FILENAME'));
    expect(at.desk.service.calls.count('A012')).toBe(0);
  });

  it('is for referrers only', async () => {
    const at = await openScene('booked-for-review', { roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' });
    expect(await at.desk.ask('refer/review-letters', { ubrn: at.ubrn })).toMatchObject(
      refused('role-cannot-maintain-letter'),
    );
  });
});
