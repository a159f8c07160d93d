import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src-main/ers/catalogue.ts';
import {
  actionOf,
  CALL_KINDS,
  isFailed,
  listActions,
  namedFacts,
  otherFacts,
} from '../../../src-main/features/audit/entry-kinds.ts';

describe('the kinds of entries', () => {
  it('name every operation of the client', () => {
    expect([...catalogue.keys()].filter((id) => CALL_KINDS[id] === undefined)).toEqual([]);
  });

  it('make one action of the steps of an intent', () => {
    expect(actionOf('Outbox cancel-later NEEDS_CLERK')).toBe('Outbox cancel-later');
    expect(actionOf('API Book Appointment')).toBe('API Book Appointment');
    expect(listActions(['book'])).toEqual(
      expect.arrayContaining(['Outbox book', 'Audit trail', 'PDS Retrieve Patient']),
    );
  });

  it.each([
    ['API Book Appointment', 'POST', 'success', false],
    ['API Book Appointment', 'POST', 'SLOT_NOT_AVAILABLE', true],
    ['API Book Appointment', 'POST', 'lost', true],
    ['Outbox book SENDING', 'POST', '', false],
    ['Outbox book APPLIED', 'LOCAL', '', false],
    ['Outbox book NEEDS_CLERK', 'LOCAL', 'reply-lost', true],
    ['Outbox QUARANTINED', 'LOCAL', 'record-not-readable', true],
    ['Print letter', 'LOCAL', 'printed', false],
    ['Print letter', 'LOCAL', 'failed', true],
    ['Local event', 'LOCAL', 'wrong-identity-digits', true],
    ['Local event', 'LOCAL', 'desk-pin-wrong', true],
    ['Local event', 'LOCAL', 'attachment-saved', false],
    ['Audit trail', 'LOCAL', 'trail-broken-cut-short', true],
    ['Audit trail', 'LOCAL', 'audit-viewed', false],
  ] as const)('%s %s “%s” has failed: %s', (type, method, outcome, hasFailed) => {
    expect(isFailed({ type, method, outcome })).toBe(hasFailed);
  });

  it('keep fields apart from what else was noted', () => {
    const facts = { intentId: 'i', pinnedVersion: 5, attempt: 2, fileName: 'a.pdf' };
    expect(namedFacts(facts)).toMatchObject({
      intentId: 'i',
      versionBefore: '5',
      versionAfter: '',
      fileName: 'a.pdf',
    });
    expect(otherFacts(facts)).toEqual([{ name: 'attempt', value: '2' }]);
  });
});
