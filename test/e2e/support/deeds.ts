/** The writes of the product as a clerk does them by keyboard, each alike: open the panel, answer it, commit. */
import { a016BookOrDeferAppointment } from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a022CancelAppointmentActionLater } from '../../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import { a031ChangeShortlist } from '../../../src-main/ers/operations/a031-change-shortlist.ts';
import { a034CancelAppointment } from '../../../src-main/ers/operations/a034-cancel-appointment.ts';
import { a036CancelReferral } from '../../../src-main/ers/operations/a036-cancel-referral.ts';
import type { CallFilter } from '../../../src-main/training-service/call-log.ts';
import { PATIENCE_MS } from './keyboard.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';
import { spokenDigits } from './truth.ts';

/** What an action is done to: a referral that is there, unless the deed says otherwise. */
export interface Subject {
  /** What is on show when its review can be asked for. */
  readonly selector: string;
  /** Opens it, from wherever the desk is. */
  open(desk: ClerkDesk, id: string): Promise<void>;
  /** What the patient says. */
  digits(desk: ClerkDesk, id: string): string;
  /** Another one as soon as anything was done to it. */
  version(desk: ClerkDesk, id: string): number;
  /** Which calls are about it. */
  calls(id: string): CallFilter;
}

export interface Deed {
  readonly operation: { readonly id: string; readonly refusals?: Readonly<Record<string, string>> };
  /** What its result says as long as it is not done. */
  readonly not: string;
  readonly done: RegExp;
  /** It is never sent from the queue: whatever it waited for, it waits for a fresh Ctrl+Enter, too. */
  readonly isSentAtOnce?: boolean;
  readonly subject?: Subject;
  /** From the open referral to its review on show. */
  open(desk: ClerkDesk, ubrn: string): Promise<void>;
  /** What the panel asks for besides the patient's digits. */
  fill?(desk: ClerkDesk, ubrn: string): Promise<void>;
}

export const COMMENT = 'Rebook in June';

const field = (desk: ClerkDesk, selector: string) => desk.page.locator(`.review ${selector}`);

async function chooseFirstReason(desk: ClerkDesk): Promise<void> {
  await field(desk, '[role="listbox"]').focus();
  await desk.press('Home', 'p');
}

export const CANCEL_LATER: Deed = {
  operation: a022CancelAppointmentActionLater,
  not: 'NOT CANCELLED',
  done: /Cancelled, to be acted on later/,
  async open(desk) {
    await desk.press('Shift+F9');
    await desk.shows(/Comment for the admin team/);
  },
  async fill(desk) {
    await field(desk, 'textarea').fill(COMMENT);
  },
};

export const CANCEL_APPOINTMENT: Deed = {
  operation: a034CancelAppointment,
  not: 'NOT CANCELLED',
  done: /The patient has no appointment/,
  async open(desk) {
    await desk.press('Shift+F11');
    await desk.shows(/Reason \(required\)/);
  },
  fill: chooseFirstReason,
};

export const CANCEL_REFERRAL: Deed = {
  operation: a036CancelReferral,
  not: 'NOT CANCELLED',
  done: /Referral cancelled/,
  isSentAtOnce: true,
  async open(desk) {
    await desk.press('Shift+F12');
    await desk.shows(/Reason \(required\)/);
  },
  async fill(desk, ubrn) {
    await chooseFirstReason(desk);
    await field(desk, 'input[inputmode="numeric"]').nth(1).focus();
    await desk.type(ubrn.slice(-4));
  },
};

export const CHANGE_SHORTLIST: Deed = {
  operation: a031ChangeShortlist,
  not: 'NOT CHANGED',
  done: /Shortlist changed/,
  async open(desk, ubrn) {
    await desk.press('Ctrl+F7');
    await desk.shows(/NOT CHANGED yet/);
    // The order is kept from one review to the next.
    const ids = await desk.page
      .locator('.order [role="option"]')
      .evaluateAll((all) => all.map(({ id }) => id));
    const isAsBefore = desk.service.world.referral(ubrn).shortlist.every((id, at) => ids[at]?.endsWith(id));
    if (isAsBefore) await desk.press('Alt+ArrowDown');
    await desk.press('Enter');
    await desk.shows(/New shortlist, in this order/);
  },
};

export const SEND_FOR_TRIAGE: Deed = {
  operation: a016BookOrDeferAppointment,
  not: 'NOT SENT FOR TRIAGE',
  done: /Sent for triage/,
  async open(desk) {
    await desk.press('Ctrl+Shift+F7');
    await desk.shows(/They look at the referral first/);
  },
};

export const DEFER: Deed = {
  operation: a016BookOrDeferAppointment,
  not: 'NOT DEFERRED',
  done: /Deferred to provider/,
  async open(desk) {
    if ((await desk.page.locator('.slots-facts').count()) === 0) await desk.press('F7');
    await desk.shows(/e-RS has no free slots/);
    // What was found before may be too old by now, or wiped by what e-RS said.
    await desk.press('F5');
    await desk.page.locator('.slots-facts').waitFor();
    await desk.shows(/e-RS has no free slots/);
    await desk.press('Shift+F8');
    await desk.shows(/NOT DEFERRED until/);
  },
};

/** Opens a referral by its number, from wherever the desk is; an open panel is closed first. */
export async function openByNumber(desk: ClerkDesk, ubrn: string): Promise<void> {
  if ((await desk.page.locator('.review, .order').count()) > 0) await desk.press('Escape');
  await desk.press('F2');
  await desk.type(ubrn);
  await desk.press('Enter');
  const spaced = ubrn.replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3');
  const isOpen = new RegExp(`Referral ${spaced}[\\s\\S]*Shortlist`);
  await desk.shows(new RegExp(`last 4 digits|${isOpen.source}`));
  if (!isOpen.test(await desk.text())) {
    await desk.type(desk.service.world.referral(ubrn).nhsNumber.slice(-4));
    await desk.press('Enter');
    await desk.shows(isOpen);
  }
  await desk.page.locator('.referral[aria-busy="false"]').waitFor();
}

export const REFERRAL: Subject = {
  selector: '.referral[aria-busy="false"], .slots-facts',
  open: openByNumber,
  digits: ({ service }, ubrn) => spokenDigits(service, ubrn),
  version: ({ service }, ubrn) => service.world.referral(ubrn).version,
  calls: (ubrn) => ({ ubrn }),
};

export const subjectOf = ({ subject = REFERRAL }: Deed): Subject => subject;

/** Reviews and answers, up to the Ctrl+Enter. */
export async function review(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  const subject = subjectOf(deed);
  await desk.page.locator(subject.selector).first().waitFor();
  await deed.open(desk, ubrn);
  await desk.page.locator('.review__digits input').focus();
  await desk.type(subject.digits(desk, ubrn));
  await deed.fill?.(desk, ubrn);
}

/** Reviews, answers and commits. */
export async function act(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  await review(desk, deed, ubrn);
  await desk.press('Ctrl+Enter');
}

/** The words of the result at the moment when it says that; also where an earlier one stood there. */
export async function resultSays(desk: ClerkDesk, pattern: RegExp): Promise<string> {
  const read = ([source]: readonly string[]) => {
    const words = document.querySelector<HTMLElement>('.result')?.innerText.replaceAll('\u00a0', ' ') ?? '';
    return new RegExp(source ?? '').test(words) ? words : null;
  };
  try {
    const found = await desk.page.waitForFunction(read, [pattern.source], { timeout: PATIENCE_MS });
    return (await found.jsonValue()) ?? '';
  } catch (error) {
    throw new Error(`The result never said ${pattern}: ${(await desk.text()).slice(-900)}`, { cause: error });
  }
}
