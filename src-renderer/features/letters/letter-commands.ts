import { commandMaker, type Command } from '../../keyboard/command-registry.ts';

interface Deeds {
  hasLetter(): true | string;
  isFetching(): boolean;
  fetchAgain(): Promise<void>;
  showCode(): Promise<void>;
  toggleView(): Promise<void>;
  goBack(): Promise<void>;
  /** May a letter be queued for when the connection is back. */
  mayRequest(): true | string;
  request(): Promise<void>;
  /** May the print panel be opened. */
  mayPrint(): true | string;
  print(): void;
}

/** The keys of the letter screen. */
export function letterCommands(deeds: Deeds): Command[] {
  const command = commandMaker('letter');
  return [
    command(
      'again',
      'Fetch the letter again from e-RS',
      ['F5', 'Ctrl+R', 'F9'],
      deeds.fetchAgain,
      () => !deeds.isFetching() || 'it is being fetched now.',
    ),
    command(
      'request',
      'Queue the letter for when the connection is back',
      ['Ctrl+Enter'],
      deeds.request,
      deeds.mayRequest,
    ),
    command('view', 'Letter as picture or text', ['F8'], deeds.toggleView, deeds.hasLetter),
    command('show-code', 'Show the access code for 10 seconds', ['Ctrl+U'], deeds.showCode, deeds.hasLetter),
    command('print', 'Print the letter', ['Ctrl+P'], deeds.print, deeds.mayPrint),
    command('back', 'Back to the referral', ['Escape'], deeds.goBack, () => true),
  ];
}
