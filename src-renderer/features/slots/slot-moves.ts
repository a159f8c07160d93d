/** Moves and jumps of the focus, reading further pages where the slots end. */
import type { ComputedRef } from 'vue';
import { findJumpSlot, type JumpTarget } from './jump-parser.ts';
import type { SlotFocus } from './slot-focus.ts';
import type { SlotIndex } from './slot-index.ts';
import { moveFocus, weekEnd, type Move, type MoveResult } from './slot-navigation.ts';
import type { SlotPaging } from './slot-paging.ts';

const SIDEWAYS: readonly Move[] = ['next-day', 'previous-day', 'next-week', 'previous-week'];

/** The ways to move over the visible slots of a paged search. */
export function useSlotMoves(visible: ComputedRef<SlotIndex>, focus: SlotFocus, paging: SlotPaging) {
  let keyPresses = 0;

  /** The Monday of a visible slot's week. */
  function weekOf(slotId: string | null): string | undefined {
    const at = visible.value.positions.get(slotId ?? '');
    return at === undefined ? undefined : visible.value.days[at.dayIndex]?.week;
  }

  function focusSlot(slotId: string, keepsMinute = false): void {
    focus.putFocus(slotId, keepsMinute);
    void readVisibleWeek();
  }

  /** Moves at once when the slots are there, else reads on until they are; a later key wins. */
  async function move(step: Move): Promise<MoveResult> {
    const mine = ++keyPresses;
    const attempt = () => moveFocus(visible.value, focus.focusedId.value, step, focus.minute());
    const isAtEnd = () => {
      const result = attempt();
      if (result.kind === 'edge') return result.edge === 'last-day';
      return step === 'next-week' && weekOf(result.slotId) === weekOf(focus.focusedId.value);
    };
    if (paging.coverage.value?.hasMore === true && isAtEnd()) await paging.readWhile(isAtEnd);
    const result = attempt();
    if (result.kind === 'to' && mine === keyPresses) focusSlot(result.slotId, SIDEWAYS.includes(step));
    return result;
  }

  /** Goes to the first slot that a jump means, reading on until it is there; false when there is none. */
  async function jump(target: JumpTarget): Promise<boolean> {
    keyPresses++;
    const find = () => findJumpSlot(visible.value, target, focus.focusedId.value);
    await paging.readWhile(() => find() === null);
    const slot = find();
    if (slot !== null) focusSlot(slot.slotId);
    return slot !== null;
  }

  /** Reads pages until the week on show is complete: slots come earliest first. */
  async function readVisibleWeek(): Promise<void> {
    await paging.readWhile(() => {
      const monday = weekOf(focus.focusedId.value);
      const last = paging.index.value.slots.at(-1);
      return monday !== undefined && last !== undefined && last.day <= weekEnd(monday);
    });
  }

  return { focusSlot, move, jump, readVisibleWeek };
}
