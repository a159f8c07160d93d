/** What an empty search proves: that a referral may be deferred at a service (contract.md section 10, hazard 9). */

export interface SearchEvidence {
  readonly readAt: string;
  /** For the age of it, which the wall clock cannot tell. */
  readonly readAtMonoMs: number;
}

export interface EvidenceBook {
  readonly note: (ubrn: string, serviceId: string, evidence: SearchEvidence) => void;
  /** Slots were found at the service, for whomever: no search before that proves anything any more. */
  readonly wipe: (serviceId: string) => void;
  readonly of: (ubrn: string, serviceId: string) => SearchEvidence | null;
  readonly clear: () => void;
}

export function createEvidenceBook(): EvidenceBook {
  const byService = new Map<string, Map<string, SearchEvidence>>();
  return {
    note(ubrn, serviceId, evidence) {
      const ofService = byService.get(serviceId) ?? new Map<string, SearchEvidence>();
      byService.set(serviceId, ofService.set(ubrn, evidence));
    },
    wipe: (serviceId) => void byService.delete(serviceId),
    of: (ubrn, serviceId) => byService.get(serviceId)?.get(ubrn) ?? null,
    clear: () => byService.clear(),
  };
}
