import { RETIRED, retiredWords } from '../../src-main/contract/retired.ts';

/** A help page: a title and a few short paragraphs. */
export interface HelpPage {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

const WORKLIST: HelpPage = {
  title: 'Worklist',
  paragraphs: [
    'The list shows the referrals of your organisation as e-RS gave them. 2 week waits come first, then urgent, then the oldest.',
    'Arrow keys move; Enter opens the referral. F5 reads the list again. Ctrl+1 to Ctrl+6 show the lists of e-RS, Ctrl+7 Watch, Ctrl+8 letters to print, Ctrl+9 what you used lately, Ctrl+U what is due today. Alt+↓ opens the next referral, also after you have booked, deferred or cancelled.',
    'Awaiting Booking hides what cannot be booked now, because it is deferred or at triage; F8 shows it and hides it again.',
    'F4 filters as you type; Tab goes on to a filter for each column, and all of them together narrow the list. Days take 93, >30 or <7. Enter goes to the rows, Esc clears the filters. Ctrl+S keeps a filter under a name, without anything of a patient, and brings it back. Shift+F4 sorts by a column.',
    'Ctrl+F finds without hiding a row; F3 and Shift+F3 go on. Shift+F5 has e-RS give part of a provider’s list only, as a list of over 10 MB needs.',
    'Space marks a row, Shift+Space all rows from there; Esc takes the marks off. Marked rows can be watched (Ctrl+M), read again, and have their letters printed (Ctrl+P), no more: what changes e-RS is done for one patient at a time.',
    'Ctrl+P prints the letters of the marked rows as one batch; in Letters to print (Ctrl+8) without marks it prints all. Each letter is fetched and checked right before it prints; what does not match is put aside. A cover sheet comes with the stack, which is counted once at the end. Esc leaves the batch going on, Ctrl+P brings it back.',
    'Days count from the creation of a referral, in a provider’s lists from the start of the pathway. ▲ is a 2 week wait of more than 14 days.',
    'Ctrl+T shows the tasks: whom to ring, and what must not be forgotten. Del finishes a task with what became of it. Ctrl+B notes a ring-back for the open referral or the chosen row, from every screen.',
    'Offline the rows are those that were read last, with their age above them. The desk’s own lists and the tasks work as always.',
    'Names come from the Personal Demographics Service as rows come into view. “≈ surname” marks a surname that another row has too, “≈ name” a name much like another row’s: go by the NHS number.',
    'Ctrl+F1 checks this desk: network, proxy, sign-in, smartcard reader, clock, keys, disk, audit trail and printers, each with what to do. Ctrl+Shift+C copies it for the service desk. It works before you sign in and behind the lock, too.',
    'Ctrl+, opens the settings: text size, contrast and the first list are yours, in every role; the rest is for everybody at this desk. What your organisation has set is shown and locked.',
    `Gone from e-RS, so the desk has them no more: ${RETIRED.map(({ id }) => retiredWords(id)).join(' ')}`,
    'Alt+U shows what was recorded of your own doings: filter it by referral, patient or day with F4. Whom the organisation names sees those of others, too, and saves what is recorded of a patient (Ctrl+S).',
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
      'Ctrl+O goes to the clinical information and the attachments; Enter opens one. Ctrl+D shows address, telephone and more of the shortlisted services.',
      'Shift+F8 defers to the provider, only on what the desk itself has found: no free slots, a slot refused, or a provider’s system that refused or was silent. The reason is filled in from that. A deferred referral goes on Watch with the day by which the provider contacts the patient.',
      'Shift+F9 cancels an appointment for action later (provider’s desk), Shift+F11 cancels an appointment, Shift+F12 ends a referral for good. Each opens a review: the digits that the patient speaks, then Ctrl+Enter. Ctrl+F11 moves to another day: the times first, then the old appointment goes, then the new one is booked.',
      'Ctrl+F7 changes the shortlist, Ctrl+Shift+F7 sends for triage.',
      'Ctrl+Shift+F9 reviews a referral (provider’s desk): accept or reject a booked one, record the outcome of a triage or of a deferred one. The decisions stand beside it while you read its files (Ctrl+O). What you choose opens a review: the digits from the papers that you judged, then Ctrl+Enter. Enter on the result opens the next referral of the list in review.',
      'Offline the referral is shown as it was read last, with its age. A booking or a deferral is then queued, NOT BOOKED and NOT DEFERRED: before it goes out the desk reads the referral and the slots again.',
      'A key that cannot be used now says why in the line at the bottom.',
      'Alt+↓ and Alt+↑ open the next and the previous referral of the list. Esc goes back to the list.',
    ],
  },
  refer: {
    title: 'Refer a patient',
    paragraphs: [
      'Five steps: the patient, what is asked, services, letter and reminder, review. Enter goes on, Esc goes one step back; only Ctrl+Enter in the review sends anything.',
      'The patient is looked up by NHS number and shown once the date of birth fits. Nobody with a restricted record, and nobody who has died, can be referred.',
      'In the services ↓ and ↑ move, PgDn and PgUp turn pages, Space puts a service on the shortlist or takes it off. Shift+F4 changes between nearest first and shortest wait first. In the shortlist Shift with an arrow changes the order.',
      'The review shows the referrals that the patient has already. One of the same specialty has to be looked at and ticked as another: e-RS does not notice a referral that is made twice.',
      'When the referral is made it opens. Nothing is booked by that: F7 books, Ctrl+Shift+F7 sends for triage, Ctrl+F9 adds the letter.',
      'The draft is kept sealed on this desk, for you alone, through a lock, a lost connection and a restart; for 7 days. What was found is searched afresh.',
      'If the answer is lost the desk looks for the referral in e-RS and never makes it a second time by itself.',
    ],
  },
  'letter-set': {
    title: 'Referrer’s letters',
    paragraphs: [
      'e-RS replaces the whole set of letters by what is ticked and what is added here. What is not ticked is gone.',
      'Alt+A adds files: up to 10, each up to 5 MB. At least one letter has to stay or to come.',
      'Type the digits that the patient speaks, then Ctrl+Enter. Esc closes and changes nothing.',
    ],
  },
  slots: {
    title: 'Slots',
    paragraphs: [
      'Free slots of one service, for the referral’s priority. F8 changes between week and list. Arrow keys move, PgUp and PgDn change the week.',
      'Enter chooses a slot; it books nothing. Shift+F7 opens the review panel. There you type the digits that the patient speaks, and Ctrl+Enter books.',
      'Shift+F8 defers while e-RS has no free slot here. While there is one, the key says how many there are and when they were read.',
      'Offline the slots are those seen last: choosing one is a wish, NOT BOOKED. Up to 3 pinned slots are tried in their order when the connection is back.',
      'The line above the slots says how many of them have been read. “No free slots” is said only when e-RS answered with none; an error is always shown as an error.',
    ],
  },
  'advice-list': {
    title: 'Requests for advice',
    paragraphs: [
      'A provider’s list shows the requests that wait for your organisation, urgent ones first. e-RS has no list for referrers: yours holds what you made or opened at this desk.',
      'Arrow keys move, Enter opens, F5 reads again. F2 opens any request by its UBRN, after a second identifier.',
      'Alt+N asks a service for advice (referring clinicians and their admins). Esc goes back to the worklist.',
    ],
  },
  advice: {
    title: 'Request for advice',
    paragraphs: [
      'The conversation stands oldest first. Links are written out and cannot be followed from here.',
      'Alt+A answers, or asks the referrer for more. Alt+C makes a referral of the request, where the referrer has allowed it. Both open a review: the digits from the patient’s papers, then Ctrl+Enter. What you type is kept on this desk until it is sent.',
      'F9 shows request and conversation as one PDF; F8 changes between its text and its picture. Ctrl+O goes to the files, Enter opens one. F5 reads the request again.',
      'Nothing is called sent before the desk has read it back. Esc goes back to the list.',
    ],
  },
  'advice-new': {
    title: 'Ask for advice',
    paragraphs: [
      'First the patient: NHS number and date of birth, then Enter. Then the service: specialty and priority, Enter searches. Then the question.',
      'F7 makes the review, which shows what was asked already; the patient’s digits and Ctrl+Enter ask. What you type is kept on this desk, the patient’s numbers are not.',
      'A request whose answer was lost is never sent again by itself: look in the e-RS web application first.',
    ],
  },
  attachment: {
    title: 'Attachment',
    paragraphs: [
      'A file of the referral, or its clinical information, read afresh from e-RS and kept in memory only. Each reading is recorded.',
      'The desk looks at what the file is, not at what it is called. PDFs, pictures and plain text are shown; anything else is only saved, by Ctrl+S, under a name of the desk’s own.',
      'PgDn and PgUp scroll and turn the pages. F8 shows a PDF as text, or a picture in its own size. Esc goes back to the list.',
      'A file that is still being checked for threats can be asked for again after 5 minutes.',
    ],
  },
  letter: {
    title: 'Letter',
    paragraphs: [
      'The letter is fetched afresh each time and kept in memory only. The access code is masked until you ask for it; each unmasking is recorded.',
      'The desk compares the letter with the referral: NHS number, UBRN, name, postcode, date and time, pages. What differs is shown beside what was expected, and such a letter cannot be printed. A kind of letter that the desk does not know is for you to read, and to tick.',
      'Ctrl+P opens the print panel; Enter prints, one-sided, on this desk’s printer. Then count the sheets: Enter confirms the number, another one is recorded and says what to do. A letter that was printed already needs a reason.',
      'When a printer does not answer, look at it before you print again. Ctrl+Shift+P shows the print log.',
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
