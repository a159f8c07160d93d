/** Settings on a real disk: whole at every moment, kept aside when broken, and a policy that no clerk can write. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyPathOf, readPolicyText } from '../../src-main/adapters/node/policy-file.ts';
import { createTextFile } from '../../src-main/adapters/node/settings-files.ts';
import { composeDeskSettings } from '../../src-main/hosts/compose-settings.ts';
import { ok } from '../../src-main/contract/outcome.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const open = () =>
  composeDeskSettings({ environment: 'live', folder, log: { write: () => undefined }, policy: ok(null) });

describe('a settings file', () => {
  it('is written for this user alone, and nothing unfinished stays beside it', () => {
    const file = createTextFile(at('settings.json'));
    expect(file.read()).toEqual(ok(null));
    expect(file.write('first')).toEqual(ok(undefined));
    expect(file.write('second')).toEqual(ok(undefined));
    expect(file.read()).toEqual(ok('second'));
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(statSync(at('settings.json')).mode & 0o077).toBe(0);
  });

  it('is kept aside byte for byte, under a name that is free', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    writeFileSync(at('settings.json'), bytes);
    writeFileSync(at('settings.broken-1.json'), 'an earlier one');
    expect(createTextFile(at('settings.json')).copyAside()).toEqual(ok('settings.broken-2.json'));
    expect(readFileSync(at('settings.broken-2.json'))).toEqual(bytes);
    expect(readFileSync(at('settings.broken-1.json'), 'utf8')).toBe('an earlier one');
  });

  it('that cannot be written or read says so', () => {
    const file = createTextFile(at('no-such-folder/settings.json'));
    expect(file.write('text')).toMatchObject({ problem: { code: 'file-not-written' } });
    mkdirSync(at('settings.json'));
    expect(createTextFile(at('settings.json')).read()).toMatchObject({
      problem: { code: 'file-not-readable' },
    });
  });

  it('outlives what an earlier process left unfinished', () => {
    expect(open().save({ dayEndHour: 18 }).ok).toBe(true);
    writeFileSync(at('settings.json.unfinished'), '{"version":1,"sett');
    expect(open().settle().dayEndHour.value).toBe(18);
    expect(open().save({ dayEndHour: 19 }).ok).toBe(true);
    writeFileSync(at('settings.json'), '{"version":1,"sett');
    const again = open();
    expect(again.settle().dayEndHour).toEqual({ value: 19, source: 'desk' });
    expect(again.troubles()).toMatchObject([{ keptAs: 'settings.broken-1.json' }]);
    expect(readFileSync(at('settings.broken-1.json'), 'utf8')).toBe('{"version":1,"sett');
  });
});

describe('the policy of the machine', () => {
  it('has one place on each system', () => {
    expect((['win32', 'darwin', 'linux'] as const).map(policyPathOf)).toEqual([
      'C:\\ProgramData\\BookingDesk\\policy.json',
      '/Library/Application Support/BookingDesk/policy.json',
      '/etc/booking-desk/policy.json',
    ]);
  });

  it.skipIf(process.platform === 'win32')('counts only where nobody else could have written it', () => {
    const path = at('policy.json');
    const owner = process.getuid?.() ?? 0;
    expect(readPolicyText(path, owner)).toEqual(ok(null));
    writeFileSync(path, '{"version":1}');
    chmodSync(path, 0o644);
    expect(readPolicyText(path, owner)).toEqual(ok('{"version":1}'));
    expect(readPolicyText(path, owner + 1)).toMatchObject({ problem: { code: 'policy-not-protected' } });
    chmodSync(path, 0o664);
    expect(readPolicyText(path, owner)).toMatchObject({ problem: { code: 'policy-not-protected' } });
  });
});
