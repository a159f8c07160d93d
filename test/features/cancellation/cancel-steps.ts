/** The steps to a cancellation, as clerks take them in the tests of main. */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { SceneName } from '../../../src-main/training-service/world/drafts.ts';
import { digitsOf, openClerkDesk, pass, type ClerkDesk } from '../../support/clerk-steps.ts';
import type { TestDesk, TestDeskOptions } from '../../support/desk.ts';

export const PROVIDER = 'R68.SERVICE_PROVIDER_CLINICIAN';
export const REFERRER = 'R69.REFERRING_CLINICIAN_ADMIN';
export const PDF = Buffer.from('%PDF-1.7 a letter').toString('base64');

export interface AtReferral extends ClerkDesk {
  readonly ubrn: string;
  readonly digits: string;
}

/** Signs in, reads the review list where it is the provider's desk, and opens the first referral of a scene. */
export async function openScene(
  scene: SceneName,
  { roleId = REFERRER, index = 0, ...options }: TestDeskOptions & { roleId?: string; index?: number } = {},
): Promise<AtReferral> {
  const at = await openClerkDesk(options);
  await at.desk.signIn(roleId);
  const ubrn = at.desk.service.world.findScene(scene)[index] ?? '';
  if (roleId === PROVIDER) await at.desk.must('worklist/fetch', { kind: 'REFERRALS_FOR_REVIEW' });
  const { nhsNumber } = at.desk.service.world.referral(ubrn);
  await at.desk.must('referral/open', { ubrn, secondIdentifier: nhsNumber.slice(-4) });
  return { ...at, ubrn, digits: digitsOf(at.desk, ubrn, 'birth-ddmm') };
}

export const wrong = (digits: string) => (digits === '0101' ? '0202' : '0101');

/** What became of the item, after so many seconds. */
export async function settled(desk: TestDesk, item: OutboxItem, seconds = 5): Promise<OutboxItem> {
  await pass(desk, seconds);
  const { items } = await desk.must('outbox/read-items', {});
  const found = items.find(({ intentId }) => intentId === item.intentId);
  if (found === undefined) throw new Error('the item is not shown');
  return found;
}

/** The audit events of the desk itself, for a referral. */
export async function localEvents(desk: TestDesk, ubrn: string): Promise<string[]> {
  const view = await desk.must('referral/reread', { ubrn });
  return view.history.filter(({ what }) => what === 'Local event').map(({ code }) => code);
}
