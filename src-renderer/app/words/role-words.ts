const ROLE_NAMES: Readonly<Record<string, string>> = {
  REFERRING_CLINICIAN: 'Referring Clinician',
  REFERRING_CLINICIAN_ADMIN: 'Referring Clinician Admin',
  REFERRING_ADMIN: 'Referring Admin',
  COMMISSIONER: 'Commissioner',
  SERVICE_PROVIDER_CLINICIAN_ADMIN: 'Service Provider Clinician Admin',
  SERVICE_PROVIDER_CLINICIAN: 'Service Provider Clinician',
  SERVICE_PROVIDER_ADMIN: 'Service Provider Admin',
  INFORMATION_ANALYST: 'Information Analyst',
  BOOKING_MANAGER: 'Booking Manager',
  ADDITIONAL_REQUIREMENTS_MANAGER: 'Additional Requirements Manager',
};

/** The name of a business function (contract.md section 3); an unknown code is shown as it came. */
export function roleName(businessFunction: string): string {
  return ROLE_NAMES[businessFunction] ?? businessFunction;
}
