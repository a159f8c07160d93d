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
};

/** The help page of a screen, by its route name; the worklist’s where there is none. */
export function helpFor(screen: string): HelpPage {
  return PAGES[screen] ?? WORKLIST;
}
