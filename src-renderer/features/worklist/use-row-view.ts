import { computed, ref, shallowReactive, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { isPanelOpen } from '../../keyboard/scopes.ts';
import { isBookableNow } from './bookable-now.ts';
import type { ColumnId } from './columns.ts';
import { filterByColumns, filterRows } from './filter-rows.ts';
import type { ListKind, ListRow } from './list-kinds.ts';
import { sortByColumn, type SortChoice } from './sort-rows.ts';

interface Source {
  readonly kind: Ref<ListKind>;
  readonly rows: ComputedRef<readonly ListRow[]>;
  readonly names: Ref<ReadonlyMap<string, ListedName>>;
  /** The London day to which days are counted. */
  readonly today: ComputedRef<string>;
}

const hasOthers = (kind: ListKind) => kind === 'AWAITING_BOOKING';

/**
 * The rows as the clerk wants to see them: without those that cannot be booked now, filtered by words and by columns,
 * sorted. While a panel is open they stand still: no key meets another patient's row than the one looked at (hazard 1).
 */
export function useRowView({ kind, rows, names, today }: Source) {
  /** Words that may stand in any column. */
  const filter = ref('');
  const columnFilters = shallowReactive(new Map<ColumnId, string>());
  const sort = shallowRef<SortChoice | null>(null);
  /** Awaiting Booking also holds rows that cannot be booked now (screens.md section 1); F8 shows them. */
  const isShowingAll = ref(false);
  let held: { readonly kind: ListKind; readonly rows: readonly ListRow[] } | null = null;

  const isBookableView = computed(() => hasOthers(kind.value) && !isShowingAll.value);
  const inView = computed(() => (isBookableView.value ? rows.value.filter(isBookableNow) : rows.value));
  const hiddenCount = computed(() => rows.value.length - inView.value.length);
  const ordered = computed(() =>
    sort.value === null ? inView.value : sortByColumn(inView.value, sort.value),
  );
  const live = computed(() => {
    const found = filterRows(ordered.value, filter.value, names.value);
    return columnFilters.size === 0 ? found : filterByColumns(found, columnFilters, names.value, today.value);
  });
  const shown = computed<readonly ListRow[]>(() => {
    const mayHold = isPanelOpen() && held?.kind === kind.value && held.rows.length > 0;
    if (mayHold && held !== null) return held.rows;
    held = { kind: kind.value, rows: live.value };
    return held.rows;
  });
  const isFiltered = computed(() => filter.value.trim() !== '' || columnFilters.size > 0);

  function setColumnFilter(column: ColumnId, text: string): void {
    if (text.trim() === '') columnFilters.delete(column);
    else columnFilters.set(column, text);
  }

  function clearFilters(): void {
    filter.value = '';
    columnFilters.clear();
  }

  /** Sorts by a column; the same column again turns the order round. Null goes back to the default order. */
  function sortBy(column: ColumnId | null): void {
    const isAgain = sort.value?.column === column && sort.value.isDescending === false;
    sort.value = column === null ? null : { column, isDescending: isAgain, names: names.value };
  }

  function resetView(): void {
    held = null;
    clearFilters();
    sort.value = null;
    isShowingAll.value = false;
  }

  return {
    ...{ filter, columnFilters, sort, isShowingAll, isBookableView, hiddenCount, isFiltered, shown, ordered },
    ...{ setColumnFilter, clearFilters, sortBy, resetView },
  };
}
