/** Finds the operation of a request. The table is the list of operations; a new one adds itself to it. */
import { OPERATIONS } from './operations/index.ts';
import type { Operation, Route, Surface } from './service-types.ts';

/** Base paths of the surfaces, the longer before the shorter. */
const BASES: readonly (readonly [Surface, string])[] = [
  ['api-platform', '/referrals/FHIR'],
  ['spine-session', '/ers-api'],
  ['pds', '/personal-demographics/FHIR/R4'],
  ['training', '/training'],
];

export interface Match {
  readonly operation: Operation;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Routed {
  /** Null for a path outside every base. */
  readonly surface: Surface | null;
  readonly base: string;
  readonly match: Match | null;
  /** True when the path is known and only the method is not. */
  readonly isMethodWrong: boolean;
}

function split(path: string): string[] {
  return path.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      // A broken escape matches nothing, which is what it deserves.
      return '\u0000';
    }
  });
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}

const TABLE = OPERATIONS.flatMap((operation) =>
  operation.routes.map((route) => ({ operation, route, pattern: route.path.split('/') })),
);

/** Routes a request by base path, method and path. Paths are case-sensitive (contract.md section 5). */
export function route(method: string, url: URL): Routed {
  const found = BASES.find(([, base]) => url.pathname === base || url.pathname.startsWith(`${base}/`));
  if (!found) return { surface: null, base: url.origin, match: null, isMethodWrong: false };
  const [surface, basePath] = found;
  const segments = split(url.pathname.slice(basePath.length));
  let isMethodWrong = false;
  for (const { operation, route: candidate, pattern } of TABLE) {
    if (candidate.surface !== surface) continue;
    const params = matchPath(pattern, segments);
    if (params === null) continue;
    if (candidate.method === method) {
      return {
        surface,
        base: `${url.origin}${basePath}`,
        match: { operation, route: candidate, params },
        isMethodWrong: false,
      };
    }
    isMethodWrong = true;
  }
  return { surface, base: `${url.origin}${basePath}`, match: null, isMethodWrong };
}
