/** What may be done with the open referral, each action with its key, or with the reason against it. */
import type { Command } from '../../keyboard/command-registry.ts';

type Gate = true | string;

interface Action {
  /** The command of the referral screen that carries it out. */
  readonly command: string;
  readonly title: string;
  /** A cancellation: set apart from the others. */
  readonly isCancel?: boolean;
}

const ACTIONS: readonly Action[] = [
  { command: 'referral.slots', title: 'Slots' },
  { command: 'booking.defer', title: 'Defer to provider' },
  { command: 'referral.letter', title: 'Letter' },
  { command: 'shortlist.change', title: 'Change the shortlist' },
  { command: 'shortlist.triage', title: 'Send for triage' },
  { command: 'review.begin', title: 'Review' },
  { command: 'referral.letter-set', title: 'Referrer’s letters' },
  { command: 'cancellation.move', title: 'Move to another day' },
  { command: 'cancellation.later', title: 'Cancel, action later', isCancel: true },
  {
    command: 'cancellation.appointment',
    title: 'Cancel appointment',
    isCancel: true,
  },
  { command: 'cancellation.referral', title: 'Cancel referral', isCancel: true },
];

/** Actions that stand among the buttons also when they are refused: a clerk looks for them there. */
const ALWAYS = ['referral.slots', 'referral.letter'];

export interface ActionState {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly gate: Gate;
  readonly isCancel: boolean;
  readonly isButton: boolean;
  readonly command: Command;
}

/** The actions that this window has a command for, with what their command says of them now. */
export function actionStates(commands: readonly Command[]): readonly ActionState[] {
  return ACTIONS.flatMap(({ command: id, title, isCancel = false }) => {
    const command = commands.find((candidate) => candidate.id === id && candidate.scope === 'referral');
    if (command === undefined) return [];
    const gate = command.available();
    const isButton = gate === true || ALWAYS.includes(id);
    return [{ id, title, keys: command.keys[0] ?? '', gate, isCancel, isButton, command }];
  });
}

/** Why the refused ones are refused; several with the same reason share a line. */
export function refusalLines(states: readonly ActionState[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { gate, title, keys } of states) {
    if (gate === true) continue;
    const reason = gate.replace(/\.$/, '');
    byReason.set(reason, [...(byReason.get(reason) ?? []), keys === '' ? title : `${title} (${keys})`]);
  }
  return [...byReason].map(([reason, titles]) => `${titles.join(', ')}: ${reason}.`);
}
