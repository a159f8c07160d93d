import type { ServiceDetails } from '../../contract/channels/shortlist.ts';
import type { ServiceId } from '../../contract/identifiers.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { ServiceRecord } from '../../ers/model.ts';
import { a033RetrieveHealthcareService } from '../../ers/operations/a033-retrieve-healthcare-service.ts';
import { a035SearchHealthcareServices } from '../../ers/operations/a035-search-healthcare-services.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isUnreached } from '../../ers/reach.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { viewService } from './service-details.ts';

export interface ServicesDesk {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  /** Open referrals hold what their services said of themselves. */
  readonly allOpened: () => readonly OpenReferral[];
}

/** Services by their ids, in one call; those that e-RS does not know are missing (contract.md A033 and A035). */
export async function fetchServices(
  client: ErsClient,
  serviceIds: readonly string[],
): Promise<Outcome<readonly ServiceRecord[]>> {
  const ids = [...new Set(serviceIds)] as ServiceId[];
  const [only] = ids;
  if (only === undefined || ids.length > 1)
    return toOutcome(
      await client.call(a035SearchHealthcareServices, { serviceIds: ids }, { urgency: 'clerk' }),
    );
  const one = toOutcome(
    await client.call(a033RetrieveHealthcareService, { serviceId: only }, { urgency: 'clerk' }),
  );
  if (one.ok) return ok([one.value]);
  return one.problem.kind === 'not-found' ? ok([]) : one;
}

/** Details of services, without a connection as they were read with an open referral; providers cannot read any (contract.md section 3). */
export async function readServices(
  { client, clock, desk, allOpened }: ServicesDesk,
  serviceIds: readonly string[],
): Promise<Outcome<{ services: ServiceDetails[] }>> {
  const seated = desk();
  if (seated === null) return fail('not-signed-in', 'not-signed-in');
  if (!seated.can.canChangeShortlist) return fail('forbidden', 'role-cannot-read-services');
  const read = await fetchServices(client(), serviceIds);
  if (desk()?.sitting !== seated.sitting) return fail('not-signed-in', 'not-signed-in');
  if (!read.ok) {
    const known = isUnreached(read.problem) ? knownServices(allOpened(), serviceIds) : [];
    return known.length > 0 ? ok({ services: known }) : read;
  }
  const readAt = toIso(clock.nowMs());
  return ok({ services: read.value.map((service) => viewService(service, readAt)) });
}

/** What is known without asking, with its age; each service once. */
function knownServices(opened: readonly OpenReferral[], serviceIds: readonly string[]): ServiceDetails[] {
  const all = opened.flatMap(({ services, view }) =>
    services.map((service) => viewService(service, view.readAt)),
  );
  return serviceIds.flatMap((id) => all.find(({ serviceId }) => serviceId === id) ?? []);
}
