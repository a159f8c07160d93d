/** What the play knows of one intent, apart from what the outbox believes. */
import type { IntentState } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Referral } from '../../../src-main/training-service/world/model.ts';
import type { PlayedAction } from '../played.ts';
import type { DurableRow } from './disk.ts';

/** What the clerk asked for and saw, noted before the outbox hears of it. */
export interface Wish {
  readonly action: PlayedAction;
  readonly ubrn: string;
  readonly nhsNumber: string;
  /** Whose it is: user, organisation and role. */
  readonly owner: string;
  /** The version of the referral that the clerk saw. */
  readonly pinnedVersion: number;
  /** The version of the appointment that the clerk saw; null where it is no pin. */
  readonly appointmentVersion: number | null;
  readonly appointmentId: string | null;
  readonly serviceId: string;
  readonly slotIds: readonly string[];
  readonly reason: string | null;
  readonly comment: string;
  /** The new shortlist in its order; empty where none is asked for. */
  readonly services: readonly string[];
}

export interface PlayIntent {
  readonly id: string;
  /** In the order of writing. */
  readonly index: number;
  readonly name: string;
  readonly wish: Wish;
  row: DurableRow;
  /** The clerk was told "queued". */
  isAcknowledged: boolean;
  /** The database was put back to before something that happened to it. */
  isRolledBack: boolean;
  /** A disk that lied lost its newest records, while what they told of may have been on its way. */
  isLiedAbout: boolean;
  isDamaged: boolean;
  /** An older backup does not know it. */
  isVanished: boolean;
  /** Effects at e-RS that this intent's own requests had, and how many of them somebody undid. */
  effects: number;
  /** e-RS has held what was asked for, whoever did it. */
  wasAsAsked: boolean;
  /** e-RS holds it now. */
  isAsAsked: boolean;
  /** The last durable SENDING, and the last that went out. */
  recordedAttempt: number;
  sentAttempt: number;
  /** The last attempt that the provider's system kept silent about, and the last when the clerk gave a word. */
  silentAttempt: number;
  wordAttempt: number;
  /** The clerk's last Ctrl+Enter by the machine's monotonic clock, and the process that heard it; null: none holds. */
  wordAtMs: number | null;
  wordInstance: number;
  wantsOut: boolean;
  /** Copies of its requests that the service has yet to finish with. */
  inFlight: number;
  /** The code under which it last went to the clerk. */
  lastClerkCode: string;
  /** The earlier intents of the referral that needed the clerk as this one was made. */
  readonly mayPass: readonly PlayIntent[];
}

/** A new intent; the earlier ones of its referral may be passed where they need the clerk already. */
export function newPlayIntent(
  row: DurableRow,
  wish: Wish,
  index: number,
  earlier: readonly PlayIntent[],
): PlayIntent {
  return {
    id: row.id,
    index,
    name: `intent ${index + 1}`,
    wish,
    row,
    isAcknowledged: false,
    isRolledBack: false,
    isLiedAbout: false,
    isDamaged: false,
    isVanished: false,
    effects: 0,
    wasAsAsked: false,
    isAsAsked: false,
    recordedAttempt: 0,
    sentAttempt: 0,
    silentAttempt: 0,
    wordAttempt: 0,
    wordAtMs: null,
    wordInstance: 0,
    wantsOut: false,
    inFlight: 0,
    lastClerkCode: '',
    mayPass: earlier.filter((other) => isState(other, 'NEEDS_CLERK')),
  };
}

/** What of an intent its row tells at once. */
export const isState = ({ row }: PlayIntent, ...states: readonly IntentState[]) => states.includes(row.state);

/** True when e-RS holds what the wish asks for; written apart from the product's own proofs. */
export function holdsWish(referral: Referral, wish: Wish): boolean {
  if (referral.nhsNumber !== wish.nhsNumber) return false;
  switch (wish.action) {
    case 'cancel-referral':
      return (
        referral.state === 'CANCELLED_REFERRAL' &&
        referral.stateReason?.code === wish.reason &&
        referral.stateComments === wish.comment
      );
    case 'change-shortlist':
      return referral.shortlist.join() === wish.services.join();
    case 'accept-referral': {
      const { state, isReviewPending, appointment } = referral;
      const isBooked = state === 'BOOKED' && appointment?.status === 'booked';
      return isBooked && !isReviewPending && appointment.id === wish.appointmentId;
    }
    case 'reject-referral':
      return (
        referral.state === 'REJECTED' &&
        referral.stateReason?.code === wish.reason &&
        referral.stateComments === wish.comment
      );
    default:
      return holdsAppointment(referral, wish);
  }
}

function holdsAppointment({ appointment }: Referral, wish: Wish): boolean {
  if (appointment === null) return false;
  switch (wish.action) {
    case 'book':
      return (
        appointment.status === 'booked' &&
        appointment.serviceId === wish.serviceId &&
        wish.slotIds.includes(appointment.slotId ?? '')
      );
    case 'defer':
      return (
        appointment.status === 'proposed' &&
        appointment.reason?.code === wish.reason &&
        appointment.serviceId === wish.serviceId
      );
    case 'cancel-later':
      return (
        appointment.reason?.code === 'CANCEL_APPOINTMENT_ACTION_LATER' && appointment.comment === wish.comment
      );
    case 'record-review':
      return appointment.reason?.code === wish.reason && appointment.comment === wish.comment;
    case 'cancel-appointment':
      return (
        appointment.id === wish.appointmentId &&
        appointment.status === 'cancelled' &&
        appointment.reason?.code === wish.reason
      );
    case 'send-for-triage':
      return (
        appointment.status === 'proposed' &&
        appointment.reason?.code === 'TRIAGE' &&
        appointment.serviceId === wish.serviceId
      );
    default:
      return false;
  }
}
