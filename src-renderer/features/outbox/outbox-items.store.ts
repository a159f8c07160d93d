import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { OutboxItem, WithdrawReason } from '../../../src-main/contract/channels/outbox.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { mainToday, noteMainInstant } from '../referral/main-clock.ts';
import { useNames } from '../worklist/names.ts';
import { sortItems } from './sort-items.ts';
import { useItemReading } from './use-item-reading.ts';
import { useSelection } from './use-selection.ts';

/** An item as main has just told it, with what was known of it before. */
export interface ItemChange {
  readonly before: OutboxItem | null;
  readonly item: OutboxItem;
}

/** The form that is open, and the item that it is for: no other item can be met by its keys (hazard 1). */
interface OpenForm {
  readonly kind: 'edit' | 'withdraw';
  readonly intentId: string;
}

/**
 * This person's items: fetched once, then followed. Their order stands still while a detail or a form is open, so
 * that no key meets another patient's item than the one that was looked at (hazard 1).
 */
export const useOutboxItemsStore = defineStore('outbox-items', () => {
  const bridge = useBridge();
  const items = shallowReactive(new Map<string, OutboxItem>());
  const total = ref(0);
  const problem = shallowRef<Problem | null>(null);
  const isLoading = ref(false);
  const isRead = ref(false);
  const lastChange = shallowRef<ItemChange | null>(null);
  const heldOrder = shallowRef<readonly string[] | null>(null);
  const busyId = ref<string | null>(null);
  const form = shallowRef<OpenForm | null>(null);
  /** Comments typed and not saved, by item: Esc keeps them. */
  const drafts = shallowReactive(new Map<string, string>());
  const people = useNames();
  const reading = useItemReading(take);
  /** False from a lock on: what main tells then is not taken into this window (safety.md S37). */
  let isFollowing = false;
  let generation = 0;

  const sorted = computed(() => sortItems(items.values(), mainToday()));
  const rows = computed<readonly OutboxItem[]>(() =>
    heldOrder.value === null ? sorted.value : heldOrder.value.flatMap((id) => items.get(id) ?? []),
  );
  /** How many items wait for the list to be put in order again. */
  const unlisted = computed(() => Math.max(0, sorted.value.length - rows.value.length));
  const selection = useSelection(rows);

  bridge.pushes['outbox/item-changed']((item) => {
    if (isFollowing) take(item);
  });

  /** Takes what main says of an item; something older that arrives late changes nothing. */
  function take(item: OutboxItem): void {
    noteMainInstant(item.updatedAt);
    const before = items.get(item.intentId) ?? null;
    if (before !== null && before.updatedAt > item.updatedAt) return;
    items.set(item.intentId, item);
    lastChange.value = { before, item };
  }

  /** From now on, until `forget`, what main tells of items is taken. */
  function follow(): void {
    isFollowing = true;
  }

  /** Reads the items from the desk's own record; no call goes to e-RS. What was known stays when it fails. */
  async function fetchItems(): Promise<void> {
    if (isLoading.value) return;
    const started = generation;
    isLoading.value = true;
    const outcome = await bridge.requests['outbox/read-items']({});
    if (started !== generation) return;
    isLoading.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (!outcome.ok) return;
    isRead.value = true;
    total.value = outcome.value.total;
    for (const item of outcome.value.items) {
      const known = items.get(item.intentId);
      if (known === undefined || known.updatedAt <= item.updatedAt) items.set(item.intentId, item);
      noteMainInstant(item.updatedAt);
    }
    if (selection.selected.value === null) selection.selectIndex(0);
  }

  /** Opens one item beside what e-RS holds now; the order stands still from now on. */
  async function openDetail(intentId: string): Promise<void> {
    holdOrder();
    await reading.readDetail(intentId);
  }

  function closeDetail(): void {
    reading.dropDetail();
    releaseOrder();
  }

  function openForm(kind: OpenForm['kind'], intentId: string): void {
    holdOrder();
    form.value = { kind, intentId };
  }

  function closeForm(): void {
    form.value = null;
    releaseOrder();
  }

  function holdOrder(): void {
    heldOrder.value ??= rows.value.map(({ intentId }) => intentId);
  }

  /** Puts the list in order again once nothing of it is open. */
  function releaseOrder(): void {
    if (reading.detailId.value === null && form.value === null) heldOrder.value = null;
  }

  /** One change of one item at a time; null when main took it. */
  async function change(intentId: string, ask: () => Promise<Outcome<OutboxItem>>): Promise<Problem | null> {
    const started = generation;
    busyId.value = intentId;
    const outcome = await ask();
    if (started !== generation) return null;
    busyId.value = null;
    if (!outcome.ok) return outcome.problem;
    if (outcome.value.intentId !== intentId) followReplacement(intentId, outcome.value.intentId);
    take(outcome.value);
    return null;
  }

  /** A changed comment makes a new item in the place of the old one. */
  function followReplacement(from: string, to: string): void {
    if (heldOrder.value !== null) heldOrder.value = heldOrder.value.map((id) => (id === from ? to : id));
    selection.followSelection(from, to);
    if (reading.detailId.value === from) reading.detailId.value = to;
  }

  const confirm = (intentId: string) =>
    change(intentId, () => bridge.requests['outbox/confirm']({ intentId }));
  const withdraw = (intentId: string, reason: WithdrawReason) =>
    change(intentId, () => bridge.requests['outbox/withdraw']({ intentId, reason }));
  const readBack = (intentId: string) =>
    change(intentId, () => bridge.requests['outbox/read-back']({ intentId }));

  async function edit(intentId: string, comment: string): Promise<Problem | null> {
    const problemOfEdit = await change(intentId, () => bridge.requests['outbox/edit']({ intentId, comment }));
    if (problemOfEdit === null) drafts.delete(intentId);
    return problemOfEdit;
  }

  function forget(): void {
    generation += 1;
    isFollowing = isLoading.value = isRead.value = false;
    items.clear();
    drafts.clear();
    people.forgetNames();
    selection.resetSelection();
    closeForm();
    closeDetail();
    total.value = 0;
    problem.value = lastChange.value = busyId.value = null;
  }

  return {
    ...{ items, rows, total, unlisted, problem, isLoading, isRead, lastChange, busyId, drafts },
    ...{ detail: reading.detail, detailId: reading.detailId, detailProblem: reading.detailProblem },
    ...{ isReadingDetail: reading.isReadingDetail, form, openForm, closeForm },
    ...selection,
    ...{ names: people.names, namesProblem: people.namesProblem, wantNames: people.wantNames },
    ...{ follow, fetchItems, openDetail, closeDetail, confirm, withdraw, edit, readBack, forget },
  };
});
