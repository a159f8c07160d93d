/** Deferral to the provider (A016 `proposed`): only on evidence that is made again right before it is sent. */
import { SLOT_PAGE_SIZE } from '../../../contract/limits.ts';
import type { NhsNumber, ServiceId, SlotId, Ubrn } from '../../../contract/identifiers.ts';
import { a015RetrieveAppointmentSlots } from '../../../ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../../ers/operations/a016-book-or-defer-appointment.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { Finding } from '../protocol/findings.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { DeferIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import type { EvidenceKey } from './evidence.ts';
import { unreachedOf } from './outcomes.ts';
import { isProof } from './proofs.ts';
import { checkReferral, codeOf, readBackReferral } from './read-referral.ts';

export const defer: ActionDriver<DeferIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    if (checked.referral.appointment?.status === 'booked') return { kind: 'changed', code: 'already-booked' };
    return checkEvidence(run);
  },
  async send(run, correlationId) {
    const { intent } = run;
    assertInvariant(run.evidence.fresh(keyOf(intent)) !== null, 'I12', 'a deferral without fresh evidence');
    const input = {
      use: 'defer' as const,
      ubrn: intent.ubrn as Ubrn,
      version: intent.pinnedVersion,
      nhsNumber: intent.nhsNumber as NhsNumber,
      serviceId: intent.serviceId as ServiceId,
      clinicianId: null,
      reason: intent.reason,
      slotId: intent.slotId as SlotId | null,
      comment: intent.comment,
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a016BookOrDeferAppointment, input, options);
    return classifyAnswer(reply, (appointment) => isProof(appointment, intent, 0, true));
  },
  readBack: (run) => readBackReferral(run),
};

const keyOf = ({ ubrn, serviceId, reason, slotId }: DeferIntent): EvidenceKey => ({
  ubrn,
  serviceId,
  reason,
  slotId,
});

/** Searches again, always: what was empty before may be free now (contract.md section 10, "minutes old"). */
async function checkEvidence(run: ActionRun<DeferIntent>): Promise<Finding> {
  const { intent, evidence } = run;
  const page = await run.client.call(
    a015RetrieveAppointmentSlots,
    {
      serviceId: intent.serviceId as ServiceId,
      priority: intent.priority,
      commissioningOrg: intent.commissioningOrg,
      clinicianId: null,
      page: 1,
      count: SLOT_PAGE_SIZE,
    },
    { urgency: run.urgency },
  );
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (page.kind !== 'success') return unreachedOf(page) ?? { kind: 'refused', code: codeOf(page) };
  const { slots, unreadable, total } = page.value;
  const isEmpty = slots.length === 0 && unreadable === 0 && total === 0;
  switch (intent.reason) {
    case 'NO_SLOTS_AT_SERVICE':
      if (!isEmpty) return { kind: 'changed', code: 'slots-available' };
      evidence.note(keyOf(intent), null);
      return { kind: 'clear' };
    case 'SLOT_NOT_AVAILABLE':
      if (slots.some((slot) => slot.id === intent.slotId))
        return { kind: 'changed', code: 'slots-available' };
      evidence.note(keyOf(intent), intent.slotStart);
      return { kind: 'clear' };
    case 'BOOKING_ATTEMPT_PROBLEM':
      // Only another attempt to book could say it again; a person decides on that.
      return evidence.fresh(keyOf(intent)) === null
        ? { kind: 'changed', code: 'evidence-expired' }
        : { kind: 'clear' };
  }
}
