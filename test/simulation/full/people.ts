/** Who may sit at the desk. The outbox binds an intent to the person, the organisation and the role. */
export interface Person {
  readonly name: 'clerk' | 'clerk-otherwise' | 'colleague';
  readonly userId: string;
  readonly roleId: string;
}

export interface People {
  readonly clerk: Person;
  /** The same person in another role: another owner to the outbox. */
  readonly otherwise: Person;
  readonly colleague: Person;
}

const ALEX = '555000000101';
const SAM = '555000000102';
const RUTH = '021600556514';

/** Those who book, defer and cancel at the practice. */
export const REFERRERS: People = {
  clerk: { name: 'clerk', userId: ALEX, roleId: 'R69.REFERRING_CLINICIAN_ADMIN' },
  otherwise: { name: 'clerk-otherwise', userId: ALEX, roleId: 'R69.REFERRING_CLINICIAN' },
  colleague: { name: 'colleague', userId: SAM, roleId: 'R69.REFERRING_CLINICIAN_ADMIN' },
};

/** Those who review at the hospital: A022 is theirs. */
export const PROVIDERS: People = {
  clerk: { name: 'clerk', userId: ALEX, roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' },
  otherwise: { name: 'clerk-otherwise', userId: ALEX, roleId: 'R69.REFERRING_CLINICIAN' },
  colleague: { name: 'colleague', userId: RUTH, roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' },
};

interface Role {
  readonly organisation: string;
  readonly businessFunction: string;
}

export const ownerOf = (userId: string, { organisation, businessFunction }: Role) =>
  `${userId}|${organisation}|${businessFunction}`;

export function ownerOfPerson({ userId, roleId }: Person): string {
  const [organisation = '', businessFunction = ''] = roleId.split('.');
  return ownerOf(userId, { organisation, businessFunction });
}
