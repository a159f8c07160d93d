/** The default keys of the desk (screens.md section 0): what each means, and what to say where it cannot work. */
export interface DefaultKey {
  readonly keys: readonly string[];
  readonly title: string;
  /** Said when the key is pressed where no command answers it. */
  readonly refusal: string;
}

const OPEN_FIRST = 'open a referral first: choose a row in the worklist and press Enter.';
const SLOTS_FIRST = 'open the slots of a referral first (F7).';
const OUTBOX_FIRST = 'open the outbox first (F12) and choose an action.';

export const DEFAULT_KEYS: readonly DefaultKey[] = [
  { keys: ['F1'], title: 'Help for this screen', refusal: 'sign in first.' },
  { keys: ['Shift+F1'], title: 'All keys', refusal: 'sign in first.' },
  { keys: ['Ctrl+F1'], title: 'Check this desk', refusal: 'the check is open already.' },
  { keys: ['F2'], title: 'Find a UBRN or an NHS number', refusal: 'sign in and choose a role first.' },
  {
    keys: ['F3', 'Shift+F3', 'Ctrl+F'],
    title: 'Find in view',
    refusal: 'there is nothing to search here. F4 filters the list.',
  },
  { keys: ['F4'], title: 'Filter', refusal: 'there is no list to filter here.' },
  { keys: ['F5', 'Ctrl+R'], title: 'Read again from e-RS', refusal: 'there is nothing to read again here.' },
  { keys: ['F6', 'Shift+F6'], title: 'Next or previous pane', refusal: 'there is one pane only.' },
  { keys: ['F7'], title: 'Slots of the open referral', refusal: OPEN_FIRST },
  { keys: ['F8'], title: 'List or week of slots', refusal: SLOTS_FIRST },
  { keys: ['F9'], title: 'Letter', refusal: OPEN_FIRST },
  { keys: ['F12'], title: 'Outbox', refusal: 'sign in and choose a role first.' },
  { keys: ['Shift+F7'], title: 'Book the chosen slot', refusal: SLOTS_FIRST },
  {
    keys: ['Shift+F8'],
    title: 'Defer to provider',
    refusal: 'open a referral or its slots first: choose a row in the worklist and press Enter.',
  },
  { keys: ['Shift+F9'], title: 'Cancel, action later', refusal: OPEN_FIRST },
  { keys: ['Ctrl+Shift+F9'], title: 'Review, on the provider’s desk', refusal: OPEN_FIRST },
  { keys: ['Shift+F11'], title: 'Cancel appointment', refusal: OPEN_FIRST },
  { keys: ['Shift+F12'], title: 'Cancel referral', refusal: OPEN_FIRST },
  { keys: ['Ctrl+F11'], title: 'Move to another day', refusal: OPEN_FIRST },
  { keys: ['Ctrl+F7'], title: 'Change the shortlist', refusal: OPEN_FIRST },
  { keys: ['Ctrl+Shift+F7'], title: 'Send for triage', refusal: OPEN_FIRST },
  {
    keys: ['Ctrl+Shift+F2'],
    title: 'Refer a patient',
    refusal: 'sign in and choose the role of a referrer first.',
  },
  { keys: ['Ctrl+F9'], title: 'Referrer’s letters', refusal: OPEN_FIRST },
  { keys: ['Ctrl+K'], title: 'Commands', refusal: 'sign in and choose a role first.' },
  { keys: ['Ctrl+L'], title: 'Lock now', refusal: 'no one is signed in.' },
  { keys: ['Ctrl+O'], title: 'Attachments and clinical information', refusal: OPEN_FIRST },
  { keys: ['Ctrl+D'], title: 'Details of the shortlisted services', refusal: OPEN_FIRST },
  {
    keys: ['Ctrl+S'],
    title: 'Save an attachment; saved filters of the list',
    refusal: 'open an attachment (Ctrl+O) or go to the list (F6) first.',
  },
  {
    keys: ['Ctrl+P'],
    title: 'Print a letter, or those of the marked rows',
    refusal: 'open a letter first (F9), or mark rows of a list with Space.',
  },
  { keys: ['Ctrl+Shift+P'], title: 'Print log', refusal: 'sign in and choose a role first.' },
  {
    keys: ['Ctrl+Enter'],
    title: 'Commit the review panel; send an action of the outbox again',
    refusal: 'no review panel is open: nothing was sent.',
  },
  { keys: ['Ctrl+E'], title: 'Edit the comment of an action in the outbox', refusal: OUTBOX_FIRST },
  { keys: ['Delete'], title: 'Withdraw an action in the outbox', refusal: OUTBOX_FIRST },
  {
    keys: ['Alt+ArrowUp', 'Alt+ArrowDown'],
    title: 'Previous or next referral',
    refusal: 'sign in and choose a role first.',
  },
  {
    keys: ['Shift+F4', 'Shift+F5'],
    title: 'Sort the list, read part of it',
    refusal: 'go to the list first (F6).',
  },
  {
    keys: ['Ctrl+U', 'Ctrl+T', 'Ctrl+B', 'Ctrl+M'],
    title: 'Due today, tasks, ring back, Watch',
    refusal: 'sign in and choose a role first.',
  },
  {
    keys: ['Alt+U'],
    title: 'What was recorded (audit trail)',
    refusal: 'sign in and choose a role first.',
  },
  { keys: ['Alt+G'], title: 'Advice and guidance', refusal: 'sign in and choose a role first.' },
  {
    keys: ['Alt+A', 'Alt+C', 'Alt+N'],
    title: 'Advice: answer, make a referral of it, ask a service',
    refusal: 'open the requests for advice first (Alt+G).',
  },
  { keys: ['Alt+P'], title: 'Desk PIN', refusal: 'sign in and choose a role first.' },
  { keys: ['Alt+R'], title: 'Change role', refusal: 'sign in first.' },
  { keys: ['Ctrl+,'], title: 'Settings', refusal: 'sign in and choose a role first.' },
];

/** Why a key of the desk does nothing here, in words; null when it is no key of the desk. */
export function explainUnboundKey(chord: string): string | null {
  return DEFAULT_KEYS.find((entry) => entry.keys.includes(chord))?.refusal ?? null;
}

/** The desk's keys that no command has now, for the palette and the overlay. */
export function unboundKeys(taken: ReadonlySet<string>): readonly DefaultKey[] {
  return DEFAULT_KEYS.filter(({ keys }) => keys.every((key) => !taken.has(key)));
}
