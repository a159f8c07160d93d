import { describe, expect, it } from 'vitest';
import { openClerkDesk, openReferral } from '../../support/clerk-steps.ts';
import type { TestDesk } from '../../support/desk.ts';

async function signOutAndIn(desk: TestDesk): Promise<void> {
  await desk.must('session/sign-out', {});
  await desk.signIn();
}

describe('F2 by an NHS number', () => {
  it('finds what this person used before, though no list of e-RS was read in this sitting', async () => {
    const { desk } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = '', other = ''] = desk.service.world.findScene('bookable');
    await openReferral(desk, ubrn);
    await signOutAndIn(desk);
    const { nhsNumber } = desk.service.world.referral(ubrn);
    const found = await desk.must('referral/find', { text: nhsNumber });
    expect(found).toEqual({ kind: 'in-lists', nhsNumber, ubrns: [ubrn] });
    expect((await desk.ask('referral/open', { ubrn, secondIdentifier: null })).ok).toBe(true);
    const unknown = desk.service.world.referral(other).nhsNumber;
    expect(await desk.ask('referral/find', { text: unknown })).toMatchObject({
      problem: { code: 'nhs-number-not-in-lists' },
    });
    expect(await desk.ask('referral/open', { ubrn: other, secondIdentifier: null })).toMatchObject({
      problem: { kind: 'needs-second-identifier' },
    });
  });

  it('finds nothing of a colleague’s', async () => {
    const { desk, card } = await openClerkDesk();
    await desk.signIn();
    const [ubrn = ''] = desk.service.world.findScene('bookable');
    await openReferral(desk, ubrn);
    card.userId = '555000000102';
    await signOutAndIn(desk);
    expect(
      await desk.ask('referral/find', { text: desk.service.world.referral(ubrn).nhsNumber }),
    ).toMatchObject({ problem: { code: 'nhs-number-not-in-lists' } });
  });
});
