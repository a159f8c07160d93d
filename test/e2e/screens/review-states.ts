/** A provider judges referrals; main is scripted where a state must be met on demand. */
import type { OutcomeReview } from '../../../src-main/contract/channels/review.ts';
import { ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import type { SceneName } from '../../../src-main/training-service/world/drafts.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { spokenDigits } from '../support/truth.ts';
import { makeItem } from './cancellation-states.ts';
import { listRead } from './reach.ts';
import type { ScreenState } from './registry.ts';

const SENDER = { isTrusted: true, place: 'test' };

/** The clinician's desk with a referral of the review list under review. */
async function underReview(desk: ClerkDesk, scene: SceneName): Promise<string> {
  await desk.app.handle('session/choose-role', { roleId: 'R68.SERVICE_PROVIDER_CLINICIAN' }, SENDER);
  await desk.page.reload();
  await listRead(desk);
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
  const ubrns = desk.service.world.findScene(scene);
  const ubrn = await desk.selectBefore((candidate) => ubrns.includes(candidate));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Born\s+\d\d-/);
  await desk.press('Ctrl+Shift+F9');
  await desk.shows(/NOTHING DECIDED/);
  return ubrn;
}

/** Chooses the decision by its place among those that are possible. */
async function decide(desk: ClerkDesk, place: number, shown: RegExp): Promise<void> {
  await desk.page.locator('.judge [role="listbox"]').waitFor();
  await desk.press('Home', ...Array<string>(place).fill('ArrowDown'), 'Enter');
  await desk.shows(shown);
}

export const REVIEW_SCREENS: readonly ScreenState[] = [
  {
    name: 'judge--decisions',
    shows: /Review: NOTHING DECIDED[\s\S]*Accept[\s\S]*Reject/,
    reach: (desk) => underReview(desk, 'booked-for-review').then(() => undefined),
  },
  {
    name: 'judge--beside-a-file',
    shows: /Clinical information opened/,
    async reach(desk) {
      await underReview(desk, 'triage-with-files');
      await desk.press('Ctrl+O', 'Enter');
      await desk.shows(/page 1 of/);
    },
  },
  {
    name: 'judge--reject',
    shows: /Cancelled in PAS\?/,
    async reach(desk) {
      await underReview(desk, 'review-indirectly');
      await decide(desk, 1, /Reason \(required\)/);
    },
  },
  {
    name: 'judge--return',
    shows: /Looked up: no date of death/,
    async reach(desk) {
      desk.scripted.script('review/review-outcome', async (input) => {
        const real = (await desk.app.handle(
          'review/review-outcome',
          input,
          SENDER,
        )) as Outcome<OutcomeReview>;
        return real.ok ? ok({ ...real.value, asksAlive: true }) : real;
      });
      await underReview(desk, 'awaiting-triage');
      await decide(desk, 1, /Advice for the referrer/);
    },
  },
  {
    name: 'judge--done',
    shows: /The review is closed[\s\S]*Next referral/,
    async reach(desk) {
      const ubrn = await underReview(desk, 'booked-for-review');
      const item = makeItem(desk, ubrn, { action: 'accept-referral', state: 'done' });
      desk.scripted.script('review/commit-acceptance', ok({ kind: 'started' as const, item }));
      await decide(desk, 0, /Accept this referral\?/);
      await desk.type(spokenDigits(desk.service, ubrn));
      await desk.press('Ctrl+Enter');
    },
  },
];
