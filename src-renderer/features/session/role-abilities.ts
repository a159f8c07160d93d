import type { RoleChoice } from '../../../src-main/contract/channels/session.ts';

/** What a role may do at the desk, one tick each (screens.md section 10). */
export interface Ability {
  readonly name: string;
  readonly isAllowed: boolean;
}

export function abilitiesOf(role: RoleChoice): readonly Ability[] {
  return [
    { name: 'Open', isAllowed: role.canOpen },
    { name: 'Book', isAllowed: role.canBook },
    { name: 'Letter', isAllowed: role.canReadLetters },
    { name: 'Cancel later', isAllowed: role.canCancelLater },
    { name: 'Cancel appointment', isAllowed: role.canCancel },
    { name: 'Cancel referral', isAllowed: role.canCancelReferral },
    { name: 'Shortlist', isAllowed: role.canChangeShortlist },
  ];
}

/** An organisation with its name where it is known. */
export function organisationOf(role: RoleChoice): string {
  return role.organisationName === null
    ? role.organisation
    : `${role.organisationName} (${role.organisation})`;
}
