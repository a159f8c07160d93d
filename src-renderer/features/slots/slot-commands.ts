import { commandMaker, type Command } from '../../keyboard/command-registry.ts';
import type { useSlotsStore } from './slots.store.ts';

interface Deeds {
  readonly store: ReturnType<typeof useSlotsStore>;
  bookGate(): true | string;
  deferGate(): true | string;
  letterGate(): true | string;
  chooseService(): Promise<void>;
  searchAgain(): Promise<void>;
  review(): Promise<void>;
  defer(): Promise<void>;
  goBack(): Promise<void>;
  focusFilters(): void;
  focusJump(): void;
  openLetter(): Promise<void>;
}

/** The keys of the slots screen (screens.md sections 0 and 3). */
export function slotCommands(deeds: Deeds): Command[] {
  const { store } = deeds;
  const hasSearch = () => store.search !== null || 'no slots have been read yet.';
  const command = commandMaker('slots');
  const toggleView = () => {
    store.view = store.view === 'week' ? 'list' : 'week';
  };
  const isIdle = () => store.status !== 'searching' || 'the slots are being read now.';
  // Pages that are being read for the week on show do not stand in the way: the rest follows them.
  const hasMore = () => store.coverage?.hasMore === true || 'every page has been read.';
  return [
    command('review', 'Book the chosen slot: review', ['Shift+F7'], deeds.review, deeds.bookGate),
    {
      ...command('defer', 'Defer to provider', ['Shift+F8'], deeds.defer, deeds.deferGate),
      id: 'booking.defer',
    },
    command('again', 'Read the slots again from e-RS', ['F5', 'Ctrl+R'], deeds.searchAgain, isIdle),
    command('service', 'Search the slots of a service', ['F7'], deeds.chooseService, isIdle),
    command('view', 'Week or list', ['F8'], toggleView, () => true),
    command('read-all', 'Read all pages of slots', ['Ctrl+F8'], () => store.readAll(), hasMore),
    command('jump', 'Go to a day', ['Ctrl+G'], deeds.focusJump, hasSearch),
    command('filters', 'Filter the slots', ['F4'], deeds.focusFilters, hasSearch),
    command('letter', 'Letter', ['F9'], deeds.openLetter, deeds.letterGate),
    command('back', 'Back', ['Escape'], deeds.goBack, () => true),
  ];
}
