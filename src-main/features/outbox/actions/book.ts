/** Booking a slot (A016 `booked`): pinned to the referral's version in the body (safety.md, table of pins). */
import { SLOT_PAGE_SIZE } from '../../../contract/limits.ts';
import { isSameInstant } from '../../../contract/london-time.ts';
import type { NhsNumber, SdsUserId, ServiceId, SlotId, Ubrn } from '../../../contract/identifiers.ts';
import { a015RetrieveAppointmentSlots } from '../../../ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../../ers/operations/a016-book-or-defer-appointment.ts';
import { classifyAnswer } from '../protocol/answer.ts';
import type { Finding } from '../protocol/findings.ts';
import { assertInvariant } from '../protocol/invariants.ts';
import type { BookIntent, WantedSlot } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreachedOf } from './outcomes.ts';
import { isBookingEcho } from './proofs.ts';
import { checkReferral, objectionOfActions, readBackReferral } from './read-referral.ts';

export const book: ActionDriver<BookIntent> = {
  async check(run) {
    const checked = await checkReferral(run);
    if ('finding' in checked) return checked.finding;
    if (checked.referral.appointment?.status === 'booked') return { kind: 'changed', code: 'already-booked' };
    const [actions, slot] = await Promise.all([
      objectionOfActions(run, checked.referral, 'CREATE_APPOINTMENT'),
      checkSlot(run),
    ]);
    return run.mayGoOn() ? (actions ?? slot) : PERSON_LEFT;
  },
  async send(run, correlationId) {
    const { intent, choice } = run;
    const input = { ...toRequest(intent, slotOf(run)), use: 'book' as const };
    assertInvariant(input.version === intent.pinnedVersion, 'I3', 'a booking on another version');
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a016BookOrDeferAppointment, input, options);
    return classifyAnswer(reply, (appointment) => isBookingEcho(appointment, intent, choice));
  },
  readBack: (run) => readBackReferral(run),
};

/** A slot that is not on its page proves nothing, pages shift; one with other times is another slot (hazard 4). */
async function checkSlot(run: ActionRun<BookIntent>): Promise<Finding> {
  const { intent } = run;
  const wanted = slotOf(run);
  const page = await run.client.call(
    a015RetrieveAppointmentSlots,
    {
      serviceId: intent.serviceId as ServiceId,
      priority: intent.priority,
      commissioningOrg: intent.commissioningOrg,
      clinicianId: intent.searchedClinicianId as SdsUserId | null,
      page: wanted.page,
      count: SLOT_PAGE_SIZE,
    },
    { urgency: run.urgency },
  );
  const refusal = page.kind === 'unauthorised' ? unreachedOf(page) : null;
  if (refusal !== null) return refusal;
  const found =
    page.kind === 'success'
      ? page.value.slots.find((candidate) => candidate.id === wanted.slotId)
      : undefined;
  const isSame =
    found === undefined ||
    (isSameInstant(found.start, wanted.start) &&
      isSameInstant(found.end, wanted.end) &&
      found.clinicianId === wanted.clinicianId);
  return isSame ? { kind: 'clear' } : { kind: 'changed', code: 'slot-changed' };
}

function slotOf({ intent, choice }: ActionRun<BookIntent>): WantedSlot {
  const slot = intent.slots[choice];
  if (slot === undefined) throw new RangeError('the intent has no such slot');
  return slot;
}

function toRequest(intent: BookIntent, slot: WantedSlot) {
  return {
    ubrn: intent.ubrn as Ubrn,
    version: intent.pinnedVersion,
    nhsNumber: intent.nhsNumber as NhsNumber,
    serviceId: intent.serviceId as ServiceId,
    slotId: slot.slotId as SlotId,
    start: slot.start,
    end: slot.end,
    clinicianId: slot.clinicianId as SdsUserId | null,
  };
}
