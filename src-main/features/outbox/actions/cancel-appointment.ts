/** Cancelling an appointment (A034): `If-Match` with the appointment's own version is the pin. */
import type { AppointmentId, NhsNumber, SdsUserId, ServiceId, Ubrn } from '../../../contract/identifiers.ts';
import type { AppointmentRecord } from '../../../ers/model.ts';
import { a034CancelAppointment } from '../../../ers/operations/a034-cancel-appointment.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { Truth } from '../protocol/findings.ts';
import type { CancelAppointmentIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreachedOf, unreadTruth } from './outcomes.ts';
import { compareAppointment } from './proofs.ts';
import { codeOf, objectionOfActions, OLD_COPY, readAppointment, readReferralOf } from './read-referral.ts';

export const cancelAppointment: ActionDriver<CancelAppointmentIntent> = {
  async check(run) {
    const appointment = await readAppointment(run, run.intent.appointmentId);
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (appointment.kind !== 'success')
      return unreachedOf(appointment) ?? { kind: 'refused', code: codeOf(appointment) };
    const truth = compareAppointment(appointment.value, run.intent);
    if (truth === 'ours') return { kind: 'own-effect', result: run.intent.appointmentId };
    if (truth === 'other') return { kind: 'changed', code: 'changed-before-sending' };
    if (truth === 'old-copy') return OLD_COPY;
    const read = await readReferralOf(run);
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (read.kind !== 'success') return unreachedOf(read) ?? { kind: 'refused', code: codeOf(read) };
    // The body names the referral's version too: what the clerk saw must still be what is there (I3).
    if (read.value.version !== run.intent.pinnedVersion)
      return { kind: 'changed', code: 'changed-before-sending' };
    const objection = await objectionOfActions(run, read.value, 'CANCEL_DIRECTLY_BOOKED_APPOINTMENT');
    return objection ?? { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a034CancelAppointment, toRequest(intent), options);
    return classifyAnswer(reply, (appointment) => compareAppointment(appointment, intent) === 'ours');
  },
  readBack: readBackAppointment,
};

async function readBackAppointment(run: ActionRun<CancelAppointmentIntent>): Promise<Truth> {
  const read = await readAppointment(run, run.intent.appointmentId);
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  return truthOf(read.value, run.intent);
}

function truthOf(appointment: AppointmentRecord, intent: CancelAppointmentIntent): Truth {
  switch (compareAppointment(appointment, intent)) {
    case 'ours':
      return { kind: 'ours', result: intent.appointmentId };
    case 'unchanged':
      return { kind: 'unchanged' };
    case 'other':
      return { kind: 'changed-otherwise' };
    case 'old-copy':
      return OLD_COPY;
  }
}

function toRequest(intent: CancelAppointmentIntent) {
  return {
    appointmentId: intent.appointmentId as AppointmentId,
    appointmentVersion: intent.appointmentVersion,
    ubrn: intent.ubrn as Ubrn,
    referralVersion: intent.pinnedVersion,
    serviceId: intent.serviceId as ServiceId,
    serviceName: intent.serviceName,
    nhsNumber: intent.nhsNumber as NhsNumber,
    clinicianId: intent.clinicianId as SdsUserId | null,
    reason: { system: intent.reason.system, code: intent.reason.code },
    comment: intent.comment,
  };
}
