/** What a deferral never does, whatever the other features say: guards that the training world cannot reach. */
import { describe, expect, it } from 'vitest';
import { createDeferral } from '../../../src-main/features/booking/deferral.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import type { OpenReferral } from '../../../src-main/features/referral/referral.ts';
import { fail } from '../../../src-main/contract/outcome.ts';
import type { Referral } from '../../../src-main/ers/model.ts';
import { abilitiesOf } from '../../../src-main/features/session/abilities.ts';
import { makeReferral } from '../../support/ers-records.ts';
import { makeDefer, NHS_NUMBER, OWNER, UBRN } from '../../support/intents.ts';
import { createManualClock } from '../../support/manual-clock.ts';

/** A deferral feature with a referral open at a service that is known to have no slots. */
function begin(changes: Partial<Referral> = {}, canBook: () => string | null = () => null) {
  const clock = createManualClock();
  const asked: Intent[] = [];
  const parts = { isWritesOff: false, isOpen: true };
  const referral = makeReferral(changes);
  const view = () => ({
    canBook: canBook(),
    shortlist: referral.shortlist.map((entry) => ({ ...entry, bookable: 'directly' })),
  });
  const open = () => ({ referral, patient: null, services: [], view: view() }) as unknown as OpenReferral;
  const deferral = createDeferral({
    clock,
    desk: () => ({ ...OWNER, sitting: 1, can: abilitiesOf(OWNER.businessFunction) }),
    opened: () => (parts.isOpen ? open() : null),
    outbox: () =>
      parts.isWritesOff
        ? null
        : {
            isUnsettled: () => false,
            ask: (_desk, intent) => {
              asked.push(intent);
              return fail('internal', 'asked');
            },
            askWithFiles: () => fail('internal', 'no-files-here'),
          },
    writesOffReason: () => 'no-keyring',
    isOffline: () => false,
    targetOf: () => {
      const { ubrn, pinnedVersion, nhsNumber, serviceId, serviceName, isUrgent, saw } = makeDefer();
      return { ubrn, pinnedVersion, nhsNumber, serviceId, serviceName, isUrgent, saw };
    },
    auditRefusal: () => {},
    refusalOf: () => null,
    emptySearchOf: () => ({ readAt: '2026-11-18T08:26:40.000Z', readAtMonoMs: clock.monotonicMs() }),
    foundAt: () => ({ slots: 0, readAt: '2026-11-18T08:26:40.000Z' }),
  });
  const review = deferral.review({ ubrn: UBRN, serviceId: '11000' });
  const reviewId = review.ok ? review.value.reviewId : '';
  const commit = { reviewId, digits: NHS_NUMBER.slice(-4), comment: '' };
  return { deferral, asked, parts, commit };
}

describe('a deferral', () => {
  it('is asked for with the evidence of the panel and the version that was seen', () => {
    const { deferral, asked, commit } = begin();
    expect(deferral.commit(commit)).toMatchObject({ problem: { code: 'asked' } });
    expect(asked).toMatchObject([
      { action: 'defer', reason: 'NO_SLOTS_AT_SERVICE', slotId: null, slotStart: null, pinnedVersion: 5 },
    ]);
  });

  it.each([
    ['commissioning organisation', { commissioningOrg: null }, 'no-commissioning-organisation'],
    ['known priority', { priority: { code: 'SOON', display: '' } }, 'unknown-priority'],
  ] as const)('is not asked for without a %s: the search could not be made again', (_what, changes, code) => {
    const { deferral, asked, commit } = begin(changes);
    expect(deferral.commit(commit)).toMatchObject({ problem: { kind: 'rejected', code } });
    expect(asked).toEqual([]);
  });

  it.each(['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'])(
    'is asked for with the priority %s of the referral',
    (code) => {
      const { deferral, asked, commit } = begin({ priority: { code, display: '' } });
      deferral.commit(commit);
      expect(asked).toMatchObject([{ priority: code }]);
    },
  );

  it('is not asked for where writes went off, or the referral closed, after the panel opened', () => {
    const { deferral, asked, parts, commit } = begin();
    parts.isWritesOff = true;
    expect(deferral.commit(commit)).toMatchObject({ problem: { kind: 'writes-off', code: 'no-keyring' } });
    expect(deferral.review({ ubrn: UBRN, serviceId: '11000' })).toMatchObject({
      problem: { kind: 'writes-off' },
    });
    parts.isWritesOff = false;
    parts.isOpen = false;
    expect(deferral.commit(commit)).toMatchObject({ problem: { kind: 'expired', code: 'review-closed' } });
    parts.isOpen = true;
    expect(deferral.commit(commit)).toMatchObject({ problem: { code: 'review-closed' } });
    expect(asked).toEqual([]);
  });

  it('is closed by what a later reading said against booking, and stays so', () => {
    let objection: string | null = null;
    const { deferral, asked, commit } = begin({}, () => objection);
    objection = 'patient-deceased';
    expect(deferral.commit(commit)).toMatchObject({
      problem: { kind: 'rejected', code: 'patient-deceased' },
    });
    objection = null;
    expect(deferral.commit(commit)).toMatchObject({ problem: { code: 'review-closed' } });
    expect(asked).toEqual([]);
  });

  it('forgets its panels with the desk', () => {
    const { deferral, commit } = begin();
    deferral.forget();
    expect(deferral.commit(commit)).toMatchObject({ problem: { code: 'review-closed' } });
  });
});
