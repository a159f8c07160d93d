import { nextTick } from 'vue';
import type { Router } from 'vue-router';
import { putKeptFields, readKeptFields } from '../../../app/kept-fields.ts';
import { isOutboxOpen, openOutbox, openPanel, showPanel, type PanelName } from '../../../app/panels.ts';
import { announce } from '../../../app/status-line.ts';
import { useBridge } from '../../../bridge/bridge.ts';
import { useReferralStore } from '../../referral/referral.store.ts';
import { useSlotsStore } from '../../slots/slots.store.ts';
import { usePosition, type ListPosition, type SlotPosition } from './use-position.ts';
import { useWriteDrafts, type WriteDrafts } from './write-drafts.ts';

/** Where the clerk was and what they were typing; main holds it while the window is locked. */
interface DeskDraft {
  readonly screen: string;
  readonly params: Readonly<Record<string, string | string[]>>;
  readonly list: ListPosition;
  readonly slots: SlotPosition | null;
  readonly writes: WriteDrafts;
  readonly isOutboxOpen: boolean;
  readonly panel: PanelName | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** A draft never takes more than this (channels/session.ts). */
const MOST_CHARACTERS = 200_000;
/** The panels in which something is typed that is worth coming back to. */
const PANELS: readonly PanelName[] = ['ring-back', 'finish-task'];

/** What a lock puts away and an unlock by the same person brings back (screens.md section 10). */
export function useDeskDraft(router: Router) {
  const referral = useReferralStore();
  const slots = useSlotsStore();
  const position = usePosition(router);
  const writes = useWriteDrafts();

  function collect(): string | null {
    const { name, params } = router.currentRoute.value;
    const draft: DeskDraft = {
      ...{ screen: String(name ?? ''), params: { ...params } },
      ...{ list: position.readList(), slots: position.readSlots() },
      writes: writes.collect(referral.ubrn),
      isOutboxOpen: isOutboxOpen.value,
      panel: openPanel.value !== null && PANELS.includes(openPanel.value) ? openPanel.value : null,
      fields: readKeptFields(),
    };
    const text = JSON.stringify(draft);
    return text.length <= MOST_CHARACTERS ? text : null;
  }

  /** Hands over what `collect` gave; nothing of it stays in this window. */
  async function hand(userId: string, draft: string): Promise<void> {
    await useBridge().requests['session/keep-draft']({ userId, draft });
  }

  /** What main kept for this person; null when there is nothing. */
  async function fetch(): Promise<DeskDraft | null> {
    const answer = await useBridge().requests['session/take-draft']({});
    if (!answer.ok || answer.value.draft === null) return null;
    // Written by `collect` above, and kept in memory only.
    return JSON.parse(answer.value.draft) as DeskDraft;
  }

  /** Before the screens are put up. */
  function prepare(draft: DeskDraft): void {
    putKeptFields(draft.fields);
    writes.giveBack(draft.writes);
    if (draft.slots === null) return;
    slots.view = draft.slots.view;
    if (draft.screen === 'slots') slots.wantService(draft.slots.ubrn, draft.slots.serviceId);
  }

  /** Once the screens are there: list, slot and open panel, each as far as it still exists. */
  async function goOn(draft: DeskDraft, isOver: () => boolean): Promise<void> {
    await nextTick();
    if (draft.isOutboxOpen) openOutbox();
    await position.goOnInList(draft.list, isOver);
    if (isOver()) return;
    const isReferralBack = 'ubrn' in draft.params && (await referral.whenLoaded());
    if (isOver()) return;
    if (isReferralBack && draft.slots !== null && draft.screen === 'slots')
      await position.chooseAgain(draft.slots, isOver);
    const { open } = draft.writes;
    const isOpen = open === null || isOver() || (isReferralBack && (await writes.reopen(open)));
    if (draft.panel !== null && !isOver()) showPanel(draft.panel);
    if (isOver()) return;
    announce(
      isOpen
        ? 'Back where you were. What you typed is here again.'
        : 'Back where you were. What you typed is kept: the key of the panel brings it.',
    );
  }

  return { collect, hand, fetch, prepare, goOn };
}

export type DeskDraftKeeper = ReturnType<typeof useDeskDraft>;
