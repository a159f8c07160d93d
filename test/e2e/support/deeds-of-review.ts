/** Judging a referral and dealing with requests for advice by keyboard; what was typed once must outlive every refusal. */
import { expect } from 'vitest';
import { a013AcceptReferral } from '../../../src-main/ers/operations/a013-accept-referral.ts';
import { a014RejectReferral } from '../../../src-main/ers/operations/a014-reject-referral.ts';
import { a026SendAdviceResponse } from '../../../src-main/ers/operations/a026-send-advice-response.ts';
import { a027ConvertAdviceToReferral } from '../../../src-main/ers/operations/a027-convert-advice-to-referral.ts';
import { a028RecordReviewOutcome } from '../../../src-main/ers/operations/a028-record-review-outcome.ts';
import { a044CreateAdviceRequest } from '../../../src-main/ers/operations/a044-create-advice-request.ts';
import type { Deed, Subject } from './deeds.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';

export const TEXT = 'An echo first, then write again.';
export const INSTRUCTION = 'Heart failure clinic, soon';
export const QUESTION = 'Is an echo needed first?';

const field = (desk: ClerkDesk, selector: string, at = 0) => desk.page.locator(`.review ${selector}`).nth(at);

const filledIn = new WeakMap<ClerkDesk, Set<string>>();

/** True the first time; afterwards what was filled in is a draft, and is not filled in again. */
function isFirst(desk: ClerkDesk, { id }: Deed['operation'], ubrn: string): boolean {
  const known = filledIn.get(desk) ?? new Set();
  filledIn.set(desk, known);
  const isNew = !known.has(`${id} ${ubrn}`);
  known.add(`${id} ${ubrn}`);
  return isNew;
}

async function isKept(desk: ClerkDesk, value: string, selector = 'textarea', at = 0): Promise<void> {
  await expect.poll(() => field(desk, selector, at).inputValue()).toBe(value);
}

/** From the open referral to the panel of a decision, by its place among those that are possible. */
async function decide(desk: ClerkDesk, place: number, panel: RegExp): Promise<void> {
  await desk.press('Ctrl+Shift+F9');
  await desk.page.locator('.judge [role="listbox"]:focus').waitFor();
  await desk.press('Home', ...Array<string>(place).fill('ArrowDown'), 'Enter');
  await desk.shows(panel);
}

export const ACCEPT: Deed = {
  operation: a013AcceptReferral,
  not: 'NOT ACCEPTED',
  done: /The review is closed, read back/,
  open: (desk) => decide(desk, 0, /Accept this referral\?/),
};

export const REJECT: Deed = {
  operation: a014RejectReferral,
  not: 'NOT REJECTED',
  done: /e-RS holds the rejection/,
  open: (desk) => decide(desk, 1, /Reject this referral\?[\s\S]*Reason \(required\)/),
  async fill(desk, ubrn) {
    if (!isFirst(desk, a014RejectReferral, ubrn)) return isKept(desk, TEXT);
    await field(desk, '[role="listbox"]').focus();
    await desk.press('i');
    await field(desk, 'textarea').fill(TEXT);
  },
};

export const RECORD_OUTCOME: Deed = {
  operation: a028RecordReviewOutcome,
  not: 'NOT RECORDED',
  done: /e-RS holds the outcome/,
  open: (desk) => decide(desk, 0, /Accept, to be booked later\?[\s\S]*Priority \(required\)/),
  async fill(desk, ubrn) {
    if (!isFirst(desk, a028RecordReviewOutcome, ubrn)) {
      await isKept(desk, 'URGENT', 'select');
      return isKept(desk, TEXT);
    }
    await field(desk, 'select').focus();
    await desk.press('u');
    await field(desk, 'textarea').fill(TEXT);
  },
};

function birthOf({ service }: ClerkDesk, nhsNumber: string) {
  const [year = '', month = '', day = ''] = service.world.findPatient(nhsNumber)?.birthDate.split('-') ?? [];
  return { ddmm: day + month, ddmmyyyy: day + month + year };
}

/** A request for advice that waits for this provider. */
const REQUEST: Subject = {
  selector: '.advice[aria-busy="false"] .advice__talk',
  async open(desk, ubrn) {
    await desk.press('Alt+G');
    await desk.page.locator('.item-grid--advice:focus').waitFor();
    await desk.page.locator('.item-grid--advice .item-grid__line').first().waitFor();
    await desk.press('Home');
    const selected = desk.page.locator('.item-grid__line--selected');
    for (let step = 0; (await selected.getAttribute('id')) !== `advice-row-${ubrn}`; step += 1) {
      if (step > 40) throw new Error('the request is not in the list');
      await desk.press('ArrowDown');
    }
    await desk.press('Enter');
    await desk.page.locator(REQUEST.selector).waitFor();
  },
  digits: (desk, ubrn) => birthOf(desk, desk.service.world.advice(ubrn).nhsNumber).ddmm,
  version: ({ service }, ubrn) => service.world.advice(ubrn).version,
  calls: (ubrn) => ({ ubrn }),
};

export const ANSWER: Deed = {
  operation: a026SendAdviceResponse,
  not: 'NOT SENT',
  done: /Sent to the referrer/,
  subject: REQUEST,
  async open(desk) {
    await desk.press('Alt+A');
    await desk.shows(/What you recommend \(required\)/);
  },
  async fill(desk, ubrn) {
    if (!isFirst(desk, a026SendAdviceResponse, ubrn)) {
      await isKept(desk, 'ADVICE_ONLY_NO_REFERRAL_RECOMMENDED', 'select', 1);
      return isKept(desk, TEXT);
    }
    await field(desk, 'select', 1).focus();
    await desk.press('A');
    await field(desk, 'textarea').fill(TEXT);
  },
};

export const CONVERT: Deed = {
  operation: a027ConvertAdviceToReferral,
  not: 'NOT CONVERTED',
  done: /Made a referral/,
  subject: REQUEST,
  async open(desk) {
    await desk.press('Alt+C');
    await desk.shows(/Instruction for your admin team/);
  },
  async fill(desk, ubrn) {
    if (!isFirst(desk, a027ConvertAdviceToReferral, ubrn)) {
      await isKept(desk, INSTRUCTION, 'textarea', 1);
      return isKept(desk, TEXT);
    }
    await field(desk, 'textarea', 0).fill(TEXT);
    await field(desk, 'textarea', 1).fill(INSTRUCTION);
  },
};

const question = (desk: ClerkDesk) => desk.page.locator('section[aria-label="Question"] textarea');

/** A new request is of a patient, told by their NHS number: there is nothing yet that has a version. */
const PATIENT: Subject = {
  selector: '.advice[aria-busy="false"] section[aria-label="Question"]',
  async open(desk, nhsNumber) {
    await desk.press('Alt+G');
    await desk.shows(/e-RS has no list of them for referrers/);
    await desk.press('Alt+N');
    await desk.page.locator('input:focus').waitFor();
    await desk.type(nhsNumber);
    await desk.press('Tab');
    await desk.type(birthOf(desk, nhsNumber).ddmmyyyy);
    await desk.press('Enter');
    await desk.shows(/Born\s+\d\d-/);
    await desk.page.locator('form[aria-label="Service"] select').first().focus();
    await desk.type('Cardiology');
    await desk.page.locator('form[aria-label="Service"] button').focus();
    await desk.press('Enter');
    await desk.shows(/Which service/);
    await question(desk).fill(QUESTION);
  },
  digits: (desk, nhsNumber) => birthOf(desk, nhsNumber).ddmm,
  version: ({ service }) => service.world.listAdvice().length,
  calls: () => ({}),
};

export const ASK: Deed = {
  operation: a044CreateAdviceRequest,
  not: 'NOT ASKED',
  done: /Asked for advice/,
  subject: PATIENT,
  async open(desk) {
    expect(await question(desk).inputValue()).toBe(QUESTION);
    await desk.press('F7');
    await desk.shows(/Ask this service for advice\?/);
  },
  /** What may have been made already is told first. */
  async fill(desk) {
    const other = desk.page.locator('.advice__other input');
    if ((await other.count()) === 0) return;
    await other.focus();
    await desk.press('Space');
  },
};
