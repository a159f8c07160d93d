// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { READ_AT } from '../../support/fake-data.ts';
import { mountReferral } from './mount-referral.ts';
import { DIRECT, INDIRECT, makePatient, makeReferral, TRIAGE } from './referral-fakes.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const opening = (changes: Partial<ReferralView>) => ({
  'referral/open': ({ ubrn }: { ubrn: string }) => ok(makeReferral({ ubrn, ...changes })),
});
const banner = () => document.querySelector('#banner')?.textContent?.replace(/\s+/g, ' ') ?? '';
const route = () => desk.router.currentRoute.value.name;

describe('the patient banner', () => {
  it('gives name, Born (age), Gender and NHS No. in that order', async () => {
    desk = await mountReferral();
    expect(banner()).toMatch(
      /SMITH, John \(Mr\).*Born.*05-Jan-1961 \(65\).*Gender.*Male.*NHS No\..*999\s000\s0018/,
    );
  });

  it('unfolds address, phone, practice and needs by Ctrl+I', async () => {
    desk = await mountReferral();
    const more = () => document.querySelector<HTMLElement>('#banner-more');
    expect(more()?.style.display).toBe('none');
    await desk.press('Ctrl+I');
    expect(more()?.style.display).toBe('');
    expect(more()?.textContent).toContain('1 Invented Road, Leeds, LS1 4AP');
  });

  it('says why there is no name', async () => {
    desk = await mountReferral(opening({ patient: null, patientProblem: 'unavailable' }));
    expect(banner()).toContain('Name not shown: PDS could not be read');
    expect(banner()).toMatch(/999\s000\s0018/);
  });

  it('shows no name and blocks everything when the NHS numbers differ', async () => {
    desk = await mountReferral(opening({ patient: makePatient({ nhsNumber: '9990000026' }) }));
    expect(banner()).toContain('Wrong patient possible');
    expect(banner()).not.toContain('SMITH');
    await desk.press('F7');
    expect([route(), desk.statusLine()]).toEqual([
      'referral',
      expect.stringContaining('different NHS numbers'),
    ]);
  });

  it('shows no address of a restricted record and marks the dead', async () => {
    desk = await mountReferral(opening({ patient: makePatient({ isSensitive: true }) }));
    expect(banner()).toContain('Restricted record (S flag)');
    expect(banner()).not.toContain('Invented Road');
    desk.unmount();
    desk = await mountReferral(opening({ patient: makePatient({ deceased: '2026-03-12' }) }));
    expect(banner()).toContain('Deceased. Died 12-Mar-2026');
  });

  it('marks an interpreter and communication needs, and the screen repeats them', async () => {
    desk = await mountReferral(
      opening({
        additionalRequirements: [{ code: 'INTERPRETER', display: '' }],
        patient: makePatient({ communicationNeeds: ['Needs large print'] }),
      }),
    );
    expect(banner()).toContain('Interpreter');
    expect(banner()).toContain('Communication needs');
    expect(document.querySelector('#centre')?.textContent).toContain('Needs large print');
  });
});

describe('the referral', () => {
  it('shows what it is and what may be done, and has the focus', async () => {
    desk = await mountReferral(
      opening({
        shortlist: [DIRECT, INDIRECT, TRIAGE],
        attachments: [
          {
            type: { code: 'REFERRER', display: '' },
            title: 'a.pdf',
            contentType: 'application/pdf',
            bytes: 2048,
            availability: { code: 'PENDING', display: '' },
            description: '',
          },
        ],
        related: ['000049000777'],
        history: [{ at: READ_AT, what: 'API Generate Patient Letter', code: 'success' }],
      }),
    );
    const text = document.querySelector('#centre')?.textContent ?? '';
    for (const expected of [
      'Not booked',
      'Version 5, read 10:42:10',
      'e-RS allows: Book or defer.',
      'Indirect',
      'read again in 5 minutes',
      'Letter read',
    ]) {
      expect(text).toContain(expected);
    }
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('is read again by F5 and stays on show when that fails', async () => {
    desk = await mountReferral();
    desk.fake.answer('referral/reread', () => fail('locked', 'REFERRAL_LOCKED', {}, 'corr-9'));
    await desk.press('F5');
    expect(desk.text()).toContain('Someone else is working on this referral');
    expect(desk.text()).toContain('As of 10:42:10');
    expect(document.querySelector('#centre')?.textContent).toContain(DIRECT.name);
  });

  it('gives the role that is needed when it may not be opened', async () => {
    desk = await mountReferral({ 'referral/open': () => fail('forbidden', 'NO_RELATIONSHIP', {}, 'corr-1') });
    expect(desk.text()).toContain('no recorded relationship');
    await desk.press('F7');
    expect([route(), desk.statusLine()]).toEqual(['referral', expect.stringContaining('has not been read')]);
  });

  it('asks for a second identifier and shows nothing of the patient before', async () => {
    desk = await mountReferral({
      'referral/open': ({ ubrn, secondIdentifier }) => {
        if (secondIdentifier === null) return fail('needs-second-identifier', '');
        return secondIdentifier === '0018' ? ok(makeReferral({ ubrn })) : fail('wrong-identifier', '');
      },
    });
    expect(document.activeElement?.tagName).toBe('INPUT');
    expect(banner()).toBe('');
    await desk.type('12');
    await desk.press('Enter');
    expect(desk.text()).toContain('Type 4 digits of the NHS number');
    await desk.type('9999');
    await desk.press('Enter');
    expect(desk.text()).toContain('does not match this UBRN');
    await desk.type('0018');
    await desk.press('Enter');
    expect(banner()).toContain('SMITH');
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('goes back to the worklist by Esc, keeps the row and closes the referral', async () => {
    desk = await mountReferral();
    const ubrn = String(desk.router.currentRoute.value.params['ubrn']);
    await desk.press('Escape');
    expect(route()).toBe('worklist');
    expect(document.querySelector('[role="row"][aria-selected="true"]')?.id).toBe(`worklist-row-${ubrn}`);
    expect(desk.fake.inputsOf('referral/close')).toEqual([{ ubrn }]);
    expect(banner()).toBe('');
  });

  it('says why no letter can be fetched', async () => {
    desk = await mountReferral(opening({ canReadLetter: 'role-cannot-read-letters' }));
    await desk.press('F9');
    expect([route(), desk.statusLine()]).toEqual([
      'referral',
      expect.stringContaining('Referring Clinician'),
    ]);
  });
});
