/** Whether every package in the lockfile may be used: scripts/supply/allowed-licences.json says which licences may. */
import { nameOf, type Lockfile } from './lockfile.ts';

export interface AllowedLicences {
  readonly allowed: readonly string[];
  /** By the name of a package, which may stand for all that begin with it and a hyphen. */
  readonly exceptions: Readonly<Record<string, { readonly licence: string; readonly why: string }>>;
}

/** One of an `OR` will do, of an `AND` all must; brackets stand around the whole only. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (bare.includes('(')) return false;
  return bare
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.includes(one.trim())));
}

/** The packages whose licence nobody has allowed, in words; and exceptions that no package needs any more. */
export function checkLicences(lock: Lockfile, { allowed, exceptions }: AllowedLicences): readonly string[] {
  const needed = new Set<string>();
  const faults = Object.entries(lock.packages).flatMap(([place, { license = '' }]) => {
    if (place === '' || isAllowed(license, allowed)) return [];
    const name = nameOf(place);
    const exception = Object.keys(exceptions).find((known) => name === known || name.startsWith(`${known}-`));
    if (exception === undefined || exceptions[exception]?.licence !== license)
      return [`${name} is under ${license === '' ? 'no named licence' : license}, which is not allowed`];
    needed.add(exception);
    return [];
  });
  const stale = Object.keys(exceptions).filter((name) => !needed.has(name));
  return [...faults, ...stale.map((name) => `the exception for ${name} is not needed any more`)];
}
