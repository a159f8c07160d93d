/** A help page: a title and a few short paragraphs. */
export interface HelpPage {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const WORKLIST: HelpPage = {
  title: 'Worklist',
  paragraphs: [
    'The list shows the referrals of your organisation as e-RS gave them. 2 week waits come first, then urgent, then the oldest.',
    'Arrow keys move; Enter opens the referral. F4 filters by name, number, specialty or status. F5 reads the list again. Ctrl+1 to Ctrl+6 change the list.',
    'Names come from the Personal Demographics Service as rows come into view. “≈ surname” marks a surname that another row has too, “≈ name” a name much like another row’s: go by the NHS number.',
    'F2 finds a UBRN that a caller quotes. A UBRN has no check digit, so the desk asks for a second identifier before it shows anything.',
  ],
};

const PAGES: Readonly<Record<string, HelpPage>> = {
  worklist: WORKLIST,
  referral: {
    title: 'Referral',
    paragraphs: [
      'The banner names the patient: check it with the caller first. Below it stand the state, the shortlist and the current appointment.',
      'F7 shows the free slots of a shortlisted service. F9 shows the letter. F5 reads the referral again from e-RS.',
      'A key that cannot be used now says why in the line at the bottom.',
      'Alt+↓ and Alt+↑ open the next and the previous referral of the list. Esc goes back to the list.',
    ],
  },
  slots: {
    title: 'Slots',
    paragraphs: [
      'Free slots of one service, for the referral’s priority. F8 changes between week and list. Arrow keys move, PgUp and PgDn change the week.',
      'Enter chooses a slot; it books nothing. Shift+F7 opens the review panel. There you type the digits that the patient speaks, and Ctrl+Enter books.',
      'The line above the slots says how many of them have been read. “No free slots” is said only when e-RS answered with none; an error is always shown as an error.',
    ],
  },
  letter: {
    title: 'Letter',
    paragraphs: [
      'The letter is fetched afresh each time and kept in memory only. The access code is masked until you ask for it; each unmasking is recorded.',
      'The text view holds the same content for screen readers.',
    ],
  },
  outbox: {
    title: 'Outbox',
    paragraphs: [
      'Every action goes through the outbox, and stays here until e-RS has proven it done. What is not Done is NOT BOOKED, NOT DEFERRED, NOT CANCELLED or NOT CONFIRMED: the line says what to tell the patient.',
      'Arrow keys move; Enter opens an action with what you saw, what e-RS holds now and what you asked for. While it is open the list stands still. Esc goes back.',
      'F5 reads back what became of an action. Ctrl+Enter sends it again after you have looked, under the version that you saw. Ctrl+E changes a comment before sending. Del takes an action back, with a reason. A key that cannot be used says why.',
      'Unknown means that it may have been carried out: it is never sent again blindly. Do not book the same referral a second time; the desk reads it until it knows.',
      'F8 shows what colleagues in your role left unfinished at this desk. Looking is recorded. You may read back, never send.',
    ],
  },
};

/** The help page of a screen, by its route name; the worklist’s where there is none. */
export function helpFor(screen: string): HelpPage {
  return PAGES[screen] ?? WORKLIST;
}
