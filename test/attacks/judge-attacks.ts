/** One line an attack, from what the tests that try it came to. */
import type { Attack } from './attack.ts';

export interface Ran {
  readonly file: string;
  readonly fullName: string;
  readonly status: string;
}

export interface Line {
  readonly isFine: boolean;
  readonly isOnDevice: boolean;
  readonly text: string;
}

function judge({ id, tried, outcome, tries }: Attack, results: readonly Ran[]): Line {
  const wanted = tries.flatMap(({ file, names }) => names.map((name) => ({ file, name })));
  const found = wanted.map(({ file, name }) => ({
    label: `${file} "${name}"`,
    ran: results.filter((result) => result.file === file && result.fullName.includes(name)),
  }));
  const idle = found.filter(
    ({ ran }) => ran.length === 0 || ran.some(({ status }) => !/^(passed|failed)$/.test(status)),
  );
  const failed = [...new Set(found.flatMap(({ ran }) => ran.filter(({ status }) => status === 'failed')))];
  const line = (isFine: boolean, word: string, told: string): Line => ({
    ...{ isFine, isOnDevice: false },
    text: `${id}  ${word.padEnd(4)}  ${tried}: ${told}`,
  });
  if (failed.length > 0)
    return line(
      false,
      'FAIL',
      `must be "${outcome}"; failed: ${failed.map(({ fullName }) => fullName).join('; ')}`,
    );
  if (idle.length > 0) return line(false, 'FAIL', `not tried: ${idle.map(({ label }) => label).join('; ')}`);
  const tests = new Set(found.flatMap(({ ran }) => ran)).size;
  return line(true, 'ok', `${outcome} (${tests} tests)`);
}

/** The lines of all attacks; one that also needs a device has a second line with what to type there. */
export function judgeAttacks(attacks: readonly Attack[], results: readonly Ran[]): Line[] {
  return attacks.flatMap((attack) => {
    const { id, tried, tries, onDevice } = attack;
    const here = tries.length > 0 ? [judge(attack, results)] : [];
    if (onDevice === undefined) return here;
    const text = `${id}  needs a device  ${tried}: ${onDevice.what}. There: ${onDevice.command}`;
    return [...here, { isFine: true, isOnDevice: true, text }];
  });
}
