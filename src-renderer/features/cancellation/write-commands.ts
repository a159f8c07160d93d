import type { Command } from '../../keyboard/command-registry.ts';

type Gate = true | string;

interface Deeds {
  /** The gate, or true while the referral is still being read: the deed waits for it and looks again. */
  gateOf(name: 'later' | 'appointment' | 'referral' | 'shortlist' | 'triage'): Gate;
  cancelLater(): Promise<void>;
  cancelAppointment(): Promise<void>;
  cancelReferral(): Promise<void>;
  moveAppointment(): Promise<void>;
  changeShortlist(): Promise<void>;
  sendForTriage(): Promise<void>;
}

const SCREENS = ['referral', 'slots', 'letter'];

/** The keys of everything that is done to a referral besides booking and deferring (screens.md section 0). */
export function writeCommands(deeds: Deeds): Command[] {
  const everywhere = (
    id: string,
    title: string,
    key: string,
    gate: Parameters<Deeds['gateOf']>[0],
    run: () => Promise<void>,
  ): Command[] =>
    SCREENS.map((scope) => ({ id, title, keys: [key], scope, available: () => deeds.gateOf(gate), run }));
  return [
    ...everywhere('cancellation.later', 'Cancel, action later', 'Shift+F9', 'later', deeds.cancelLater),
    ...everywhere(
      'cancellation.appointment',
      'Cancel appointment',
      'Shift+F11',
      'appointment',
      deeds.cancelAppointment,
    ),
    ...everywhere('cancellation.referral', 'Cancel referral', 'Shift+F12', 'referral', deeds.cancelReferral),
    ...everywhere(
      'cancellation.move',
      'Move to another day',
      'Ctrl+F11',
      'appointment',
      deeds.moveAppointment,
    ),
    ...everywhere('shortlist.change', 'Change the shortlist', 'Ctrl+F7', 'shortlist', deeds.changeShortlist),
    ...everywhere('shortlist.triage', 'Send for triage', 'Ctrl+Shift+F7', 'triage', deeds.sendForTriage),
  ];
}
