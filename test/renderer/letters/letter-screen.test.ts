// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { OpenLetter } from '../../../src-renderer/features/letters/open-pdf.ts';
import { useLettersStore } from '../../../src-renderer/features/letters/letters.store.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { makePatient, makeReferral, NHS_NUMBER } from '../referral/referral-fakes.ts';
import { makeLetter, makeLetterPage } from './letter-fakes.ts';

const destroy = vi.fn(async () => undefined);
const open = vi.hoisted(() => ({ letter: null as unknown as () => Promise<OpenLetter> }));
vi.mock('../../../src-renderer/features/letters/open-pdf.ts', () => ({ openPdf: () => open.letter() }));

const PDF = btoa('%PDF-1.7 invented %%EOF');
let desk: MountedDesk;

function answers(ubrn: () => string): FakeAnswers {
  open.letter = async () => ({
    pages: [
      makeLetterPage(`NHS number ${NHS_NUMBER}`, 'Your appointment'),
      makeLetterPage(`UBRN ${ubrn()}`, 'Access code: ABCD EFGH'),
    ],
    draw: async () => undefined,
    destroy,
  });
  return {
    'letters/fetch': ({ ubrn: asked }) => ok(makeLetter({ ubrn: asked, pdf: PDF })),
    'letters/record-unmask': () => ok({}),
  };
}

async function openLetter(changes: FakeAnswers = {}): Promise<void> {
  let opened = '';
  desk = await mountReferral({ ...answers(() => opened), ...changes });
  opened = String(desk.router.currentRoute.value.params['ubrn']);
  await desk.press('F9');
}

const covers = () => document.querySelectorAll('.letter-picture__cover').length;
beforeEach(() => destroy.mockClear());
afterEach(() => desk.unmount());

describe('the letter', () => {
  it('shows both pages with the access code covered, and says so', async () => {
    await openLetter();
    expect(desk.text()).toContain('Appointment Confirmation Summary');
    expect(desk.text()).toContain('2 pages, read 10:42:10');
    expect(document.querySelectorAll('canvas')).toHaveLength(2);
    expect(covers()).toBe(1);
    expect(desk.statusLine()).toContain('The access code is hidden');
    expect(desk.text()).toContain('Checked: NHS number, date of the appointment as in the referral.');
    expect(desk.text()).not.toContain('What to do');
  });

  it('masks the code in the text view too, until it is asked for', async () => {
    await openLetter();
    await desk.press('F8');
    expect(desk.text()).toContain('Access code: ••••••••');
    expect(desk.text()).not.toContain('ABCD EFGH');
    await desk.press('Ctrl+U');
    expect(desk.text()).toContain('ABCD EFGH');
    expect(desk.fake.inputsOf('letters/record-unmask')).toHaveLength(1);
    await desk.press('Ctrl+U');
    expect(desk.text()).not.toContain('ABCD EFGH');
    expect(desk.fake.inputsOf('letters/record-unmask')).toHaveLength(1);
  });

  it('covers the code again after ten seconds', async () => {
    await openLetter();
    vi.useFakeTimers();
    try {
      document.querySelector<HTMLButtonElement>('.letter__keys button:nth-of-type(3)')?.click();
      await vi.advanceTimersByTimeAsync(9_900);
      expect(covers()).toBe(0);
      await vi.advanceTimersByTimeAsync(200);
      expect(covers()).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps the code hidden when showing it cannot be recorded (hazard 7)', async () => {
    await openLetter({ 'letters/record-unmask': () => fail('writes-off', 'disk-full') });
    await desk.press('Ctrl+U');
    expect(covers()).toBe(1);
    expect(desk.statusLine()).toContain('stays hidden');
  });

  it('shows both values where main found a difference, and cannot be printed then (hazard 6)', async () => {
    const checks = [
      { what: 'nhs-number', result: 'same', inLetter: '9990000018', expected: '9990000018' },
      { what: 'time', result: 'different', inLetter: '13:30', expected: '14:30' },
      { what: 'ubrn', result: 'missing', inLetter: '', expected: '000049000001' },
    ] as const;
    await openLetter({
      'letters/fetch': ({ ubrn }) => ok(makeLetter({ ubrn, verdict: 'differs', checks: [...checks] })),
    });
    const rows = [...document.querySelectorAll('.letter-verdict__table tbody tr')];
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim()))).toEqual([
      ['Time of the appointment', '13:30', '14:30'],
      ['UBRN', 'not found', '0000\u00a04900\u00a00001'],
    ]);
    expect(desk.text()).toContain('It cannot be printed. Do not give it to the patient');
    expect(desk.text()).toContain('tell the service desk');
    await desk.press('Ctrl+P');
    expect(desk.statusLine()).toContain('the letter differs from the referral');
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  });

  it('says so when it was not checked, and covers the last page when the code is not found', async () => {
    open.letter = async () => Promise.reject(new Error('not yet'));
    await openLetter({
      'letters/fetch': ({ ubrn }) => ok(makeLetter({ ubrn, verdict: 'not-checked', checks: [] })),
    });
    open.letter = async () => ({ pages: [makeLetterPage('999')], draw: async () => undefined, destroy });
    await desk.press('F5');
    expect(desk.text()).toContain('Not checked. The desk does not know this kind of letter');
    expect(desk.text()).toContain('the last page stays covered');
    expect(desk.statusLine()).toContain('NOT checked: read it before you print it');
  });

  it('keeps no bytes, and destroys the document on leaving', async () => {
    await openLetter();
    expect(JSON.stringify(useLettersStore().facts)).not.toContain(PDF);
    await desk.press('Escape');
    expect(desk.router.currentRoute.value.name).toBe('referral');
    expect(destroy).toHaveBeenCalledTimes(1);
    expect(useLettersStore().facts).toBeNull();
  });

  it('destroys the old document before another is fetched', async () => {
    await openLetter();
    await desk.press('F5');
    expect(destroy).toHaveBeenCalledTimes(1);
    expect(desk.fake.inputsOf('letters/fetch')).toHaveLength(2);
  });
});

describe('no letter', () => {
  it.each([
    ['NO_ACCESS_CODE', 'There is no access code for this referral'],
    ['INVALID_REQUEST_STATE', 'state does not allow this'],
    ['NO_RELATIONSHIP', 'no recorded relationship'],
  ])('is explained: %s', async (code, words) => {
    await openLetter({ 'letters/fetch': () => fail('rejected', code, {}, 'corr-7') });
    expect(desk.text()).toContain(words);
    expect(desk.text()).toContain('corr-7');
    expect(document.querySelectorAll('canvas')).toHaveLength(0);
  });

  it('is explained when the bytes are no PDF', async () => {
    await openLetter();
    open.letter = async () => Promise.reject(new Error('InvalidPDFException'));
    await desk.press('F5');
    expect(desk.text()).toContain('e-RS sent something that is not a readable PDF');
  });

  it('is refused for an S-flagged patient, also when F9 came before the referral was read (hazard 15)', async () => {
    let release = (): void => undefined;
    const read = new Promise<void>((resolve) => (release = resolve));
    const patient = makePatient({ isSensitive: true });
    await openLetter({
      'referral/open': async ({ ubrn }) => {
        await read;
        return ok(makeReferral({ ubrn, patient }));
      },
    });
    expect(desk.router.currentRoute.value.name).toBe('letter');
    release();
    await desk.settle();
    expect(desk.fake.inputsOf('letters/fetch')).toHaveLength(0);
    expect(desk.router.currentRoute.value.name).toBe('referral');
    expect(desk.statusLine()).toContain('restricted');
  });
});
