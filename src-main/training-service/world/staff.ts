/** The invented people who work in the training world, and what each may do there. */
export const REFERRING_ORGS = ['R69', 'R70'] as const;

/** Names of the invented organisations, as the spine dialect tells them with each permission. */
export const ORGANISATION_NAMES: Readonly<Record<string, string>> = {
  R69: 'WILLOW LANE SURGERY',
  R70: 'MILL STREET PRACTICE',
  R68: 'NORTHFIELD HOSPITALS',
  R67: 'THORNLEY VALE HOSPITAL',
};

export interface Grant {
  readonly businessFunction: string;
  readonly organisation: string;
}

export interface StaffMember {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly grants: readonly Grant[];
}

export const MAIN_USER_ID = '555000000101';
/** Clinicians of R68 whose slots carry their id. */
export const NAMED_CLINICIANS = ['021600556514', '921600556514', '555000000311'] as const;
/** Clinicians of R69 who refer. */
export const REFERRING_CLINICIANS = ['555000000211', '555000000212'] as const;

const grantsAt = (organisation: string, ...functions: string[]): Grant[] =>
  functions.map((businessFunction) => ({ businessFunction, organisation }));

/** Everyone who can sign in, or be named as a clinician. */
export const STAFF: readonly StaffMember[] = [
  {
    userId: MAIN_USER_ID,
    firstName: 'Alex',
    lastName: 'Clerk',
    grants: [
      ...grantsAt('R69', 'REFERRING_CLINICIAN_ADMIN', 'REFERRING_CLINICIAN', 'REFERRING_ADMIN'),
      ...grantsAt(
        'R68',
        'SERVICE_PROVIDER_CLINICIAN',
        'SERVICE_PROVIDER_CLINICIAN_ADMIN',
        'SERVICE_PROVIDER_ADMIN',
        'SERVICE_DEFINER',
      ),
    ],
  },
  {
    userId: '555000000102',
    firstName: 'Sam',
    lastName: 'Okafor',
    grants: grantsAt('R69', 'REFERRING_CLINICIAN_ADMIN'),
  },
  {
    userId: '555000000103',
    firstName: 'Jo',
    lastName: 'Lister',
    grants: grantsAt('R69', 'REFERRING_ADMIN'),
  },
  { userId: '555000000104', firstName: 'Chris', lastName: 'Norole', grants: [] },
  ...REFERRING_CLINICIANS.map((userId, i) => ({
    userId,
    firstName: ['Priya', 'Tom'][i] ?? '',
    lastName: ['Referrer', 'Practice'][i] ?? '',
    grants: grantsAt('R69', 'REFERRING_CLINICIAN'),
  })),
  ...NAMED_CLINICIANS.map((userId, i) => ({
    userId,
    firstName: ['Ruth', 'Anil', 'Marek'][i] ?? '',
    lastName: ['Consultant', 'Specialist', 'Surgeon'][i] ?? '',
    grants: grantsAt('R68', 'SERVICE_PROVIDER_CLINICIAN'),
  })),
];

/** The member of staff with that SDS id, if there is one. */
export function findStaff(userId: string): StaffMember | undefined {
  return STAFF.find((member) => member.userId === userId);
}

/** True when the user holds the role at the organisation. */
export function isGranted(userId: string, businessFunction: string, organisation: string): boolean {
  return (findStaff(userId)?.grants ?? []).some(
    (grant) => grant.businessFunction === businessFunction && grant.organisation === organisation,
  );
}
