/** A referral that a referrer makes while the world is running (contract.md section 7, A011). */
import { randomUUID } from 'node:crypto';
import { createRandom } from '../random.ts';
import { makeAccessCode } from './build-referral.ts';
import type { Referral, SearchTerms, Service } from './model.ts';

export interface NewReferral {
  readonly nhsNumber: string;
  readonly services: readonly Service[];
  readonly searchTerms: SearchTerms;
  readonly organisation: string;
  readonly referrerId: string;
  readonly pathwayStartMs: number | null;
  /** The day on which the letter is due; null when none is to come. */
  readonly letterDue: string | null;
}

/** What the published answers have. */
const FIRST_VERSION = 3;

export function createReferral(made: NewReferral, ubrn: string, nowMs: number): Referral {
  const { nhsNumber, services, searchTerms, organisation, referrerId, pathwayStartMs, letterDue } = made;
  const [first] = services;
  return {
    ...{ ubrn, nhsNumber, referrerId, letterDue, searchTerms },
    version: FIRST_VERSION,
    kind: 'referral',
    isInitial: true,
    state: 'NOT_BOOKED',
    stateReason: null,
    stateComments: '',
    priority: searchTerms.priority,
    specialty: searchTerms.specialty ?? first?.specialty ?? '',
    clinicType: searchTerms.clinicType ?? first?.clinicType ?? '',
    shortlist: services.map(({ id }) => id),
    commissioningOrg: organisation,
    referringOrg: organisation,
    createdMs: nowMs,
    updatedMs: nowMs,
    requestId: `r.${randomUUID()}`,
    ...(pathwayStartMs === null ? {} : { pathwayStartMs }),
    appointment: null,
    clinicalInfoMs: null,
    isReviewPending: false,
    requirements: [],
    related: [],
    attachments: [],
    // Of a generator of its own, so that the rest of the world stays as it is.
    accessCode: makeAccessCode(createRandom(Number(ubrn))),
    isCancelledElsewhere: false,
  };
}
