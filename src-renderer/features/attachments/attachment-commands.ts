import { commandMaker, type Command } from '../../keyboard/command-registry.ts';

interface Deeds {
  readAgain(): Promise<void>;
  isReading(): boolean;
  canToggle(): true | string;
  toggleView(): void;
  canTurn(by: 1 | -1): true | string;
  turn(by: 1 | -1): void;
  canSave(): true | string;
  save(): Promise<void>;
  goBack(): Promise<void>;
}

/** The keys of the screen of one file. */
export function attachmentCommands(deeds: Deeds): Command[] {
  const command = commandMaker('attachment');
  return [
    command(
      'again',
      'Read the file again from e-RS',
      ['F5', 'Ctrl+R'],
      deeds.readAgain,
      () => !deeds.isReading() || 'it is being read now.',
    ),
    command('view', 'Other view: text, or a larger picture', ['F8'], deeds.toggleView, deeds.canToggle),
    {
      ...command(
        'next',
        'Next page',
        ['Ctrl+PageDown'],
        () => deeds.turn(1),
        () => deeds.canTurn(1),
      ),
      repeats: true,
    },
    {
      ...command(
        'previous',
        'Previous page',
        ['Ctrl+PageUp'],
        () => deeds.turn(-1),
        () => deeds.canTurn(-1),
      ),
      repeats: true,
    },
    command('save', 'Save the file', ['Ctrl+S'], deeds.save, deeds.canSave),
    command('back', 'Back to the referral', ['Escape'], deeds.goBack, () => true),
  ];
}
