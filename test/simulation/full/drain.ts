/** A long queue at one reconnect (safety.md, fault model): everything is asked for without a connection. */
import { toIso } from '../../../src-main/contract/london-time.ts';
import type { Referral, Slot } from '../../../src-main/training-service/world/model.ts';
import type { PlayedIntent } from '../played.ts';
import { FAULT } from '../plan.ts';
import type { Play } from './play.ts';
import { targetsOf } from './targets.ts';
import { askDirectly, targetOf } from './wishes.ts';

/** Plans it: the clerk signs in, the connection goes, the queue grows, the connection comes back. */
export function playDrain(play: Play): void {
  play.tally.fault(FAULT['drain-of-500']);
  play.clerk.wishesLeft += 1;
  void play.clerk.atDesk().then(async (app) => {
    play.isConnected = false;
    // The desk learns that it is offline by a call that fails.
    const ubrns = targetsOf(play.stage, 'book').slice(0, play.drainOf);
    for (const ubrn of ubrns) {
      const seen = structuredClone(play.stage.referral(ubrn));
      const slot = freeSlot(play, seen);
      if (app !== null && slot !== undefined) askDirectly(play, app, seen, bookingOf(play, seen, slot));
      await play.pause(20);
    }
    play.clerk.wishesLeft -= 1;
    play.isConnected = true;
  });
}

function freeSlot(play: Play, { shortlist, priority }: Referral): Slot | undefined {
  const wanted = new Set([...play.intents.values()].flatMap(({ wish }) => wish.slotIds));
  return play.stage.world.freeSlots(shortlist[0] ?? '', { priority }).find(({ id }) => !wanted.has(id));
}

function bookingOf(play: Play, seen: Referral, slot: Slot): PlayedIntent {
  return {
    action: 'book',
    ...targetOf(play, seen),
    commissioningOrg: seen.commissioningOrg,
    priority: seen.priority,
    searchedClinicianId: null,
    slots: [
      {
        slotId: slot.id,
        start: toIso(slot.startMs),
        end: toIso(slot.endMs),
        clinicianId: slot.clinicianId,
        page: 1,
      },
    ],
  };
}
