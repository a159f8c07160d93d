/** The filters of A008, which provider lists alone take (contract.md A008). */
import type { WorklistFilter, WorklistKind } from '../../contract/channels/worklist.ts';
import { parseSdsUserId, parseServiceId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { WorklistFilters } from '../../ers/operations/a008-fetch-worklist.ts';

export const PROVIDER_LISTS: readonly WorklistKind[] = ['APPOINTMENT_SLOT_ISSUES', 'REFERRALS_FOR_REVIEW'];

/** The filter in one spelling: null when it filters nothing, its fields in a fixed order. */
export function normaliseFilter(filter: WorklistFilter | null | undefined): WorklistFilter | null {
  if (filter == null) return null;
  const { serviceId, clinician } = filter;
  const specialty = filter.specialty?.trim() || null;
  const isEmpty = serviceId === null && specialty === null && clinician === null;
  return isEmpty ? null : { serviceId, specialty, clinician };
}

/** The name under which a list is remembered: each filter gives a list of its own. */
export function nameOfList(kind: WorklistKind, filter: WorklistFilter | null): string {
  if (filter === null) return kind;
  return [kind, filter.serviceId ?? '', filter.specialty ?? '', filter.clinician ?? ''].join('|');
}

/**
 * The filter as the operation takes it. `systemOf` gives the code system of specialties, which differs between
 * environments (contract.md A004); its problem is this one's.
 */
export async function toErsFilters(
  filter: WorklistFilter,
  systemOf: () => Promise<Outcome<string>>,
): Promise<Outcome<WorklistFilters>> {
  const serviceId = parseServiceId(filter.serviceId);
  const clinicianId =
    filter.clinician === 'not-assigned' ? filter.clinician : parseSdsUserId(filter.clinician);
  const { specialty } = filter;
  const system = specialty === null ? null : await systemOf();
  if (system !== null && !system.ok) return system;
  if (system?.value === '') return fail('bad-reply', 'no-specialty-system');
  return ok({
    ...(serviceId === null ? {} : { serviceId }),
    ...(specialty === null || system === null
      ? {}
      : { specialty: { system: system.value, code: specialty } }),
    ...(clinicianId === null ? {} : { clinicianId }),
  });
}
