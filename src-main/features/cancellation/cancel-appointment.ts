/** Cancel appointment (A034): directly bookable services only, pinned to the appointment's version (screens.md section 8). */
import { randomUUID } from 'node:crypto';
import type { RequestInput } from '../../contract/channels.ts';
import type { AppointmentCancelReview, CancelAnswer } from '../../contract/channels/cancellation.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppointmentRecord } from '../../ers/model.ts';
import { a038RetrieveAppointment } from '../../ers/operations/a038-retrieve-appointment.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { isIndirectlyBooked } from '../../ers/referral-facts.ts';
import type { ReviewDesk } from '../booking/review-desk.ts';
import type { Review } from '../booking/reviews.ts';
import type { CancelAppointmentIntent } from '../outbox/record-schemas.ts';
import type { ReferenceData } from '../read-cache/reference-data.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { serviceOf, viewReviewed } from './panel.ts';
import { appointmentReasons, objectionToReason, type OfferedReason } from './reasons.ts';

const GATE = 'canCancelAppointment';
const OTHERWISE = 'ring-back-instead';

export interface CancelAppointment {
  readonly review: (
    input: RequestInput<'cancellation/review-appointment'>,
  ) => Promise<Outcome<AppointmentCancelReview>>;
  readonly commit: (input: RequestInput<'cancellation/commit-appointment'>) => Outcome<CancelAnswer>;
  readonly close: (reviewId: string) => void;
  readonly forget: () => void;
}

/** The appointment as A038 gave it when the panel opened; its version is the pin. */
interface Subject {
  readonly appointmentId: string;
  readonly appointmentVersion: number;
  readonly clinicianId: string | null;
  readonly start: string | null;
  readonly reasons: readonly OfferedReason[];
  readonly isMove: boolean;
}

export function createCancelAppointment(
  deps: ReviewDesk & { readonly referenceData: Pick<ReferenceData, 'read'> },
): CancelAppointment {
  const reviews = deps.createReviews<Subject>();

  async function review({
    ubrn,
    isMove = false,
  }: RequestInput<'cancellation/review-appointment'>): Promise<Outcome<AppointmentCancelReview>> {
    const begun = deps.begin(ubrn, GATE);
    if (!begun.ok) return begun;
    if (deps.isOffline()) return fail('offline', OTHERWISE);
    const { desk, open } = begun.value;
    const [offered, appointment, set] = await Promise.all([
      deps.askActions(open, 'CANCEL_DIRECTLY_BOOKED_APPOINTMENT', OTHERWISE),
      readAppointment(deps, open),
      deps.referenceData.read('APPOINTMENT-CANCELLATION-REASON'),
    ]);
    const now = deps.goOn(begun.value);
    if (!now.ok) return now;
    if (!offered.ok) return offered;
    if (!appointment.ok) return appointment;
    if (!set.ok) return deps.readProblem(set.problem, OTHERWISE);
    const reasons = appointmentReasons(set.value.set, {
      businessFunction: desk.businessFunction,
      nowMs: deps.clock.nowMs(),
    });
    if (reasons.length === 0) return fail('rejected', 'no-reason-offered');
    const made = reviews.add(now.value, { ...appointment.value, reasons, isMove });
    return ok({
      ...viewReviewed(made),
      appointmentVersion: appointment.value.appointmentVersion,
      reasons: reasons.slice(0, 100).map(({ system: _system, ...shown }) => shown),
    });
  }

  const commit = (input: RequestInput<'cancellation/commit-appointment'>): Outcome<CancelAnswer> =>
    // Nothing of this is queued for a connection that comes later (screens.md section 14).
    deps.commit(reviews, input, {
      gate: GATE,
      otherwise: OTHERWISE,
      objectionTo({ subject }) {
        const missing = objectionToReason(subject.reasons, input);
        return missing === null ? null : fail('invalid-input', missing);
      },
      intentOf: (found) => ok(intentOf(deps, found, input)),
      ask: ({ desk, outbox }, intent) => outbox.ask(desk, intent),
    });

  return { review, commit, close: reviews.drop, forget: reviews.clear };
}

/** A038: the appointment as it stands, booked, of this referral and this patient, with a slot. */
async function readAppointment(
  deps: ReviewDesk,
  { referral, services }: OpenReferral,
): Promise<Outcome<Omit<Subject, 'reasons' | 'isMove'>>> {
  const { appointmentId } = referral;
  if (appointmentId === null) return fail('rejected', 'not-booked');
  const asked = await deps.client().call(a038RetrieveAppointment, { appointmentId }, { urgency: 'clerk' });
  const answer = toOutcome(asked);
  if (!answer.ok) return deps.readProblem(answer.problem, OTHERWISE);
  const appointment: AppointmentRecord = answer.value;
  const isOfReferral =
    (appointment.referral === null || appointment.referral.ubrn === referral.ubrn) &&
    (appointment.nhsNumber === null || appointment.nhsNumber === referral.nhsNumber);
  if (!isOfReferral || appointment.status !== 'booked' || appointment.version === null)
    return fail('conflict', 'changed-meanwhile');
  if (isIndirectlyBooked(appointment, services)) return fail('rejected', 'indirectly-bookable');
  const { version: appointmentVersion, clinicianId, start } = appointment;
  return ok({ appointmentId, appointmentVersion, clinicianId, start });
}

function intentOf(
  deps: ReviewDesk,
  { open, subject }: Review<Subject>,
  { reasonCode, comment }: RequestInput<'cancellation/commit-appointment'>,
): CancelAppointmentIntent {
  const { appointmentId, appointmentVersion, clinicianId, start, reasons, isMove } = subject;
  const { system = '', code = '', display = '' } = reasons.find((reason) => reason.code === reasonCode) ?? {};
  return {
    action: 'cancel-appointment',
    ...deps.targetOf(open, serviceOf(open)),
    intentId: randomUUID(),
    appointmentId,
    appointmentVersion,
    reason: { system, code, display },
    comment,
    clinicianId,
    start,
    ...(isMove ? { isMove } : {}),
  };
}
