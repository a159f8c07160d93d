/** Sending for triage (A016 `proposed`, reason TRIAGE): pinned to the referral's version in the body. */
import type { NhsNumber, ServiceId, Ubrn } from '../../../contract/identifiers.ts';
import { a016BookOrDeferAppointment } from '../../../ers/operations/a016-book-or-defer-appointment.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { SendForTriageIntent } from '../record-schemas.ts';
import type { ActionDriver } from './action-driver.ts';
import { isProof } from './proofs.ts';
import { checkReferral, objectionOfActions, readBackReferral } from './read-referral.ts';

export const sendForTriage: ActionDriver<SendForTriageIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    const { appointment, shortlist } = checked.referral;
    if (appointment?.status === 'booked') return { kind: 'changed', code: 'already-booked' };
    if (!shortlist.some(({ serviceId }) => serviceId === run.intent.serviceId))
      return { kind: 'changed', code: 'not-on-shortlist' };
    const objection = await objectionOfActions(run, checked.referral, 'CREATE_APPOINTMENT');
    return objection ?? { kind: 'clear' };
  },
  async send(run, correlationId) {
    const { intent } = run;
    const input = {
      use: 'triage' as const,
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      nhsNumber: intent.nhsNumber as NhsNumber,
      serviceId: intent.serviceId as ServiceId,
      clinicianId: null,
      comment: intent.comment,
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a016BookOrDeferAppointment, input, options);
    return classifyAnswer(reply, (appointment) => isProof(appointment, intent, 0, true));
  },
  readBack: (run) => readBackReferral(run),
};
