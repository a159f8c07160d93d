// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { bookingMark } from '../../../src-renderer/features/worklist/booking-marks.ts';
import { columnsOf } from '../../../src-renderer/features/worklist/columns.ts';
import WorklistRow from '../../../src-renderer/features/worklist/WorklistRow.vue';
import { makeNhsNumber, makeRow } from '../../support/fake-data.ts';

const row = makeRow(1, {
  created: '2026-11-20T09:00:00.000Z',
  contactBy: '2026-11-20',
  status: null,
  reason: { code: 'NO_SLOTS_AT_SERVICE', display: '' },
});

function show(changes: Record<string, unknown> = {}) {
  return mount(WorklistRow, {
    props: {
      row,
      columns: columnsOf('APPOINTMENT_SLOT_ISSUES'),
      today: '2026-11-23',
      isNumberHidden: false,
      listed: null,
      flag: null,
      mark: null,
      ...changes,
    },
  });
}

describe('a row of the worklist', () => {
  it('says in words what colour and shape say too', () => {
    const text = show().text();
    expect(text).toContain('Urgent');
    expect(text).toContain('20-Nov-2026 overdue');
    expect(text).toContain('No slots at service');
    expect(text).toContain('3 d');
  });

  it('shows a name in the staff form, tells a missing one from one not read yet, and flags a similar one', () => {
    const name = { family: 'Żółć', given: 'Zoë', prefix: 'Dr' };
    const listed = { nhsNumber: row.nhsNumber, name, birthDate: null };
    expect(show({ listed, flag: 'similar-name' }).text()).toMatch(/ŻÓŁĆ, Zoë \(Dr\).*similar name/);
    expect(show({ listed: { ...listed, name: null } }).text()).toContain('no name');
    expect(show().text()).toContain('…');
  });

  it('says what became of a booking here in place of the list’s older status', () => {
    const text = show({ mark: bookingMark('booked') }).text();
    expect(text).toContain('Booked');
    expect(text).not.toContain('No slots at service');
  });

  it('hides the digits that the patient is being asked for', () => {
    const lastFour = makeNhsNumber(1).slice(-4);
    expect(show().text()).toContain(lastFour);
    expect(show({ isNumberHidden: true }).text()).not.toContain(lastFour);
  });

  it('shows markup in a name as text', () => {
    const name = { family: '<img src=x onerror=alert(1)>', given: '', prefix: '' };
    const wrapper = show({ listed: { nhsNumber: row.nhsNumber, name, birthDate: null } });
    expect(wrapper.find('img').exists()).toBe(false);
  });
});
