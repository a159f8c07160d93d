import { commandMaker, type Command } from '../../keyboard/command-registry.ts';
import type { OutboxDeeds } from './outbox-deeds.ts';

/** The two lists of the outbox. */
export type OutboxView = 'mine' | 'colleagues';

interface Deeds {
  readonly mine: OutboxDeeds;
  view(): OutboxView;
  readBackForColleague(): Promise<void>;
  changeView(): Promise<void>;
  goBack(): Promise<void>;
}

const NOT_YOURS = 'it is a colleague’s action: you may read it back (F5), never send or change it.';
const CLOSE_FIRST = 'close the outbox first (Esc).';

/** The keys of the outbox (screens.md section 9). What belongs to the screens beneath is refused with the reason. */
export function outboxCommands(deeds: Deeds): Command[] {
  const { mine } = deeds;
  const isMine = () => deeds.view() === 'mine';
  const own = (gate: () => true | string) => () => (isMine() ? gate() : NOT_YOURS);
  const command = commandMaker('outbox');
  const beneath = (id: string, title: string, keys: string[]): Command =>
    command(
      id,
      title,
      keys,
      () => undefined,
      () => CLOSE_FIRST,
    );

  return [
    command('read-back', 'Read back what became of it', ['F5', 'Ctrl+R'], () =>
      isMine() ? mine.readBack() : deeds.readBackForColleague(),
    ),
    command('confirm', 'Send this action again', ['Ctrl+Enter'], mine.confirm, own(mine.mayConfirm)),
    command(
      'edit',
      'Edit the comment',
      ['Ctrl+E'],
      mine.edit,
      own(() => mine.gate('edit')),
    ),
    command(
      'withdraw',
      'Withdraw this action',
      ['Delete'],
      mine.withdraw,
      own(() => mine.gate('withdraw')),
    ),
    command('view', 'Mine, or colleagues’ unfinished', ['F8'], deeds.changeView),
    command('back', 'Back', ['Escape'], deeds.goBack),
    beneath(
      'lists',
      'The lists',
      [...'123456789U'].map((key) => `Ctrl+${key}`),
    ),
    beneath('filter', 'Filter', ['F4']),
    beneath('neighbours', 'Previous or next referral of the list', ['Alt+ArrowUp', 'Alt+ArrowDown']),
    beneath('more', 'More about the patient', ['Ctrl+I']),
  ];
}
