/** The environments of e-RS as data: where each is, in each dialect (contract.md section 1). */
import type { AppSettings } from '../app/ports.ts';

export type NhsEnvironment = Exclude<AppSettings['environment'], 'training'>;

interface Place {
  /** Null where no address is published: the policy of the machine names it. */
  readonly baseUrl: string | null;
  /** Patient details are read with the platform's token; the spine dialect has none. */
  readonly pdsBaseUrl: string | null;
}

export interface EnvironmentFacts {
  /** The API platform: e-RS, PDS and the sign-in are beneath it. */
  readonly platform: string;
  readonly dialects: Readonly<Partial<Record<AppSettings['dialect'], Place>>>;
  readonly hasSignIn: boolean;
}

function factsOf(platform: string, hasSignIn: boolean): EnvironmentFacts {
  const modern: Place = {
    baseUrl: `${platform}/referrals/FHIR`,
    pdsBaseUrl: `${platform}/personal-demographics/FHIR/R4`,
  };
  const spine: Place = { baseUrl: null, pdsBaseUrl: null };
  const dialects = hasSignIn
    ? { 'api-platform': modern, 'spine-session': spine }
    : { 'api-platform': modern };
  return { platform, dialects, hasSignIn };
}

export const ENVIRONMENTS: Readonly<Record<NhsEnvironment, EnvironmentFacts>> = {
  sandbox: factsOf('https://sandbox.api.service.nhs.uk', false),
  integration: factsOf('https://int.api.service.nhs.uk', true),
  live: factsOf('https://api.service.nhs.uk', true),
};
