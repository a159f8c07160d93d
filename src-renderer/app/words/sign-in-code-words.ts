import type { ProblemWords } from './words-shape.ts';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

const NOBODY = 'Nobody was signed in, and nothing was sent.';
const AGAIN = 'Choose “Sign in” and do it again.';
const CALL = 'If it lasts, call the service desk.';

const agent = (title: string) => words(title, NOBODY, `Wait a minute, then choose “Sign in” again. ${CALL}`);
const installed = (title: string) =>
  words(
    title,
    NOBODY,
    'Call the service desk: something has to be installed or set on this computer. Ctrl+F1 says more.',
  );
const helper = (title: string) =>
  words(title, NOBODY, 'Start Booking Desk again. If it lasts, call the service desk.');
const card = (title: string, next: string) => words(title, NOBODY, next);

/** Words for what stands in the way of a sign-in by smartcard (devices.md section 2) or by CIS2 in the browser. */
export const SIGN_IN_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'sign-in-cancelled': words('The sign-in was cancelled', NOBODY, AGAIN),
  'sign-in-failed': words(
    'The smartcard sign-in did not succeed',
    NOBODY,
    'Choose “Sign in” and type the PIN of your card again, slowly. Too many wrong PINs block the card.',
  ),
  'sign-in-not-finished': words(
    'The sign-in was not finished in time',
    NOBODY,
    `${AGAIN} It opens in your browser; look for its window.`,
  ),
  'sign-in-expired': words(
    'The sign-in has expired',
    `The NHS sign-in service does not take it any more. ${NOBODY}`,
    AGAIN,
  ),
  'sign-in-refused': words('The NHS sign-in service refused the sign-in', NOBODY, `${AGAIN} ${CALL}`),
  'sign-in-no-answer': words(
    'The NHS sign-in service does not answer',
    `${NOBODY} Nothing that was typed is lost.`,
    `Wait a minute, then choose “Sign in” again. Ctrl+F1 checks network and proxy. ${CALL}`,
  ),
  'sign-in-not-ours': words(
    'The answer was not one to this sign-in',
    `It may have come from another page or program, so it was not used. ${NOBODY}`,
    `${AGAIN} If it happens again, tell the service desk: somebody may be interfering.`,
  ),
  'sign-in-service-hidden': words(
    'Something answers in the place of the NHS sign-in service',
    `A network that wants a sign-in of its own does so, or a proxy. ${NOBODY}`,
    `Sign in to the network in your browser first. ${CALL}`,
  ),
  'sign-in-without-user': words(
    'The NHS sign-in service did not say who signed in',
    `Its answer was not used. ${NOBODY}`,
    'Call the service desk: your account may lack its NHS user number.',
  ),
  'sign-in-without-end': words(
    'The NHS sign-in service did not say how long the sign-in holds',
    `Its answer was not used. ${NOBODY}`,
    `${AGAIN} ${CALL}`,
  ),
  'sign-in-port-taken': words(
    'Another program holds the address to which the sign-in comes back',
    NOBODY,
    `Close other programs that sign in by the browser, then choose “Sign in” again. ${CALL}`,
  ),
  'no-browser': words(
    'No browser could be opened for the sign-in',
    NOBODY,
    `Check that a browser is installed and set as the default. ${CALL}`,
  ),
  'no-renewal': words('The sign-in cannot be prolonged', 'Nothing was sent.', AGAIN),
  'no-ticket': card(
    'There is no smartcard session',
    'Put your smartcard into the reader, then choose “Sign in” and type its PIN.',
  ),
  'card-not-supported': card(
    'The Identity Agent cannot use this card',
    'Check that it is your NHS smartcard, chip first. If it is, ask your registration authority.',
  ),
  'card-reader-missing': card(
    'The Identity Agent finds no smartcard reader',
    'Plug the reader in, wait a few seconds, then choose “Sign in” again. Ctrl+F1 shows the readers.',
  ),
  'card-pin-blocked': card(
    'The PIN of this smartcard is blocked',
    'Ask your registration authority to unlock the card. Another person can sign in here meanwhile.',
  ),
  'identity-agent-busy': agent('The Identity Agent is busy'),
  'identity-agent-no-server': agent('The Identity Agent cannot reach its servers'),
  'identity-agent-silent': agent('The Identity Agent does not answer'),
  'identity-agent-refused': agent('The Identity Agent refused the sign-in'),
  'identity-agent-missing': installed('The Identity Agent is not installed here, or not where it should be'),
  'ticket-helper-missing': installed('The program that asks the Identity Agent is missing'),
  'ticket-helper-failed': helper('The program that asks the Identity Agent ended early'),
  'ticket-helper-not-understood': helper('The program that asks the Identity Agent could not be understood'),
};
