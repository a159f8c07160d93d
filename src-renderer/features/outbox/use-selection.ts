import { computed, ref, type ComputedRef } from 'vue';

interface Row {
  readonly intentId: string;
}

/** The selected row of a list, pinned by its intent and never by its place (hazard 1). */
export function useSelection<R extends Row>(rows: ComputedRef<readonly R[]>) {
  const selectedId = ref<string | null>(null);
  /** Where the selection was last, so that an arrow key goes on from there when its row has gone. */
  const lastIndex = ref(0);
  const indexById = computed(() => new Map(rows.value.map((row, index) => [row.intentId, index] as const)));
  // Asked also for nothing: what is computed keeps its last value, here the old rows, until somebody asks again.
  const selectedIndex = computed(() => indexById.value.get(selectedId.value ?? '') ?? -1);
  const selected = computed<R | null>(() => rows.value[selectedIndex.value] ?? null);

  /** Selects the row at a place of the list as shown; places beyond its ends mean the ends. */
  function selectIndex(index: number): void {
    if (rows.value.length === 0) return;
    const inside = Math.min(Math.max(index, 0), rows.value.length - 1);
    lastIndex.value = inside;
    selectedId.value = rows.value[inside]?.intentId ?? null;
  }

  /** Moves the selection by rows; from a row that has gone it starts at the place it had. */
  function moveSelection(by: number): void {
    selectIndex(selectedIndex.value === -1 ? lastIndex.value : selectedIndex.value + by);
  }

  /** Follows an intent that took the place of the selected one. */
  function followSelection(from: string, to: string): void {
    if (selectedId.value === from) selectedId.value = to;
  }

  function resetSelection(): void {
    selectedId.value = null;
    lastIndex.value = 0;
  }

  return { selectedId, selectedIndex, selected, selectIndex, moveSelection, followSelection, resetSelection };
}
