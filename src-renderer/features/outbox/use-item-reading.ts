import { ref, shallowRef } from 'vue';
import type { OutboxDetail, OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';

const OTHER_ITEM: Problem = { kind: 'bad-reply', code: 'other-item', correlationId: '', facts: {} };

/** Reads one item with what was seen, what is now and what was asked; an answer for another item is never shown. */
export function useItemReading(take: (item: OutboxItem) => void) {
  const detail = shallowRef<OutboxDetail | null>(null);
  const detailId = ref<string | null>(null);
  const detailProblem = shallowRef<Problem | null>(null);
  const isReadingDetail = ref(false);

  async function readDetail(intentId: string): Promise<void> {
    if (detailId.value !== intentId) detail.value = null;
    detailId.value = intentId;
    isReadingDetail.value = true;
    detailProblem.value = null;
    const outcome = await useBridge().requests['outbox/read-item']({ intentId });
    if (detailId.value !== intentId) return;
    isReadingDetail.value = false;
    if (!outcome.ok) detailProblem.value = outcome.problem;
    else if (outcome.value.item.intentId !== intentId) detailProblem.value = OTHER_ITEM;
    else {
      detail.value = outcome.value;
      take(outcome.value.item);
    }
  }

  function dropDetail(): void {
    detailId.value = null;
    detail.value = detailProblem.value = null;
    isReadingDetail.value = false;
  }

  return { detail, detailId, detailProblem, isReadingDetail, readDetail, dropDetail };
}
