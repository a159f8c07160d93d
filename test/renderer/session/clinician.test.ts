// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { makeRole, makeSession, ROLES } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

let desk: MountedDesk;
afterEach(() => desk.unmount());

const ADMIN = makeRole({
  roleId: 'SERVICE_PROVIDER_CLINICIAN_ADMIN@R68',
  businessFunction: 'SERVICE_PROVIDER_CLINICIAN_ADMIN',
  canBook: false,
  canCancelLater: true,
  needsClinician: true,
});
const CLINICIANS = [
  { userId: '021600556514', label: 'Dr Invented' },
  { userId: '021600556515', label: 'Dr Zoë Made-Up' },
];
const roles = [makeRole(), ADMIN];

/** A main in which the clinician's admin has to say for whom. */
function answers(changes: FakeAnswers = {}): FakeAnswers {
  return {
    'session/read-state': () => ok(makeSession({ roles })),
    'session/choose-role': ({ roleId }) =>
      roleId === ADMIN.roleId
        ? ok(makeSession({ roles, role: ADMIN, status: 'choosing-clinician' }))
        : ok(makeSession({ roles })),
    'session/read-clinicians': () => ok({ clinicians: CLINICIANS }),
    'session/choose-clinician': ({ userId }) => {
      const onBehalfOf = CLINICIANS.find((clinician) => clinician.userId === userId) ?? null;
      return ok(makeSession({ roles, role: ADMIN, onBehalfOf }));
    },
    ...changes,
  };
}
const header = () => document.querySelector('.frame-header')?.textContent?.replace(/\s+/g, ' ') ?? '';

describe('choosing the clinician', () => {
  it('takes three keys from one role to the other with its clinician, and the header says for whom', async () => {
    desk = await mountDesk(answers());
    expect(header()).toContain('On behalf ofno one');
    await desk.press('Alt+R', 'Enter', 'Enter');
    expect(desk.fake.inputsOf('session/choose-role')).toEqual([{ roleId: ADMIN.roleId }]);
    expect(desk.fake.inputsOf('session/choose-clinician')).toEqual([{ userId: '021600556514' }]);
    expect(header()).toContain('for Dr Invented');
  });

  it('lists by label and id, and narrows by typing without accents', async () => {
    desk = await mountDesk(answers());
    await desk.press('Alt+R', 'Enter');
    expect(desk.text()).toContain('For which clinician do you act?');
    expect(desk.text()).toContain('021600556515');
    expect(document.querySelector('.frame-header')).toBeNull();
    await desk.type('zoe');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('session/choose-clinician')).toEqual([{ userId: '021600556515' }]);
  });

  it('puts the old desk away when the clinician changes under the same role', async () => {
    desk = await mountDesk(
      answers({
        'session/read-state': () => ok(makeSession({ roles, role: ADMIN, onBehalfOf: CLINICIANS[0]! })),
      }),
    );
    const before = desk.fake.inputsOf('worklist/fetch').length;
    desk.fake.push('session/changed', makeSession({ roles, role: ADMIN, onBehalfOf: CLINICIANS[1]! }));
    await desk.settle();
    expect(header()).toContain('for Dr Zoë Made-Up');
    expect(desk.fake.inputsOf('worklist/fetch').length).toBeGreaterThan(before);
  });

  it('says when e-RS names nobody, and leads to another role', async () => {
    desk = await mountDesk(answers({ 'session/read-clinicians': () => ok({ clinicians: [] }) }));
    await desk.press('Alt+R', 'Enter');
    expect(desk.text()).toContain('e-RS names no clinician for whom you may act');
    [...document.querySelectorAll('button')]
      .find((button) => button.textContent?.includes('Another role'))
      ?.click();
    await desk.settle();
    await desk.press('Enter');
    expect(header()).toContain('On behalf ofno one');
  });

  it('shows why they could not be read, and reads them again', async () => {
    let times = 0;
    desk = await mountDesk(
      answers({
        'session/read-clinicians': () =>
          ++times === 1 ? fail('unavailable', 'SYSTEM_UNAVAILABLE') : ok({ clinicians: CLINICIANS }),
      }),
    );
    await desk.press('Alt+R', 'Enter');
    expect(desk.text()).toContain('What to do');
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Read again')?.click();
    await desk.settle();
    expect(desk.text()).toContain('Dr Invented');
  });

  it('marks the role that needs a clinician, and the role that is held now comes last', async () => {
    desk = await mountDesk(
      answers({ 'session/read-state': () => ok(makeSession({ roles: [...ROLES, ADMIN] })) }),
    );
    await desk.press('Alt+R');
    const options = [...document.querySelectorAll('[role="option"]')].map(
      (option) => option.textContent ?? '',
    );
    expect(options.at(-1)).toContain('Your role now');
    expect(options.filter((text) => text.includes('Then: for which clinician'))).toHaveLength(1);
  });

  it('goes back to the role before by Alt+R, Enter', async () => {
    const third = makeRole({ roleId: 'REFERRING_CLINICIAN@R69', businessFunction: 'REFERRING_CLINICIAN' });
    const all = [makeRole(), ADMIN, third];
    desk = await mountDesk(
      answers({
        'session/read-state': () => ok(makeSession({ roles: all })),
        'session/choose-role': ({ roleId }) =>
          ok(makeSession({ roles: all, role: all.find((role) => role.roleId === roleId) ?? makeRole() })),
      }),
    );
    await desk.press('Alt+R');
    await desk.type('referring clinician');
    await desk.press('Enter', 'Alt+R', 'Enter', 'Alt+R', 'Enter');
    const chosen = desk.fake.inputsOf('session/choose-role').map(({ roleId }) => roleId);
    expect(chosen).toEqual([third.roleId, makeRole().roleId, third.roleId]);
  });
});
