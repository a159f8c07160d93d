/** Intents about referrals of the training world, as a clerk who sees them now would ask. */
import { toIso } from '../../src-main/contract/london-time.ts';
import type { Referral as SeenReferral } from '../../src-main/ers/model.ts';
import { carriedOver } from '../../src-main/ers/operations/a031-change-shortlist.ts';
import type {
  BookIntent,
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
  LetterIntent,
  SendForTriageIntent,
  UploadFileIntent,
  WantedSlot,
} from '../../src-main/features/outbox/record-schemas.ts';
import type { World } from '../../src-main/training-service/world/create-world.ts';
import type { Referral, Slot } from '../../src-main/training-service/world/model.ts';
import {
  makeBook,
  makeCancelAppointment,
  makeCancelLater,
  makeCancelReferral,
  makeChangeShortlist,
  makeDefer,
  makeLetter,
  makeSendForTriage,
  makeUpload,
} from './intents.ts';

const targetOf = ({ ubrn, version, nhsNumber, shortlist }: Referral) => ({
  ubrn,
  pinnedVersion: version,
  nhsNumber,
  serviceId: shortlist[0] ?? '',
});

export const wantedOf = ({ id, startMs, endMs, clinicianId }: Slot): WantedSlot => ({
  slotId: id,
  start: toIso(startMs),
  end: toIso(endMs),
  clinicianId,
  page: 1,
});

/** Books the first `count` free slots of the referral's service, in their order. */
export function bookOf(world: World, referral: Referral, count = 1, from = 0): BookIntent {
  const { priority, shortlist } = referral;
  const free = world.freeSlots(shortlist[0] ?? '', { priority }).slice(from, from + count);
  return makeBook({ ...targetOf(referral), priority, slots: free.map(wantedOf) });
}

export const deferOf = (referral: Referral, changes: Partial<DeferIntent> = {}): DeferIntent =>
  makeDefer({ ...targetOf(referral), priority: referral.priority, ...changes });

export const laterOf = (referral: Referral, changes: Partial<CancelLaterIntent> = {}): CancelLaterIntent =>
  makeCancelLater({ ...targetOf(referral), ...changes });

/** The system that A004 gives to the reasons is relative to the server. */
const REASONS = 'https://training.bookingdesk.invalid/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON';

export function cancelOf(
  referral: Referral,
  changes: Partial<CancelAppointmentIntent> = {},
): CancelAppointmentIntent {
  const { appointment } = referral;
  return makeCancelAppointment({
    ...targetOf(referral),
    serviceId: appointment?.serviceId ?? '',
    appointmentId: appointment?.id ?? '',
    appointmentVersion: appointment?.version ?? 0,
    reason: { system: REASONS, code: 'PATIENT_HOLIDAY', display: '' },
    ...changes,
  });
}

const REFERRAL_REASONS = 'https://training.bookingdesk.invalid/STU3/CodeSystem/REFERRAL-CANCELLATION-REASON';

export function cancelReferralOf(
  referral: Referral,
  changes: Partial<CancelReferralIntent> = {},
): CancelReferralIntent {
  const reason = { system: REFERRAL_REASONS, code: 'TREATMENT_NO_LONGER_REQUIRED', display: '' };
  return makeCancelReferral({
    ...targetOf(referral),
    reason,
    appointmentId: referral.appointment?.id ?? null,
    ...changes,
  });
}

/** Another list for a referral as A005 gave it: what A031 carries over comes from there. */
export function shortlistOf(
  referral: Referral,
  seen: SeenReferral,
  serviceIds: readonly string[],
): ChangeShortlistIntent {
  const carried = carriedOver(seen);
  if (carried === null) throw new Error('no search criteria to carry over');
  const services = serviceIds.map((serviceId) => ({ serviceId, name: '' }));
  return makeChangeShortlist({ ...targetOf(referral), ...carried, services });
}

export const triageOf = (
  referral: Referral,
  serviceId: string,
  changes: Partial<SendForTriageIntent> = {},
): SendForTriageIntent =>
  makeSendForTriage({ ...targetOf(referral), priority: referral.priority, serviceId, ...changes });

export const uploadOf = (referral: Referral, changes: Partial<UploadFileIntent> = {}): UploadFileIntent =>
  makeUpload({ ...targetOf(referral), ...changes });

export const letterOf = (referral: Referral, changes: Partial<LetterIntent> = {}): LetterIntent =>
  makeLetter({ ...targetOf(referral), ...changes });
