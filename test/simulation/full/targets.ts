/** Which referrals of the world an action can be asked for. */
import type { Referral } from '../../../src-main/training-service/world/model.ts';
import type { PlayAction } from './play.ts';
import type { Stage } from './stage.ts';

/** Five thousand slots tell nothing new of the protocol, and take long. */
const LARGE_SERVICE = '11004';
/** For a choice, and for the second and third wish. */
const FEWEST_SLOTS = 20;

const pools = new WeakMap<Stage, Map<PlayAction, readonly string[]>>();

/** The UBRNs to choose from, in the order of the world; asked for while the stage is as it was made. */
export function targetsOf(stage: Stage, action: PlayAction): readonly string[] {
  const known = pools.get(stage) ?? new Map<PlayAction, readonly string[]>();
  pools.set(stage, known);
  const pool = known.get(action) ?? findTargets(stage, action);
  known.set(action, pool);
  return pool;
}

function findTargets(stage: Stage, action: PlayAction): readonly string[] {
  const { world } = stage;
  const isPlain = ({ kind, isInitial, referringOrg, nhsNumber }: Referral) =>
    kind === 'referral' &&
    isInitial &&
    referringOrg === 'R69' &&
    world.findPatient(nhsNumber)?.record === 'normal';
  const isSuitable = (referral: Referral) => {
    const { state, shortlist, appointment, letterDue, clinicalInfoMs, isReviewPending } = referral;
    const [serviceId = ''] = shortlist;
    const isUnbooked = state === 'NOT_BOOKED' && appointment === null;
    if (action === 'send-for-triage')
      return isUnbooked && shortlist.some((id) => world.findService(id)?.kind === 'triage');
    if (action === 'record-review')
      return state === 'AWAITING_TRIAGE' && letterDue === null && clinicalInfoMs !== null;
    if (action === 'change-shortlist') return isUnbooked && referral.requirements.length === 0;
    if (action === 'cancel-referral' && isUnbooked) return true;
    const service = world.findService(
      action.startsWith('cancel') || action.endsWith('-referral')
        ? (appointment?.serviceId ?? '')
        : serviceId,
    );
    if (service?.kind !== 'directly-bookable' || service.isWithdrawn || service.id === LARGE_SERVICE)
      return false;
    const isComing = state === 'BOOKED' && (appointment?.startMs ?? 0) > stage.time.wallMs() + 24 * 3_600_000;
    switch (action) {
      case 'book':
        return (
          state === 'NOT_BOOKED' &&
          world.freeSlots(serviceId, { priority: referral.priority }).length >= FEWEST_SLOTS
        );
      case 'defer':
        return state === 'NOT_BOOKED' && shortlist.length === 1;
      case 'cancel-later':
      case 'accept-referral':
      case 'reject-referral':
        return isComing && isReviewPending && letterDue === null && clinicalInfoMs !== null;
      case 'cancel-appointment':
      case 'cancel-referral':
        return isComing && shortlist.includes(service.id);
    }
  };
  return world
    .listReferrals()
    .filter((referral) => isPlain(referral) && isSuitable(referral))
    .map(({ ubrn }) => ubrn);
}
