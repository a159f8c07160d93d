/** What each role may do at the desk (screens.md section 12). */
import { CLINICAL, PROVIDER_CLINICAL, REFERRER_CLINICAL } from '../../ers/roles.ts';

export interface Abilities {
  readonly canOpen: boolean;
  readonly canBook: boolean;
  readonly canReadLetters: boolean;
  readonly canCancelLater: boolean;
  readonly canCancel: boolean;
  readonly canCancelReferral: boolean;
  readonly canChangeShortlist: boolean;
  /** Acts for a clinician, who must be chosen first (contract.md section 2.1). */
  readonly needsClinician: boolean;
}

export function abilitiesOf(businessFunction: string): Abilities {
  const isOneOf = (roles: readonly string[]) => roles.includes(businessFunction);
  return {
    canOpen: isOneOf(CLINICAL),
    canBook: isOneOf(REFERRER_CLINICAL),
    canReadLetters: isOneOf(REFERRER_CLINICAL),
    canCancelLater: isOneOf(PROVIDER_CLINICAL),
    canCancel: isOneOf(REFERRER_CLINICAL),
    canCancelReferral: isOneOf(CLINICAL),
    canChangeShortlist: isOneOf(REFERRER_CLINICAL),
    needsClinician: businessFunction === 'SERVICE_PROVIDER_CLINICIAN_ADMIN',
  };
}
