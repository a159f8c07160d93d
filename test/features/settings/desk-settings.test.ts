/** The layers of the settings, and what becomes of files that cannot be used. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { createMemoryFile, openMemorySettings, type MemoryFile } from '../../support/memory-settings.ts';

let [file, lastGood] = [createMemoryFile(), createMemoryFile()];
beforeEach(() => {
  [file, lastGood] = [createMemoryFile(), createMemoryFile()];
});
const open = (options: Parameters<typeof openMemorySettings>[0] = {}) =>
  openMemorySettings({ file, lastGood, ...options });
const policyOf = (policy: object) => ok(JSON.stringify({ version: 1, ...policy }));
const textOf = (settings: object) => JSON.stringify({ version: 1, settings });

describe('the layers', () => {
  it('lie as default, desk, person, organisation', () => {
    file.text = textOf({ dayEndHour: 18, textSize: 'large', contrast: 'high' });
    const desk = open({ policy: policyOf({ settings: { contrast: 'normal' } }) });
    const settled = desk.settle({ textSize: 'largest', contrast: 'high' });
    expect(settled).toMatchObject({
      idleLockMinutes: { value: 10, source: 'default' },
      dayEndHour: { value: 18, source: 'desk' },
      textSize: { value: 'largest', source: 'person' },
      contrast: { value: 'normal', source: 'organisation' },
    });
    expect(desk.settle().textSize).toEqual({ value: 'large', source: 'desk' });
  });

  it('take what the policy says of this environment over what it says of all', () => {
    const policy = policyOf({
      settings: { rateShare: 0.5, dayEndHour: 16 },
      environments: { live: { settings: { rateShare: 0.1 }, connection: { asid: '123456789012' } } },
    });
    const live = open({ policy, environment: 'live' });
    expect([live.settle().rateShare.value, live.settle().dayEndHour.value]).toEqual([0.1, 16]);
    expect(live.connection).toEqual({ asid: '123456789012' });
    expect(open({ policy }).connection).toEqual({});
  });

  it('give a live desk a fifth of the rate, and training all of it', () => {
    const shares = (['training', 'sandbox', 'integration', 'live'] as const).map(
      (environment) => open({ environment }).settle().rateShare.value,
    );
    expect(shares).toEqual([1, 0.2, 0.2, 0.2]);
  });
});

describe('saving', () => {
  it('keeps what changed, and what somebody else wrote into the file meanwhile', () => {
    const desk = open();
    file.text = textOf({ rateShare: 0.3, ofALaterVersion: 7 });
    expect(desk.save({ dayEndHour: 18 })).toEqual(ok(undefined));
    const saved = textOf({ rateShare: 0.3, ofALaterVersion: 7, dayEndHour: 18 });
    expect(JSON.parse(file.text)).toEqual(JSON.parse(saved));
    expect(desk.settle()).toMatchObject({ rateShare: { value: 0.3 }, dayEndHour: { value: 18 } });
    expect(open().settle().dayEndHour).toEqual({ value: 18, source: 'desk' });
  });

  it('refuses what the organisation has set', () => {
    const desk = open({ policy: policyOf({ settings: { idleLockMinutes: 5 } }) });
    expect(desk.save({ idleLockMinutes: 30 })).toMatchObject({
      problem: { kind: 'rejected', code: 'setting-is-managed', facts: { setting: 'idleLockMinutes' } },
    });
    expect(file.text).toBeNull();
  });

  it('says so when nothing could be written, and goes on with what was', () => {
    const desk = open();
    file.refuses.write = true;
    expect(desk.save({ dayEndHour: 18 })).toMatchObject({ problem: { code: 'settings-not-written' } });
    expect(desk.settle().dayEndHour).toEqual({ value: 17, source: 'default' });
  });
});

describe('a settings file that cannot be used', () => {
  it.each([
    ['torn', '{"version":1,"settings":{"dayEnd', 'not-json'],
    ['a list', '[]', 'not-json'],
    ['without a version', '{"settings":{}}', 'not-settings'],
    ['with a value that does not fit', textOf({ dayEndHour: 99 }), 'not-settings'],
    ['with text for a switch', textOf({ secondPersonForCancelReferral: 'yes' }), 'not-settings'],
  ])('that is %s is kept aside and reported, and the last good one holds', (_what, text, code) => {
    expect(open().save({ dayEndHour: 18 })).toEqual(ok(undefined));
    file.text = text;
    const desk = open();
    expect(desk.settle().dayEndHour).toEqual({ value: 18, source: 'desk' });
    expect(desk.troubles()).toEqual([{ file: 'desk', code, keptAs: 'settings.broken-1.json' }]);
    expect(file.asides).toEqual([text]);
    expect(open().troubles()).toEqual([]);
  });

  it('leaves the defaults and the policy where there never was a good one', () => {
    file.text = 'no settings';
    const desk = open({ policy: policyOf({ settings: { cardRemoval: 'end-session' } }) });
    expect(desk.settle()).toMatchObject({
      dayEndHour: { source: 'default' },
      cardRemoval: { value: 'end-session', source: 'organisation' },
    });
  });

  it('is not written over when it cannot be read, or is of a later version', () => {
    file.text = JSON.stringify({ version: 2, settings: { dayEndHour: 20 } });
    const newer = open();
    expect(newer.troubles()).toMatchObject([{ code: 'settings-newer', keptAs: null }]);
    expect(newer.save({ dayEndHour: 18 })).toMatchObject({ problem: { code: 'settings-newer' } });
    file.refuses.read = true;
    const unread = open();
    expect(unread.troubles()).toMatchObject([{ code: 'settings-not-readable' }]);
    expect(unread.save({ dayEndHour: 18 })).toMatchObject({ problem: { code: 'settings-not-readable' } });
    expect(JSON.parse(file.text)).toMatchObject({ version: 2 });
  });

  it('stays where it is when it cannot be kept aside', () => {
    file.text = 'no settings';
    file.refuses.write = true;
    expect(open().troubles()).toEqual([{ file: 'desk', code: 'not-json', keptAs: null }]);
    expect(file.text).toBe('no settings');
  });

  it('says nothing of its content in the log', () => {
    const lines: string[] = [];
    file.text = '{"version":1,"settings":{"clinicianNames":"SECRET-NAME"}}';
    open({ log: { write: (...line) => void lines.push(JSON.stringify(line)) } });
    expect(lines).toEqual([JSON.stringify(['error', 'settings-not-usable', { code: 'not-settings' }])]);
  });
});

type Move = { readonly save: number } | { readonly spoil: string };
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.record({ save: fc.integer({ min: 12, max: 22 }) }),
    fc.record({ spoil: fc.oneof(fc.string(), fc.json(), fc.constant(textOf({ dayEndHour: 0 }))) }),
  ),
  { maxLength: 12 },
);
const isGood = (text: string) => {
  try {
    const { version, settings } = JSON.parse(text) as { version?: unknown; settings?: unknown };
    return version === 1 && typeof settings === 'object' && !/"dayEndHour":0/.test(text);
  } catch {
    return false;
  }
};

describe('whatever happens to the file', () => {
  it('the last good settings hold, and every broken text is still there', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const [disk, copy]: [MemoryFile, MemoryFile] = [createMemoryFile(), createMemoryFile()];
        let expected = 17;
        const spoilt: string[] = [];
        for (const step of steps) {
          const desk = openMemorySettings({ file: disk, lastGood: copy });
          expect(desk.settle().dayEndHour.value).toBe(expected);
          if ('save' in step) {
            expect(desk.save({ dayEndHour: step.save }).ok).toBe(true);
            expected = step.save;
          } else if (!isGood(step.spoil)) {
            disk.text = step.spoil;
            spoilt.push(step.spoil);
          }
        }
        const last = openMemorySettings({ file: disk, lastGood: copy });
        expect(last.settle().dayEndHour.value).toBe(expected);
        spoilt.forEach((text) => expect([...disk.asides, disk.text]).toContain(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a policy that is there and cannot be used', () => {
  it.each([
    ['cannot be read', fail('unavailable', 'file-not-readable'), 'file-not-readable'],
    ['others may write', fail('unavailable', 'policy-not-protected'), 'policy-not-protected'],
    ['is torn', ok('{"version":1'), 'not-json'],
    ['sets what does not fit', policyOf({ settings: { rateShare: 9 } }), 'not-settings'],
    [
      'sends credentials out of the NHS',
      policyOf({ environments: { live: { connection: { baseUrl: 'https://nhs.uk.example.com' } } } }),
      'not-settings',
    ],
    ['is of a later version', ok('{"version":2}'), 'policy-newer'],
  ])('as it %s, is reported, and nothing is written to e-RS of real patients', (_what, policy, code) => {
    const reasons = (['training', 'sandbox', 'integration', 'live'] as const).map((environment) => {
      const desk = open({ policy, environment });
      expect(desk.troubles()).toEqual([{ file: 'policy', code, keptAs: null }]);
      return desk.writesOffReason();
    });
    expect(reasons).toEqual([null, null, 'policy-not-usable', 'policy-not-usable']);
  });

  it('reports names that this version does not know, and goes by the rest', () => {
    const desk = open({
      environment: 'live',
      policy: policyOf({ settings: { idleMinute: 3, dayEndHour: 16 } }),
    });
    expect(desk.writesOffReason()).toBeNull();
    expect(desk.settle().dayEndHour).toEqual({ value: 16, source: 'organisation' });
    expect(desk.troubles()).toEqual([{ file: 'policy', code: 'names-not-known', keptAs: null }]);
  });
});
