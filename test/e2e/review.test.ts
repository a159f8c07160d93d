import { afterEach, expect, it, vi } from 'vitest';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { spokenDigits, takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const CLINICIAN = /Service provider clinician(?! admin)/i;
/** Past the first of the planned read-backs. */
const FIRST_READ_BACK_MS = 11_000;
let desk: ClerkDesk;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

const world = () => desk.service.world;
const strike = (id: string, effect: FaultEffect) => desk.service.faults.add({ on: { id }, do: effect });
const sent = (id: string, ubrn: string) => desk.service.calls.count(id, { ubrn });

/** Referrals of a scene whose patient is an ordinary one and whose appointment, if any, is still to come. */
function ofScene(scene: SceneName): readonly string[] {
  const soon = desk.clock.nowMs() + 86_400_000;
  return world()
    .findScene(scene)
    .filter((ubrn) => {
      const { nhsNumber, appointment, state } = world().referral(ubrn);
      const isToCome = appointment?.startMs == null || appointment.startMs > soon;
      const isOpen = state === 'BOOKED' || state === 'AWAITING_TRIAGE' || state === 'DEFERRED_TO_PROVIDER';
      return world().findPatient(nhsNumber)?.record === 'normal' && isToCome && isOpen;
    });
}

/** From the review list to the decisions of a referral. */
async function review(wanted: readonly string[], list = 'Ctrl+6'): Promise<string> {
  // Out of a result or a review, out of the referral, to the list.
  for (let step = 0; step < 3 && (await desk.page.locator('.referral').count()) > 0; step += 1)
    await desk.press('Escape');
  await desk.press(list);
  await desk.shows(/(?:Referrals for Review|Appointment Slot Issues)[\s\S]*referrals?, read/);
  const ubrn = await desk.selectBefore((candidate) => wanted.includes(candidate));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Shortlist/);
  await desk.press('Ctrl+Shift+F9');
  await desk.shows(/NOTHING DECIDED/);
  return ubrn;
}

/** Chooses the decision by its place among those that are possible. */
async function decide(place: number, panel: RegExp): Promise<void> {
  await desk.page.locator('.judge [role="listbox"]').waitFor();
  await desk.press('Home', ...Array<string>(place).fill('ArrowDown'), 'Enter');
  await desk.shows(panel);
}

const ACCEPT = [0, /Accept this referral\?/] as const;
const REJECT = [1, /Reject this referral\?[\s\S]*Reason \(required\)/] as const;
const BOOK_LATER = [0, /Accept, to be booked later\?[\s\S]*Priority \(required\)/] as const;
const RETURN = [1, /Return to the referrer with advice\?[\s\S]*Advice for the referrer/] as const;

const digits = (ubrn: string) => desk.type(spokenDigits(desk.service, ubrn));
const focusIn = (selector: string) => desk.page.locator(`.review ${selector}`).focus();

async function returnWith(ubrn: string, advice: string): Promise<void> {
  await digits(ubrn);
  await focusIn('textarea');
  await desk.type(advice);
  await desk.press('Ctrl+Enter');
}

it('judges booked referrals one after the other: accept, next, reject, each with its papers in sight', async () => {
  desk = await openClerkDesk({ seed });
  await desk.signIn(CLINICIAN);
  const direct = ofScene('booked-for-review');
  const ubrn = await review(direct);
  await desk.shows(/Clinical information NOT opened/);
  // What is judged is read beside the decisions, which stay.
  await desk.press('Ctrl+O', 'Enter');
  await desk.shows(/Clinical information[\s\S]*PDF/);
  await desk.shows(/Clinical information opened/);
  await desk.press('Escape');
  await desk.shows(/Shortlist/);
  await desk.press('F6');
  await decide(...ACCEPT);
  await desk.press('Enter');
  await desk.shows(/Enter does not accept/);
  await digits(ubrn);
  await desk.press('Ctrl+Enter');
  await desk.shows(/The review is closed, read back/);
  expect(world().referral(ubrn)).toMatchObject({ state: 'BOOKED', isReviewPending: false });
  expect(sent('A013', ubrn)).toBe(1);
  const before = await desk.selected();
  await desk.page.locator('.result__title').focus();
  await desk.press('Enter');
  await vi.waitFor(async () => expect(await desk.selected()).not.toBe(before), { timeout: 10_000 });

  const indirect = await review(ofScene('review-indirectly'));
  await decide(...REJECT);
  await digits(indirect);
  await desk.press('Ctrl+Enter');
  await desk.shows(/choose the reason first/);
  await focusIn('[role="listbox"]');
  await desk.press('i', 'Ctrl+Enter');
  await desk.shows(/say whether it is cancelled in the PAS/);
  await desk.press('Alt+N', 'Ctrl+Enter');
  await desk.shows(/Rejected, appointment cancelled[\s\S]*have it cancelled there/);
  expect(world().referral(indirect).state).toBe('REJECTED');

  const silent = await review(direct.filter((one) => one !== ubrn));
  strike('A014', { kind: 'status', status: 422, code: 'UNABLE_TO_CANCEL_APPOINTMENT' });
  await decide(...REJECT);
  await digits(silent);
  await focusIn('[role="listbox"]');
  await desk.press('i', 'Ctrl+Enter');
  await desk.shows(/The provider's system did not cancel it/);
  expect(world().referral(silent).state).toBe('BOOKED');
});

it('records outcomes: a priority, a refusal, a death, a lost reply, and somebody else', async () => {
  desk = await openClerkDesk({ seed });
  await desk.signIn(CLINICIAN);
  const [dead = ''] = world().findScene('triage-deceased');
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
  await desk.selectBefore((candidate) => candidate === dead);
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Shortlist/);
  await desk.press('Ctrl+Shift+F9');
  await desk.shows(/Review: PDS says that the patient has died/);
  expect(sent('A028', dead)).toBe(0);

  const waiting = ofScene('awaiting-triage');
  const first = await review(waiting);
  await decide(...BOOK_LATER);
  await digits(first);
  await desk.press('Ctrl+Enter');
  await desk.shows(/choose the priority first/);
  await focusIn('select');
  await desk.press('u', 'Ctrl+Enter');
  await desk.shows(/Accepted, to be booked[\s\S]*e-RS holds the outcome/);
  expect(world().referral(first)).toMatchObject({ state: 'TRIAGED_PROVIDER_TO_ACTION', priority: 'URGENT' });

  const second = await review(waiting.filter((ubrn) => ubrn !== first));
  strike('A028', { kind: 'status', status: 422, code: 'PRIORITY_NOT_CURRENT' });
  await decide(...RETURN);
  await returnWith(second, 'Physiotherapy first');
  await desk.shows(/NOT RECORDED: refused[\s\S]*priority of the referral was changed/);
  await desk.press('Ctrl+Shift+F9');
  await decide(...RETURN);
  expect(await desk.page.locator('.review textarea').inputValue()).toBe('Physiotherapy first');
  strike('A028', { kind: 'drop-after' });
  await digits(second);
  await desk.press('Ctrl+Enter');
  await desk.shows(/NOT CONFIRMED: the review is still open/);
  desk.clock.pass(FIRST_READ_BACK_MS);
  await desk.shows(/Returned with advice/);
  expect(world().referral(second)).toMatchObject({
    state: 'TRIAGE_RESPONSE',
    stateComments: 'Physiotherapy first',
  });
  expect(sent('A028', second)).toBe(2);

  const third = await review(ofScene('deferred-for-review'), 'Ctrl+5');
  await decide(...RETURN);
  world().recordReviewByAnother(third, 'RETURN_TO_REFERRER_WITH_ADVICE', 'Ours already');
  await returnWith(third, 'Advice of mine');
  await desk.shows(/NOT RECORDED: the referral has changed/);
  expect(sent('A028', third)).toBe(0);
});
