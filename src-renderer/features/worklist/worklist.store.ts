import { computed, ref } from 'vue';
import { defineStore } from 'pinia';
import type { WorklistFilter, WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import { londonParts } from '../../../src-main/contract/london-time.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { mainToday } from '../referral/main-clock.ts';
import { isLocalList, type ListKind } from './list-kinds.ts';
import { useNames } from './names.ts';
import { useDeskMarks } from './use-desk-marks.ts';
import { NOT_READ, useListReadings, type ListState } from './use-list-readings.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useRowView } from './use-row-view.ts';

/** The lists, the one on show and how it is looked at, and the selected and marked referrals. */
export const useWorklistStore = defineStore('worklist', () => {
  const bridge = useBridge();
  const readings = useListReadings();
  const people = useNames();
  const kind = ref<ListKind>('AWAITING_BOOKING');
  const deskMarks = useDeskMarks();

  const current = computed<ListState>(() => readings.lists.get(kind.value) ?? NOT_READ);
  const today = computed(() => {
    const { reading } = current.value;
    if (reading === null) return '';
    const readOn = londonParts(reading.readAt).date;
    // A remembered list may be of another day, and what is overdue counts to today.
    return reading.isRemembered && mainToday() > readOn ? mainToday() : readOn;
  });
  const view = useRowView({ kind, rows: computed(() => current.value.rows), names: people.names, today });
  const rows = view.shown;
  const selection = useRowSelection(rows);
  const watched = computed(() => new Set((readings.lists.get('WATCH')?.rows ?? []).map(({ ubrn }) => ubrn)));

  /** Reads a list; the first row of one that is read for the first time is selected. */
  async function fetchList(wanted: ListKind = kind.value, isReread = false): Promise<void> {
    if (!(await readings.read(wanted, isReread))) return;
    const { problem, reading } = readings.lists.get(wanted) ?? NOT_READ;
    if (problem === null && reading?.isRemembered === false && !isLocalList(wanted))
      deskMarks.dropSettledMarks();
    if (kind.value !== wanted) return;
    if (current.value.problem === null && selection.selectedUbrn.value === null) selection.selectIndex(0);
  }

  /** Shows a list; reads it when this window has not read it yet, or when it has other rows by now. */
  async function showList(wanted: ListKind): Promise<void> {
    if (kind.value !== wanted) {
      kind.value = wanted;
      view.resetView();
      selection.resetSelection();
      selection.selectIndex(0);
    }
    if (current.value.reading === null || readings.stale.has(wanted)) await fetchList(wanted);
  }

  /** Reads the desk's own lists for their counts and for what is on Watch; no call goes to e-RS. */
  async function readLocalLists(): Promise<void> {
    const local: readonly ListKind[] = ['WATCH', 'LETTERS_TO_PRINT', 'RECENTLY_USED', 'DUE_TODAY'];
    await Promise.all(local.map((list) => readings.read(list, false)));
  }

  /** Takes the marks off referrals that have left the list; gives how many. */
  function dropLostMarks(): number {
    return selection.dropMarksOutside(new Set(current.value.rows.map(({ ubrn }) => ubrn)));
  }

  /** Asks e-RS for part of a provider's list, or for all of it again. */
  async function narrowList(wanted: WorklistKind, filter: WorklistFilter | null): Promise<void> {
    readings.narrow(wanted, filter);
    selection.resetSelection();
    await fetchList(wanted, true);
  }

  /** Puts referrals on Watch or takes them off; null when main took it. */
  async function setWatched(ubrns: readonly string[], isWatched: boolean): Promise<Problem | null> {
    const outcome = await bridge.requests['lists/set-watched']({ ubrns: [...ubrns], isWatched });
    if (!outcome.ok) return outcome.problem;
    await readings.read('WATCH', false);
    return null;
  }

  /** True when the list on show is the desk's own and has other rows by now. */
  const isStaleNow = computed(() => isLocalList(kind.value) && readings.stale.has(kind.value));

  function forget(): void {
    readings.forgetReadings();
    deskMarks.forgetMarks();
    people.forgetNames();
    kind.value = 'AWAITING_BOOKING';
    view.resetView();
    selection.resetSelection();
  }

  return {
    ...{ kind, current, today, rows, watched, isStaleNow },
    ...{ marks: deskMarks.marks, readOpenItems: deskMarks.readOpenItems },
    ...{ counts: readings.counts, narrowings: readings.narrowings },
    ...{ filter: view.filter, columnFilters: view.columnFilters, sort: view.sort },
    ...{ isShowingAll: view.isShowingAll, isBookableView: view.isBookableView },
    ...{ hiddenCount: view.hiddenCount, isFiltered: view.isFiltered },
    ...{ setColumnFilter: view.setColumnFilter, clearFilters: view.clearFilters, sortBy: view.sortBy },
    ...{ names: people.names, flags: people.flags, namesProblem: people.namesProblem },
    ...selection,
    ...{ wantNames: people.wantNames, fetchList, showList, readLocalLists, dropLostMarks },
    ...{ narrowList, setWatched, forget },
  };
});
