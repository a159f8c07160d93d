/** The Parameters of A011 and A021 from the app's values, and back (contract.md section 7). */
import {
  parseSdsUserId,
  parseServedNhsNumber,
  type NhsNumber,
  type SdsUserId,
} from '../../contract/identifiers.ts';
import { normaliseInstant } from '../fhir/instants.ts';
import { asObject, textAt } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { ersProfile, ID_SYSTEMS } from '../fhir/systems.ts';
import type { DialectName, Framing } from '../operation.ts';
import { identified, identifierOf } from './a010-search-body.ts';
import {
  buildShortlistParameters,
  readShortlistParameters,
  SHORTLIST_PARAMETERS,
  type ShortlistValues,
} from './a031-shortlist-body.ts';
import { inBothDialects, matchPath } from './framing.ts';

export interface A011Input extends ShortlistValues {
  readonly nhsNumber: NhsNumber;
  /** The clinician for whom a referring clinician's admin refers; null for a clinician's own referral. */
  readonly referringClinician: SdsUserId | null;
  /** An instant in the past, at most 365 days ago (contract.md section 4.6); null leaves it to e-RS. */
  readonly pathwayStart: string | null;
}

const NAMES = [...SHORTLIST_PARAMETERS, 'patient', 'referringClinician', 'eReferralPathwayStart'];

function buildBody(input: A011Input, profile: string): unknown {
  const { nhsNumber, referringClinician, pathwayStart } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile(profile)] },
    parameter: [
      ...identified('patient', ID_SYSTEMS.nhsNumber, nhsNumber),
      ...identified('referringClinician', ID_SYSTEMS.sdsUser, referringClinician),
      ...(pathwayStart == null ? [] : [{ name: 'eReferralPathwayStart', valueInstant: pathwayStart }]),
      ...buildShortlistParameters(input),
    ],
  };
}

function readBody(body: unknown): A011Input | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const nhsNumber = parseServedNhsNumber(identifierOf(parameters, 'patient'));
  const values = readShortlistParameters(parameters);
  const start = parameterNamed(parameters, 'eReferralPathwayStart');
  const pathwayStart = normaliseInstant(textAt(start, 'valueInstant'));
  if (nhsNumber === null || values === null || (start !== null && pathwayStart === null)) return null;
  const referringClinician = parseSdsUserId(identifierOf(parameters, 'referringClinician'));
  return { ...values, nhsNumber, referringClinician, pathwayStart };
}

/** A write that creates a referral by an operation's name. It has no pin: nothing exists yet. */
export function frameCreation(
  name: string,
  profile: string,
): Readonly<Record<DialectName, Framing<A011Input>>> {
  return inBothDialects((stu3) => ({
    build: (input) => ({
      method: 'POST',
      path: `${stu3}/ReferralRequest/${name}`,
      body: buildBody(input, profile),
    }),
    readRequest: (request) =>
      matchPath(request, 'POST', `${stu3}/ReferralRequest/${name}`, /^$/) === null
        ? null
        : readBody(request.body),
    successStatus: [201],
  }));
}
