/**
 * What lockfile-lint does not look at. This lockfile names no addresses (npm's `omit-lockfile-registry-resolved`), so
 * npm asks its registry and the digest alone says what it may take: a package without one could be anything. An address
 * that appears after all is one that somebody put there; lockfile-lint judges its host, this its being there.
 */
import { declaredIn, nameOf, type Lockfile, type Manifest } from './lockfile.ts';

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const REGISTRY = 'https://registry.npmjs.org/';

/** The faults, in words; none when `npm ci` can only install what is meant. */
export function checkLockfile(lock: Lockfile, manifest: Manifest): readonly string[] {
  const places = Object.entries(lock.packages).filter(([place]) => place !== '');
  const faults = places.flatMap(([place, { integrity, resolved, link, inBundle, version }]) => {
    if (link === true) return [`${place} is a link, not a package of the registry`];
    if (inBundle === true) return [`${place} comes inside another package, without a digest of its own`];
    if (!SHA512.test(integrity ?? '')) return [`${place} has no SHA-512 digest`];
    if (!EXACT.test(version ?? '')) return [`${place} has no exact version`];
    if (resolved !== undefined && !resolved.startsWith(REGISTRY))
      return [`${place} is fetched from elsewhere than the registry`];
    return [];
  });
  const ranges = Object.entries(declaredIn(manifest))
    .filter(([, wanted]) => !EXACT.test(wanted))
    .map(([name, wanted]) => `package.json asks for ${name} ${wanted}, which is not one exact version`);
  const missing = Object.entries(declaredIn(manifest))
    .filter(([name, wanted]) => lock.packages[`node_modules/${name}`]?.version !== wanted)
    .map(([name, wanted]) => `${name} ${wanted} of package.json is not what the lockfile has`);
  const version = lock.lockfileVersion === 3 ? [] : [`lockfileVersion is ${lock.lockfileVersion}, not 3`];
  return [...version, ...faults, ...ranges, ...missing, ...findUndecidedScripts(lock, manifest)];
}

/** Each script that a package would run at its installation is allowed or forbidden by name (`allowScripts`). */
function findUndecidedScripts(lock: Lockfile, { allowScripts = {} }: Manifest): readonly string[] {
  const names = Object.entries(lock.packages).flatMap(([place, { hasInstallScript }]) =>
    hasInstallScript === true ? [nameOf(place)] : [],
  );
  return [...new Set(names)]
    .filter((name) => !Object.hasOwn(allowScripts, name))
    .map((name) => `${name} has an install script that "allowScripts" of package.json does not decide`);
}
