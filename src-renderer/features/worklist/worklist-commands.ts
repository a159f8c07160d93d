import type { WorklistKind } from '../../../src-main/contract/channels/worklist.ts';
import type { Command } from '../../keyboard/command-registry.ts';
import { ANYWHERE } from '../../keyboard/scopes.ts';
import { LISTS, mayReadList } from './list-words.ts';
import type { useWorklistStore } from './worklist.store.ts';

interface Deeds {
  readonly store: ReturnType<typeof useWorklistStore>;
  businessFunction(): string;
  chooseList(kind: WorklistKind): Promise<void>;
  reread(): Promise<void>;
  openNeighbour(by: 1 | -1): Promise<void>;
  focusFilter(): void;
}

/** The keys of the worklist (screens.md section 0); those of `anywhere` work from every screen. */
export function worklistCommands(deeds: Deeds): Command[] {
  const { store } = deeds;
  const hasRow = (by: 1 | -1) => {
    const at = store.selectedIndex + by;
    if (store.rows.length === 0) return 'the list is empty.';
    if (store.selectedIndex === -1) return true;
    return (
      (at >= 0 && at < store.rows.length) ||
      `this is the ${by === 1 ? 'last' : 'first'} referral of the list.`
    );
  };
  return [
    {
      id: 'worklist.reread',
      title: 'Read the list again from e-RS',
      keys: ['F5', 'Ctrl+R'],
      scope: 'worklist',
      available: () => !store.current.isLoading || 'it is being read now.',
      run: deeds.reread,
    },
    {
      id: 'worklist.filter',
      title: 'Filter the list',
      keys: ['F4'],
      scope: ANYWHERE,
      available: () => store.current.rows.length > 0 || 'the list is empty.',
      run: deeds.focusFilter,
    },
    {
      id: 'worklist.next',
      title: 'Next referral',
      keys: ['Alt+ArrowDown'],
      scope: ANYWHERE,
      available: () => hasRow(1),
      run: () => deeds.openNeighbour(1),
    },
    {
      id: 'worklist.previous',
      title: 'Previous referral',
      keys: ['Alt+ArrowUp'],
      scope: ANYWHERE,
      available: () => hasRow(-1),
      run: () => deeds.openNeighbour(-1),
    },
    ...LISTS.map((list, index): Command => ({
      id: `worklist.list-${index + 1}`,
      title: `List: ${list.title}`,
      keys: [`Ctrl+${index + 1}`],
      scope: ANYWHERE,
      available: () => mayReadList(list, deeds.businessFunction()),
      run: () => deeds.chooseList(list.kind),
    })),
  ];
}
