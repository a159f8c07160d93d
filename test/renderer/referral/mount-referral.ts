/** The whole desk with a referral of the worklist open: what every test of a clinical screen starts from. */
import { ok } from '../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';
import { makeReferral } from './referral-fakes.ts';

/** Answers of a main that opens any referral. */
export const openingAnswers: FakeAnswers = {
  'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn })),
  'referral/reread': ({ ubrn }) => ok(makeReferral({ ubrn })),
  'referral/close': () => ok({}),
  'booking/read-state': () => ok({ booking: null }),
};

/** Mounts the desk and opens the second row of its list: ↓ Enter. */
export async function mountReferral(answers: FakeAnswers = {}): Promise<MountedDesk> {
  const desk = await mountDesk({ ...openingAnswers, ...answers });
  await desk.press('ArrowDown', 'Enter');
  return desk;
}
