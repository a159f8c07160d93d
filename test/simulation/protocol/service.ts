/**
 * A model of e-RS and of the provider's system behind it. It keeps assumption A1: the pin is checked and the version
 * raised in one step. What it answers is what the client would have made of the reply.
 */
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { AdviceSent } from '../../../src-main/ers/advice-model.ts';
import type { AppointmentRecord, CancelledReferral, Referral } from '../../../src-main/ers/model.ts';
import type { UploadedFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import type {
  CancelAppointmentIntent,
  CancelLaterIntent,
  CancelReferralIntent,
  ChangeShortlistIntent,
  DeferIntent,
} from '../../../src-main/features/outbox/record-schemas.ts';
import { FAULT } from '../plan.ts';
import { refused, success } from './outcomes.ts';
import type { SimIntent } from './sim-intent.ts';
import {
  FILE_BYTES,
  FILE_NAME,
  giveAppointment,
  readAppointment,
  readReferral,
  TRIAGE,
  type AppointmentTruth,
  type MadeTruth,
  type ReferralTruth,
  type SlotTruth,
} from './truth.ts';
import { modelOf } from './models.ts';
import { cancel, cancelReferral, leaveForLater } from './service-effects.ts';
import type { World } from './world.ts';

/** What a write is answered with: the appointment, for A022 and A031 the referral, and so on. */
export type WriteReply = AppointmentRecord | Referral | CancelledReferral | UploadedFile | AdviceSent;

const CONFLICT = refused('', 409);
const WRONG_STATE = refused('INVALID_REQUEST_STATE', 422);
const LOCKED = refused('REFERRAL_LOCKED', 423);
const SLOT_GONE = refused('SLOT_NOT_AVAILABLE', 422);
const SLOTS_THERE = refused('SLOTS_CURRENTLY_AVAILABLE', 422);
const SLOT_THERE = refused('THIS_SLOT_IS_AVAILABLE', 422);
const NAME_TAKEN = refused('DUPLICATE_FILENAME', 422);
const PAS_ERROR = refused('PAS_RESPONDED_WITH_ERROR', 502);
const PAS_SILENT = refused('PAS_NOT_RESPONDING', 504);

/** Whether the provider's system takes part, as the world is, not as the outbox believes. */
const hasProvider = ({ action, referral }: SimIntent) =>
  action === 'book' ||
  action === 'cancel-appointment' ||
  action === 'reject-referral' ||
  (action === 'cancel-referral' && referral.appointment?.status === 'booked');

export class Service {
  readonly slots: SlotTruth[] = [];
  /** What was made for patients of these stories. */
  readonly made: MadeTruth[] = [];
  /** Not known of e-RS: whether A005 shows a file that is not linked, and whether A020 refuses a name twice. */
  readonly showsAllFiles: boolean;
  private readonly refusesNames: boolean;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.showsAllFiles = world.apart.chance(0.5);
    this.refusesNames = world.apart.chance(0.5);
  }

  /** The referral as A005 gives it now. */
  read(referral: ReferralTruth): Referral {
    return readReferral(referral, this.world.isSpine, this.showsAllFiles);
  }

  /** A service has a free slot for this referral. */
  hasFreeSlot(serviceId: string): boolean {
    return this.slots.some((slot) => slot.serviceId === serviceId && slot.holder === null);
  }

  /** The free slots that a search of a service shows; what they are evidence of is noted for the checker. */
  freeSlots(serviceId: string): string[] {
    const free = this.slots.filter((slot) => slot.serviceId === serviceId && slot.holder === null);
    const ids = free.map(({ id }) => id);
    this.world.checker.onSearch(serviceId, ids);
    return ids;
  }

  /** Processes one copy of a write, now. */
  process(sim: SimIntent, choice: number, pin: number, attempt: number): ErsOutcome<WriteReply> {
    const { random } = this.world;
    const { referral } = sim;
    if (sim.action === 'upload-file') return this.keepFile(sim, attempt);
    const make = modelOf(sim.action)?.make;
    if (make !== undefined) return make(this.world, sim, attempt);
    if (referral.lockedUntilMs > this.world.time.now()) return LOCKED;
    const isPinned =
      sim.action === 'cancel-appointment' ? this.isAppointmentPinned(sim, pin) : referral.version === pin;
    // Which of the two a service looks at first is not known: a stale version may be called a wrong state.
    if (!isPinned) return random.chance(0.75) ? CONFLICT : this.refusalOfState(sim, choice);
    const refusal = this.refuse(sim, choice);
    return refusal ?? this.passProvider(sim, choice);
  }

  private isAppointmentPinned({ referral, intent }: SimIntent, pin: number): boolean {
    const { appointmentId, pinnedVersion } = intent as CancelAppointmentIntent;
    const { appointment } = referral;
    return (
      appointment?.id === appointmentId && appointment.version === pin && referral.version === pinnedVersion
    );
  }

  /** A020: no pin, no lock, and the referral stays as it is. */
  private keepFile(sim: SimIntent, attempt: number): ErsOutcome<WriteReply> {
    const { referral } = sim;
    if (this.refusesNames && referral.files.some(({ name }) => name === FILE_NAME)) return NAME_TAKEN;
    const documentId = `f${referral.files.length}`;
    const file = { id: documentId, name: FILE_NAME, bytes: FILE_BYTES, isLinked: false };
    referral.files = [...referral.files, file];
    this.world.checker.onStored(sim, attempt);
    return success({ documentId });
  }

  private refusalOfState(sim: SimIntent, choice: number) {
    const isSlotTaken = sim.action === 'book' && sim.slots[choice]?.holder !== null;
    return isSlotTaken && this.world.random.chance(0.5) ? SLOT_GONE : WRONG_STATE;
  }

  private refuse(sim: SimIntent, choice: number): ErsOutcome<never> | null {
    const { appointment, cancelled, shortlist } = sim.referral;
    const isUnbooked = appointment === null || appointment.status === 'cancelled';
    if (cancelled !== null) return WRONG_STATE;
    const model = modelOf(sim.action);
    if (model !== null) return model.refuse(sim);
    switch (sim.action) {
      case 'book':
        if (!isUnbooked) return WRONG_STATE;
        return sim.slots[choice]?.holder === null ? null : SLOT_GONE;
      case 'defer':
        return isUnbooked ? this.refuseDeferral(sim) : WRONG_STATE;
      case 'cancel-referral':
        return null;
      case 'change-shortlist':
        return isUnbooked ? null : WRONG_STATE;
      case 'send-for-triage':
        return isUnbooked && shortlist.includes(sim.intent.serviceId) ? null : WRONG_STATE;
      default:
        return appointment?.status === 'booked' ? null : WRONG_STATE;
    }
  }

  private refuseDeferral({ intent }: SimIntent): ErsOutcome<never> | null {
    const { reason, serviceId, slotId } = intent as DeferIntent;
    if (reason === 'NO_SLOTS_AT_SERVICE' && this.hasFreeSlot(serviceId)) return SLOTS_THERE;
    const slot = this.slots.find((one) => one.id === slotId && one.serviceId === serviceId);
    return reason === 'SLOT_NOT_AVAILABLE' && slot?.holder === null ? SLOT_THERE : null;
  }

  /** The provider's system may say no, or nothing at all and have acted or not. */
  private passProvider(sim: SimIntent, choice: number): ErsOutcome<WriteReply> {
    const { random, plan, isCalm } = this.world;
    if (!hasProvider(sim)) return this.apply(sim, choice);
    if (isCalm || !random.chance(plan.steps.provider * 4)) {
      sim.referral.isInPas = sim.action === 'book';
      return this.apply(sim, choice);
    }
    return this.failAtProvider(sim, choice);
  }

  private failAtProvider(sim: SimIntent, choice: number): ErsOutcome<never> {
    const { random, tally } = this.world;
    switch (random.below(4)) {
      case 0: {
        tally.fault(FAULT['pas-gone']);
        const slot = sim.slots[choice];
        if (slot !== undefined && slot.holder === null) slot.holder = 'other';
        return PAS_ERROR;
      }
      case 1:
        tally.fault(FAULT['pas-error']);
        return PAS_ERROR;
      case 2:
        tally.fault(FAULT['pas-silent-booked']);
        sim.facts.wasAtProvider = true;
        sim.referral.isInPas = sim.action === 'book';
        return PAS_SILENT;
      default:
        tally.fault(FAULT['pas-silent-empty']);
        sim.facts.wasAtProvider = true;
        return PAS_SILENT;
    }
  }

  /** The effect. Nothing of the outbox comes this far except through a pin that fits. */
  private apply(sim: SimIntent, choice: number): ErsOutcome<WriteReply> {
    const { referral } = sim;
    const model = modelOf(sim.action);
    const seen =
      sim.action === 'cancel-appointment' ? (referral.appointment?.version ?? -1) : referral.version;
    if (model !== null) model.apply(sim);
    else this.applyUsual(sim, choice);
    referral.version += sim.action === 'cancel-appointment' ? 1 : 2;
    this.world.checker.onEffect(sim, seen);
    this.world.onReferralChanged(referral);
    return this.replyTo(sim);
  }

  private applyUsual(sim: SimIntent, choice: number): void {
    const { referral, intent } = sim;
    switch (sim.action) {
      case 'book':
        giveAppointment(referral, 'booked', intent.serviceId, sim.slots[choice] ?? null, null);
        break;
      case 'defer':
        giveAppointment(referral, 'proposed', intent.serviceId, null, (intent as DeferIntent).reason);
        break;
      case 'cancel-later':
        leaveForLater(referral, (intent as CancelLaterIntent).comment);
        break;
      case 'cancel-referral': {
        const { reason, comment } = intent as CancelReferralIntent;
        cancelReferral(referral, reason.code, comment);
        break;
      }
      case 'change-shortlist':
        referral.shortlist = (intent as ChangeShortlistIntent).services.map(({ serviceId }) => serviceId);
        break;
      case 'send-for-triage':
        giveAppointment(referral, 'proposed', intent.serviceId, null, TRIAGE);
        break;
      default:
        cancel(referral, (intent as CancelAppointmentIntent).reason.code);
    }
  }

  /** What a success says. */
  private replyTo(sim: SimIntent): ErsOutcome<WriteReply> {
    const { action, referral } = sim;
    const model = modelOf(action);
    if (model !== null) return success(model.replyTo(this.world, sim));
    if (action === 'cancel-later' || action === 'change-shortlist') return success(this.read(referral));
    if (action === 'cancel-referral') return success({ referral: this.read(referral), appointment: null });
    return success(readAppointment(referral, referral.appointment as AppointmentTruth, false));
  }
}
