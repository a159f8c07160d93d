/** What the operations' framings share: prefixes of the two dialects, time-outs, paths of published requests. */
import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { parseVersionTag, versionTag } from '../fhir/version-tag.ts';
import type { DialectName, Framing, PublishedRequest } from '../operation.ts';

/** The platform has no `v1` in its paths (contract.md section 1). */
const STU3_PREFIX: Readonly<Record<DialectName, string>> = {
  'api-platform': '/STU3',
  'spine-session': '/STU3/v1',
};

/** Client time-outs (contract.md section 4.6). */
export const READ_TIMEOUT_MS = 30_000;
/** Letters and whole lists take the service longer. */
export const SLOW_READ_TIMEOUT_MS = 60_000;
/** Longer than the gateway's 180 s: a shorter one would make outcomes unknown by itself (safety.md, fact 4). */
export const PAS_WRITE_TIMEOUT_MS = 190_000;

/** The same framing in both dialects, but for the prefix and small differences. */
export function inBothDialects<Input>(
  make: (stu3: string, dialect: DialectName) => Framing<Input>,
): Record<DialectName, Framing<Input>> {
  return {
    'api-platform': make(STU3_PREFIX['api-platform'], 'api-platform'),
    'spine-session': make(STU3_PREFIX['spine-session'], 'spine-session'),
  };
}

/** The groups of a request's path behind the prefix; null when method or path is not ours. */
export function matchPath(
  request: PublishedRequest,
  method: string,
  prefix: string,
  rest: RegExp,
): readonly (string | undefined)[] | null {
  const path = request.path.replace(/%24/g, '$');
  if (request.method !== method || !path.startsWith(prefix)) return null;
  const match = rest.exec(path.slice(prefix.length));
  return match === null ? null : match.slice(1);
}

/** A referral in the version that the clerk saw. */
export interface PinnedReferral {
  readonly ubrn: Ubrn;
  readonly version: number;
}

/**
 * A write on a referral by an operation's name, e.g. `$ers.cancelReferral`, with the referral's version in `If-Match`
 * as the pin. `readBody` gives what `buildBody` was made from, null for a body that it never makes.
 */
export function framePinnedWrite<Values extends object>(
  dialect: DialectName,
  name: string,
  buildBody: (input: PinnedReferral & Values) => unknown,
  readBody: (body: unknown) => Values | null,
): Framing<PinnedReferral & Values> {
  const stu3 = STU3_PREFIX[dialect];
  return {
    build: (input) => ({
      method: 'POST',
      path: `${stu3}/ReferralRequest/${input.ubrn}/${name}`,
      headers: { 'If-Match': versionTag(input.version) },
      body: buildBody(input),
    }),
    readRequest(request) {
      const path = matchPath(request, 'POST', stu3, /^\/ReferralRequest\/(\d{12})\/([^/]+)$/);
      const ubrn = parseUbrn(path?.[0] ?? '');
      const version = parseVersionTag(request.headers['if-match']);
      const values = readBody(request.body);
      if (ubrn === null || path?.[1] !== name || version === null || values === null) return null;
      return { ubrn, version, ...values };
    },
    successStatus: [200],
  };
}

/** A whole number from a query or a path; null for anything else. */
export function parseCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
