import type { ListRow } from './list-kinds.ts';

/** States of Awaiting Booking in which the provider has the next step (contract.md section 9). */
const WITH_PROVIDER: readonly string[] = ['DEFERRED_TO_PROVIDER', 'AWAITING_TRIAGE'];

/** True unless the list says that the referral is deferred or at triage; a state that is not known stays in view. */
export function isBookableNow({ status }: ListRow): boolean {
  return status === null || !WITH_PROVIDER.includes(status.code);
}
