import { showPanel } from '../../app/panels.ts';
import { announce } from '../../app/status-line.ts';
import type { Command } from '../../keyboard/command-registry.ts';
import { ANYWHERE } from '../../keyboard/scopes.ts';
import type { useTasksStore } from '../tasks/tasks.store.ts';
import { isLocalList, isProviderList } from './list-kinds.ts';
import { LISTS, mayReadList } from './list-words.ts';
import type { ListDeeds } from './use-list-deeds.ts';
import type { OpenRow } from './use-open-row.ts';
import type { Watch } from './use-watch.ts';
import type { useWorklistStore } from './worklist.store.ts';

interface Deeds {
  readonly store: ReturnType<typeof useWorklistStore>;
  readonly tasks: ReturnType<typeof useTasksStore>;
  readonly lists: ListDeeds;
  readonly watch: Watch;
  readonly rows: OpenRow;
  readonly find: { open(): Promise<void>; step(by: 1 | -1): void };
  openFilter(): Promise<void>;
  showTasks(): Promise<void>;
}

const NO_ROWS = 'the list is empty.';
const NO_LIST = 'the tasks are on show; choose a list first, as with Ctrl+1.';
const NO_REFERRAL = 'choose a row of a list, or open a referral first.';

type Answer = true | string;

/** True, or the first reason against it. */
const all = (...answers: readonly Answer[]): Answer => answers.find((answer) => answer !== true) ?? true;

const inList = (deeds: Deeds): Answer => !deeds.tasks.isShown || NO_LIST;
const hasRows = ({ store }: Deeds): Answer => store.current.rows.length > 0 || NO_ROWS;

/** The keys of the worklist (screens.md section 0); those of `anywhere` work from every screen. */
export function worklistCommands(deeds: Deeds): Command[] {
  return [
    ...readingCommands(deeds),
    ...viewCommands(deeds),
    ...findCommands(deeds),
    ...rowCommands(deeds),
    ...taskCommands(deeds),
    ...LISTS.map((list, index): Command => ({
      id: `worklist.list-${index + 1}`,
      title: `List: ${list.title}`,
      keys: [list.key],
      scope: ANYWHERE,
      available: () => mayReadList(list, deeds.lists.businessFunction.value),
      run: () => deeds.lists.chooseList(list.kind),
    })),
  ];
}

const here = (command: Omit<Command, 'scope'>): Command => ({ ...command, scope: 'worklist' });
const anywhere = (command: Omit<Command, 'scope'>): Command => ({ ...command, scope: ANYWHERE });

function readingCommands(deeds: Deeds): Command[] {
  const { store, tasks, lists } = deeds;
  const isReading = () => (tasks.isShown ? tasks.isLoading : store.current.isLoading);
  return [
    here({
      id: 'worklist.reread',
      title: 'Read the list again',
      keys: ['F5', 'Ctrl+R'],
      available: () => !isReading() || 'it is being read now.',
      run: lists.reread,
    }),
    here({
      id: 'worklist.narrow',
      title: 'Read part of the list: by service, specialty, clinician',
      keys: ['Shift+F5'],
      available: () =>
        all(
          inList(deeds),
          isProviderList(store.kind) || 'e-RS narrows the lists of a service provider only.',
          !store.current.isLoading || 'it is being read now.',
        ),
      run: () => showPanel('narrow'),
    }),
  ];
}

function viewCommands(deeds: Deeds): Command[] {
  const { store } = deeds;
  return [
    anywhere({
      id: 'worklist.filter',
      title: 'Filter the list',
      keys: ['F4'],
      available: () => all(inList(deeds), hasRows(deeds)),
      run: deeds.openFilter,
    }),
    here({
      id: 'worklist.view',
      title: 'Bookable now, or all rows',
      keys: ['F8'],
      available: () =>
        all(inList(deeds), store.kind === 'AWAITING_BOOKING' || 'this list hides no rows: all are shown.'),
      run() {
        store.isShowingAll = !store.isShowingAll;
        deeds.lists.sayList();
      },
    }),
    here({
      id: 'worklist.sort',
      title: 'Sort the list by a column',
      keys: ['Shift+F4'],
      available: () => all(inList(deeds), hasRows(deeds)),
      run: () => showPanel('sort'),
    }),
    here({
      id: 'worklist.saved-filters',
      title: 'Saved filters: use, keep, remove',
      keys: ['Ctrl+S'],
      available: () =>
        all(inList(deeds), !isLocalList(store.kind) || 'filters are kept for the lists of e-RS only.'),
      run: () => showPanel('saved-filters'),
    }),
  ];
}

function findCommands(deeds: Deeds): Command[] {
  const { find } = deeds;
  const mayFind = () => all(inList(deeds), hasRows(deeds));
  return [
    here({
      id: 'worklist.find',
      title: 'Find in view',
      keys: ['Ctrl+F'],
      available: mayFind,
      run: find.open,
    }),
    here({
      id: 'worklist.find-next',
      title: 'Find the next',
      keys: ['F3'],
      available: mayFind,
      run: () => find.step(1),
    }),
    here({
      id: 'worklist.find-previous',
      title: 'Find the previous',
      keys: ['Shift+F3'],
      available: mayFind,
      run: () => find.step(-1),
    }),
  ];
}

function rowCommands(deeds: Deeds): Command[] {
  const { store, tasks } = deeds;
  const hasNeighbour = (by: 1 | -1): Answer => {
    const { rows, selectedIndex } = tasks.isShown ? tasks : store;
    const at = selectedIndex + by;
    if (rows.length === 0) return NO_ROWS;
    if (selectedIndex === -1) return true;
    const end = by === 1 ? 'last' : 'first';
    return (at >= 0 && at < rows.length) || `this is the ${end} referral of the list.`;
  };
  return [
    anywhere({
      id: 'worklist.next',
      title: 'Next referral',
      keys: ['Alt+ArrowDown'],
      available: () => hasNeighbour(1),
      run: () => deeds.rows.openNeighbour(1),
    }),
    anywhere({
      id: 'worklist.previous',
      title: 'Previous referral',
      keys: ['Alt+ArrowUp'],
      available: () => hasNeighbour(-1),
      run: () => deeds.rows.openNeighbour(-1),
    }),
    anywhere({
      id: 'worklist.watch',
      title: 'Watch, or stop watching: the marked rows, else the chosen or open referral',
      keys: ['Ctrl+M'],
      available: () => deeds.watch.watchTargets().length > 0 || NO_REFERRAL,
      run: deeds.watch.toggleWatch,
    }),
    here({
      id: 'worklist.clear-marks',
      title: 'Take all marks off',
      keys: [],
      available: () => store.marked.size > 0 || 'no row is marked: Space marks one.',
      run() {
        store.clearMarks();
        announce('No row is marked.');
      },
    }),
    here({
      id: 'worklist.no-batch',
      title: 'Book, defer or cancel the marked rows',
      keys: [],
      available: () =>
        'marked rows can be read again (F5), watched (Ctrl+M) and have their letters printed (Ctrl+P), no more: what changes e-RS is done for one patient at a time.',
      run: () => undefined,
    }),
  ];
}

function taskCommands(deeds: Deeds): Command[] {
  const { tasks } = deeds;
  return [
    anywhere({
      id: 'tasks.show',
      title: 'Tasks and ring-backs',
      keys: ['Ctrl+T'],
      available: () => true,
      run: deeds.showTasks,
    }),
    anywhere({
      id: 'tasks.add',
      title: 'Ring back about this referral',
      keys: ['Ctrl+B'],
      available: () => deeds.watch.meantUbrn() !== null || NO_REFERRAL,
      run: () => showPanel('ring-back'),
    }),
    here({
      id: 'tasks.finish',
      title: 'Finish the chosen task',
      keys: ['Delete'],
      available: () =>
        all(
          tasks.isShown || 'nothing of a list can be deleted. Ctrl+T shows the tasks.',
          tasks.selected !== null || 'choose a task first with the arrow keys.',
        ),
      run: () => showPanel('finish-task'),
    }),
  ];
}
