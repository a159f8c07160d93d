import type { Desk } from '../session/session.ts';
import type { IntentOwner } from './record-schemas.ts';

/** Whose an intent is that is made at this desk now. */
export const ownerOf = ({ userId, organisation, businessFunction, onBehalfOf }: Desk): IntentOwner => ({
  userId,
  organisation,
  businessFunction,
  onBehalfOf,
});

/** The person, the organisation, the role and on behalf of, as one key (safety.md, fact 10). */
export function ownerKey({ userId, organisation, businessFunction, onBehalfOf }: IntentOwner): string {
  return [userId, organisation, businessFunction, onBehalfOf].join('|');
}

/** True when it is this person, in this role, who holds the desk (invariant I7). */
export const isDesk = (desk: Desk | null, owner: string) =>
  desk !== null && ownerKey(ownerOf(desk)) === owner;
