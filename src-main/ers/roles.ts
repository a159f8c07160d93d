/** Business functions and what each may do at the desk (contract.md section 3, screens.md section 12). */

/** The header enum of the platform: A030 may return others, which are left out of the role picker. */
export const BUSINESS_FUNCTIONS = [
  'REFERRING_CLINICIAN',
  'REFERRING_CLINICIAN_ADMIN',
  'REFERRING_ADMIN',
  'COMMISSIONER',
  'SERVICE_PROVIDER_CLINICIAN_ADMIN',
  'SERVICE_PROVIDER_CLINICIAN',
  'SERVICE_PROVIDER_ADMIN',
  'INFORMATION_ANALYST',
  'BOOKING_MANAGER',
  'ADDITIONAL_REQUIREMENTS_MANAGER',
] as const;

export type BusinessFunction = (typeof BUSINESS_FUNCTIONS)[number];

export const isBusinessFunction = (code: string): code is BusinessFunction =>
  (BUSINESS_FUNCTIONS as readonly string[]).includes(code);

export const REFERRER_CLINICAL: readonly BusinessFunction[] = [
  'REFERRING_CLINICIAN',
  'REFERRING_CLINICIAN_ADMIN',
];
export const REFERRER_ALL: readonly BusinessFunction[] = [...REFERRER_CLINICAL, 'REFERRING_ADMIN'];
export const PROVIDER_CLINICAL: readonly BusinessFunction[] = [
  'SERVICE_PROVIDER_CLINICIAN',
  'SERVICE_PROVIDER_CLINICIAN_ADMIN',
];
export const PROVIDER_ALL: readonly BusinessFunction[] = [...PROVIDER_CLINICAL, 'SERVICE_PROVIDER_ADMIN'];
export const CLINICAL: readonly BusinessFunction[] = [...REFERRER_CLINICAL, ...PROVIDER_CLINICAL];
