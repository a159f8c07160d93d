import type { ShortlistedService } from '../../../src-main/contract/channels/referral.ts';

/** May a referral be sent to this service for triage: true, or why not in words. */
export function triageGate(service: ShortlistedService): true | string {
  return (
    service.bookable === 'triage' || service.bookable === 'unknown' || 'it is booked and does no triage first'
  );
}

/** The one triage service of a shortlist, or null when the clerk has to choose. */
export function onlyTriageService(shortlist: readonly ShortlistedService[]): ShortlistedService | null {
  const fit = shortlist.filter(({ bookable }) => bookable === 'triage');
  return fit.length === 1 ? (fit[0] ?? null) : null;
}
