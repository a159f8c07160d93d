// @vitest-environment happy-dom
/** The settings by keyboard: what is sent, what is locked, what is taken back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SettingsView } from '../../../src-main/contract/channels/settings.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { changesOf, faultsOf, formOf } from '../../../src-renderer/features/settings/settings-form.ts';
import { keyWords, troubleWords } from '../../../src-renderer/features/settings/settings-words.ts';
import type { FakeBridge } from '../../support/fake-bridge.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

const VIEW: SettingsView = {
  textSize: { value: 'normal', source: 'default' },
  contrast: { value: 'normal', source: 'default' },
  defaultList: { value: 'AWAITING_BOOKING', source: 'default' },
  idleLockMinutes: { value: 10, source: 'default' },
  dayEndHour: { value: 17, source: 'organisation' },
  clinicianNames: { value: [{ userId: '021600556514', name: 'CONSULTANT, Ruth (Dr)' }], source: 'desk' },
  organisationNames: { value: [], source: 'default' },
  cardRemoval: { value: 'lock', source: 'default' },
  secondPersonForCancelReferral: { value: true, source: 'organisation' },
  rateShare: { value: 0.2, source: 'default' },
  readsDstu2: { value: false, source: 'default' },
  auditDays: { value: 100, source: 'default' },
  auditReaders: { value: [], source: 'default' },
  ...{ troubles: [], isKept: true, recordKey: { madeAt: '2026-11-01T08:00:00.000Z', older: 1 } },
};
const root = () => document.documentElement.classList;

describe('the form', () => {
  it('sends what differs and nothing that the organisation has set', () => {
    const form = formOf(VIEW);
    expect(changesOf(VIEW, form)).toEqual({});
    form.textSize = 'large';
    form.dayEndHour = '20';
    form.organisations = [
      { id: ' r69 ', name: ' Leeds ' },
      { id: '', name: '' },
    ];
    expect(changesOf(VIEW, form)).toEqual({
      textSize: 'large',
      organisationNames: [{ code: 'R69', name: 'Leeds' }],
    });
  });

  it.each([
    ['idleLockMinutes', { idleLockMinutes: '0' }],
    ['idleLockMinutes', { idleLockMinutes: '1.5' }],
    ['dayEndHour', { dayEndHour: '9' }],
    ['clinicians', { clinicians: [{ id: '12', name: 'Short' }] }],
    ['clinicians', { clinicians: [{ id: '021600556514', name: ' ' }] }],
    ['clinicians', { clinicians: ['A', 'B'].map((name) => ({ id: '021600556514', name })) }],
    ['organisations', { organisations: [{ id: 'R 69', name: 'Leeds' }] }],
  ] as const)('says what is wrong with %s in %j', (field, changes) => {
    expect(Object.keys(faultsOf({ ...formOf(VIEW), ...changes }))).toEqual([field]);
  });
});

describe('the words', () => {
  it('say what holds when a file could not be used, and under which name it was kept', () => {
    const damaged = troubleWords({ file: 'desk', code: 'not-json', keptAs: 'settings.broken-2.json' });
    expect(damaged.meaning).toContain('settings.broken-2.json');
    const policy = troubleWords({ file: 'policy', code: 'policy-not-protected', keptAs: null });
    expect(policy.title).toContain('others than the administrator can write it');
    expect(keyWords(VIEW)).toBe('Made on 01-Nov-2026. 1 older key is kept for records that still need it.');
  });
});

describe('the panel', () => {
  let [bridge, desk] = [] as unknown as [FakeBridge, MountedDesk];
  beforeEach(async () => {
    desk = await mountDesk({
      'settings/read': () => ok(VIEW),
      'settings/save': (changes) =>
        ok({ ...VIEW, textSize: { value: changes.textSize ?? 'normal', source: 'person' } }),
    });
    bridge = desk.fake;
    await desk.press('Ctrl+,');
  });
  afterEach(() => desk.unmount());
  const choose = async (id: string) => {
    const input = [...document.querySelectorAll<HTMLInputElement>('.settings input[type="radio"]')].find(
      ({ value }) => value === id,
    );
    input?.click();
    await desk.settle();
  };

  it('puts a text size on at once, and takes it back when it is left without saving', async () => {
    expect(document.activeElement?.getAttribute('value')).toBe('normal');
    await choose('large');
    expect(root().contains('desk-text--large')).toBe(true);
    await desk.press('Escape');
    expect(root().contains('desk-text--large')).toBe(false);
    expect(bridge.inputsOf('settings/save')).toEqual([]);
  });

  it('saves by Ctrl+Enter alone, and keeps the look', async () => {
    await choose('large');
    bridge.answer('settings/read-look', () =>
      ok({ textSize: 'large', contrast: 'normal', defaultList: 'AWAITING_BOOKING' }),
    );
    await desk.press('Enter');
    expect(bridge.inputsOf('settings/save')).toEqual([]);
    await desk.press('Ctrl+Enter');
    expect(bridge.inputsOf('settings/save')).toEqual([{ textSize: 'large' }]);
    expect(document.querySelector('.settings')).toBeNull();
    expect(root().contains('desk-text--large')).toBe(true);
  });

  it('shows what the organisation has set as locked, without a field', () => {
    expect(document.querySelector('#setting-dayEndHour')?.textContent).toContain('Set by your organisation');
    expect(document.querySelector('#setting-dayEndHour input')).toBeNull();
  });

  it('adds and removes names with the focus where the next is typed', async () => {
    const click = async (selector: string) => {
      document.querySelector<HTMLElement>(selector)?.click();
      await desk.settle();
    };
    await click('#setting-organisations-add');
    expect(document.activeElement?.id).toBe('setting-organisations');
    await desk.type('r69');
    await click('#setting-organisations-add');
    expect(document.activeElement?.id).toBe('setting-organisations-1');
    await desk.press('Ctrl+Enter');
    expect(document.querySelector('.desk-error-summary')?.textContent).toContain('Type a name for r69');
    await click('.settings__name .nhsuk-button');
    expect(document.activeElement?.id).toBe('setting-clinicians-add');
  });

  it('stays open with the words of what could not be saved', async () => {
    bridge.answer('settings/save', () => fail('unavailable', 'settings-not-written'));
    await choose('largest');
    await desk.press('Ctrl+Enter');
    expect(document.querySelector('.desk-panel')?.textContent).toContain('could not be saved');
  });
});
