// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { ServiceDetails } from '../../../src-main/contract/channels/shortlist.ts';
import { refusalLines } from '../../../src-renderer/features/referral/referral-actions.ts';
import { makeRole, makeSession, READ_AT } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { mountReferral } from './mount-referral.ts';
import { DIRECT, INDIRECT, makeReferral } from './referral-fakes.ts';

const makeDetails = (changes: Partial<ServiceDetails> = {}): ServiceDetails => ({
  ...{ ...DIRECT, site: 'RX101', address: '1 Invented Road\nLeeds', phone: '01632 960100' },
  ...{ staffPhone: '01632 960199', hours: 'Mon to Fri', instructions: 'Bring your glasses.' },
  ...{ specialty: 'Cardiology', clinicTypes: ['Heart failure'], version: 7, readAt: READ_AT },
  isActive: true,
  facts: [{ label: 'Gender treated', value: 'All' }],
  ...changes,
});

let desk: MountedDesk;
afterEach(() => desk.unmount());

const mount = (answers: FakeAnswers = {}, view: Partial<ReferralView> = {}) =>
  mountReferral({
    'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn, shortlist: [DIRECT, INDIRECT], ...view })),
    'shortlist/read-services': () => ok({ services: [makeDetails()] }),
    ...answers,
  });
const centre = () => document.querySelector('#centre')?.textContent?.replace(/\s+/g, ' ') ?? '';

describe('the details of the services', () => {
  it('are read when they are asked for, and what is for staff is marked', async () => {
    desk = await mount();
    expect(desk.fake.inputsOf('shortlist/read-services')).toEqual([]);
    await desk.press('Ctrl+D');
    expect(desk.fake.inputsOf('shortlist/read-services')).toEqual([
      { serviceIds: [DIRECT.serviceId, INDIRECT.serviceId] },
    ]);
    expect(centre()).toContain('01632 960100');
    expect(centre()).toContain('Staff only, do not give to the patient: 01632 960199');
    expect(centre()).toContain(`e-RS gave no details of service ${INDIRECT.serviceId}`);
    expect(document.activeElement?.id).toBe(`service-${DIRECT.serviceId}`);
  });

  it('are put away by Esc, and by the next Esc the referral', async () => {
    desk = await mount();
    await desk.press('Ctrl+D', 'Escape');
    expect([desk.router.currentRoute.value.name, centre().includes('960100')]).toEqual(['referral', false]);
    await desk.press('Escape');
    expect(desk.router.currentRoute.value.name).toBe('worklist');
  });

  it('are not shown to the next referral, nor after a lock', async () => {
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    desk = await mount({
      'shortlist/read-services': async () => {
        await slow;
        return ok({ services: [makeDetails()] });
      },
    });
    await desk.press('Ctrl+D', 'Alt+ArrowDown');
    finish();
    await desk.settle();
    expect(centre()).not.toContain('960100');
  });

  it('that could not be read say why', async () => {
    desk = await mount({ 'shortlist/read-services': () => fail('offline', 'connection-refused') });
    await desk.press('Ctrl+D');
    expect(centre()).toContain('No answer from e-RS');
    expect(desk.statusLine()).toContain('could not be read');
  });

  it('are refused to a provider, who cannot read services', async () => {
    desk = await mount({
      'session/read-state': () => ok(makeSession({ role: makeRole({ canChangeShortlist: false }) })),
    });
    await desk.press('Ctrl+D');
    expect(desk.statusLine()).toContain('e-RS tells referrers only');
    expect(desk.fake.inputsOf('shortlist/read-services')).toEqual([]);
  });

  it('include the service of the appointment where it left the shortlist', async () => {
    const appointment = {
      ...{ appointmentId: '7', version: 1, status: 'booked', reason: null, serviceId: '19000' },
      ...{ serviceName: 'Old Clinic', clinicianId: null, start: READ_AT, end: READ_AT, slotId: null },
    };
    desk = await mount(
      { 'shortlist/read-services': () => ok({ services: [makeDetails({ serviceId: '19000' })] }) },
      { appointment },
    );
    await desk.press('Ctrl+D');
    expect(desk.fake.inputsOf('shortlist/read-services')[0]?.serviceIds).toContain('19000');
    expect(centre()).toContain('Not on the shortlist any more');
  });
});

describe('the row of actions', () => {
  const buttons = () =>
    [...document.querySelectorAll('.referral__actions button')].map((one) => one.textContent);

  it('gives each possible action its key, and each impossible one its reason', async () => {
    desk = await mount(
      {},
      { canCancelReferral: null, canCancelAppointment: 'not-booked', canReadLetter: null },
    );
    expect(buttons()).toEqual(
      expect.arrayContaining(['SlotsF7', 'LetterF9', 'Cancel referralShift+F12', 'Read againF5']),
    );
    expect(buttons()).not.toContain('Cancel appointmentShift+F11');
    expect(centre()).toContain('Cancel appointment (Shift+F11): no appointment is booked.');
    expect(centre()).toContain(
      'Cancel, action later (Shift+F9): it needs the role Service Provider Clinician',
    );
  });

  it('says the same reason once', () => {
    const refused = (title: string, gate: string) =>
      ({ id: title, title, keys: 'F7', gate, isCancel: false, isButton: false }) as never;
    expect(
      refusalLines([refused('Slots', 'no.'), refused('Defer', 'no'), refused('Letter', 'never')]),
    ).toEqual(['Slots (F7), Defer (F7): no.', 'Letter (F7): never.']);
  });

  it('does what its button says', async () => {
    desk = await mount();
    document.querySelectorAll<HTMLButtonElement>('.referral__actions button').forEach((one) => {
      if (one.textContent?.startsWith('Letter')) one.click();
    });
    await desk.settle();
    expect(desk.router.currentRoute.value.name).toBe('letter');
  });
});
