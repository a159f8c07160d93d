import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { AppointmentRecord } from '../../../src-main/ers/model.ts';
import type { OutboxAction } from '../../../src-main/contract/channels/outbox.ts';
import type {
  CancelReferralIntent,
  ChangeShortlistIntent,
  Intent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import type { WireFault } from '../plan.ts';
import {
  HTML,
  NOT_IN_DIALECT,
  NOT_SENT,
  refused,
  SESSION_ENDED,
  STATUS,
  success,
  WRONG_SHAPE,
} from './outcomes.ts';
import { modelOf } from './models.ts';
import type { WriteReply } from './service.ts';
import type { SimIntent } from './sim-intent.ts';
import { ACTION_LATER, COMMENT, readReferral, TRIAGE, type ReferralTruth, type SlotTruth } from './truth.ts';
import type { World } from './world.ts';

const PATIENT_ERROR = refused('PATIENT_ERROR', 422);
const UNABLE_TO_CONFIRM = refused('UNABLE_TO_CONFIRM_APPOINTMENT', 422);
const UNABLE_TO_CANCEL = refused('UNABLE_TO_CANCEL_APPOINTMENT', 422);
const UNAVAILABLE_FOR_A_WHILE = refused('', 503, 30_000);

/** What the client makes of a reply that is a fault by itself. */
export function answerToFault(
  world: World,
  sim: SimIntent,
  choice: number,
  fault: WireFault,
): ErsOutcome<WriteReply> {
  switch (fault) {
    case 'connection-refused':
      return NOT_SENT;
    case 'captive-portal':
      return HTML;
    case 'status-400':
      return STATUS[400];
    case 'status-401':
      return SESSION_ENDED;
    case 'status-403':
      return STATUS[403];
    case 'status-404':
      return STATUS[404];
    case 'status-406':
      return STATUS[406];
    case 'status-409-spurious':
      return STATUS[409];
    case 'status-412':
      return STATUS[412];
    case 'status-415':
      return STATUS[415];
    case 'status-422-other':
      return PATIENT_ERROR;
    case 'status-422-unable':
      return sim.action === 'book' ? UNABLE_TO_CONFIRM : UNABLE_TO_CANCEL;
    case 'status-423':
      return STATUS[423];
    case 'status-500':
      return STATUS[500];
    case 'status-503':
      return STATUS[503];
    case 'status-503-retry-after':
      return UNAVAILABLE_FOR_A_WHILE;
    case 'not-in-dialect':
      return NOT_IN_DIALECT;
    // The client compares the UBRN itself; where it names none, the echo must tell.
    case 'wrong-ubrn-echoed':
      return world.random.chance(0.5)
        ? WRONG_SHAPE
        : success(echo(world, sim, sim.slots[choice], '000000009999'));
    case 'echo-differs':
      return success(echo(world, sim, otherSlot(world, sim, choice), sim.referral.ubrn));
    case 'accepted-not-kept':
      return success(echo(world, sim, sim.slots[choice], sim.referral.ubrn));
    default:
      throw new Error(`no answer for ${fault}`);
  }
}

/** What these ask for is told apart by its service. */
const IN_SERVICE: readonly OutboxAction[] = ['defer', 'send-for-triage'];

/** A slot at the same time where there is one: nothing but its id tells it from the one that was asked for. */
function otherSlot({ service }: World, { slots }: SimIntent, choice: number): SlotTruth | undefined {
  const asked = slots[choice];
  return service.slots.find((slot) => slot !== asked && slot.start === asked?.start) ?? service.slots.at(-1);
}

/** A success for something that is not so: nothing of it is kept. */
function echo(world: World, sim: SimIntent, slot: SlotTruth | undefined, ubrn: string): WriteReply {
  const { referral, intent, action } = sim;
  const isDifferent = slot !== sim.slots[sim.row?.choice ?? 0];
  const isLater = action === 'cancel-later';
  const isAsked = slot === sim.slots[sim.row?.choice ?? 0] && ubrn === referral.ubrn;
  if (intent.action === 'upload-file') return { documentId: '' };
  const model = modelOf(action);
  if (model !== null) return model.echo(world, sim, { ubrn, isAsked });
  if (intent.action === 'cancel-referral' || intent.action === 'change-shortlist')
    return echoOfReferral(world, referral, intent, { ubrn, isAsked });
  const appointment = {
    id: referral.appointment?.id ?? 'echoed',
    version: (referral.appointment?.version ?? 0) + 1,
    status: isLater && world.isSpine ? 'cancelled' : (STATUS_OF[action] ?? ''),
    reason: reasonOf(sim, isDifferent),
    comment: isLater && !isDifferent ? COMMENT : '',
    serviceId: isDifferent && IN_SERVICE.includes(action) ? 'another' : intent.serviceId,
    serviceName: '',
    nhsNumber: intent.nhsNumber,
    clinicianId: slot?.clinicianId ?? null,
    start: slot?.start ?? null,
    end: slot?.end ?? null,
    slotId: slot?.id ?? null,
    created: null,
    referral: { ubrn, version: referral.version + 2 },
  } as unknown as AppointmentRecord;
  if (!isLater) return appointment;
  return { ...readReferral(referral, world.isSpine), version: referral.version + 2, appointment };
}

/** The same of what is said in the referral itself. */
function echoOfReferral(
  { isSpine }: World,
  truth: ReferralTruth,
  intent: CancelReferralIntent | ChangeShortlistIntent,
  { ubrn, isAsked }: { readonly ubrn: string; readonly isAsked: boolean },
): WriteReply {
  const moved = { ...truth, ubrn, version: truth.version + 2 };
  if (intent.action === 'change-shortlist') {
    const shortlist = isAsked ? intent.services.map(({ serviceId }) => serviceId) : ['another'];
    return readReferral({ ...moved, shortlist }, isSpine);
  }
  const { reason, comment } = intent;
  const cancelled = { reason: isAsked ? reason.code : 'SOMETHING_ELSE', comment };
  return { referral: readReferral({ ...moved, cancelled }, isSpine), appointment: null };
}

const STATUS_OF: { readonly [A in OutboxAction]?: string } = {
  book: 'booked',
  defer: 'proposed',
  'cancel-later': 'proposed',
  'cancel-appointment': 'cancelled',
  'send-for-triage': 'proposed',
};

function reasonOf({ intent }: SimIntent, isDifferent: boolean): AppointmentRecord['reason'] {
  if (intent.action === 'book') return null;
  return { system: '', code: isDifferent ? 'SOMETHING_ELSE' : askedReason(intent), display: '' };
}

function askedReason(intent: Intent): string {
  switch (intent.action) {
    case 'defer':
      return intent.reason;
    case 'cancel-appointment':
      return intent.reason.code;
    case 'send-for-triage':
      return TRIAGE;
    default:
      return ACTION_LATER;
  }
}
