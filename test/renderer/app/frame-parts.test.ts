// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentProblem, problemDetails } from '../../../src-renderer/app/current-problem.ts';
import LoadingNote from '../../../src-renderer/app/LoadingNote.vue';
import ProblemPanel from '../../../src-renderer/app/ProblemPanel.vue';
import StatusLine from '../../../src-renderer/app/StatusLine.vue';
import { announce } from '../../../src-renderer/app/status-line.ts';
import { countOf, foldText, formatName } from '../../../src-renderer/app/format.ts';

describe('ProblemPanel', () => {
  const problem = { kind: 'locked', code: 'REFERRAL_LOCKED', correlationId: 'abc-1', facts: {} } as const;

  it('shows title, meaning, next step and correlation id, as an alert', () => {
    const wrapper = mount(ProblemPanel, { props: { problem } });
    expect(wrapper.get('[role="alert"]').text()).toContain('Someone else is working on this referral');
    expect(wrapper.text()).toContain('Wait about 10 seconds');
    expect(wrapper.get('code').text()).toBe('abc-1');
    wrapper.unmount();
  });

  it('is the problem whose details can be copied as long as it is on show', () => {
    const wrapper = mount(ProblemPanel, { props: { problem } });
    expect(currentProblem.value && problemDetails(currentProblem.value)).toBe(
      'Booking Desk problem REFERRAL_LOCKED; correlation id: abc-1',
    );
    wrapper.unmount();
    expect(currentProblem.value).toBeNull();
  });
});

describe('LoadingNote', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('waits 300 ms before it says that something is being read', async () => {
    const wrapper = mount(LoadingNote, { props: { isLoading: true } });
    vi.advanceTimersByTime(299);
    await nextTick();
    expect(wrapper.text()).toBe('');
    vi.advanceTimersByTime(1);
    await nextTick();
    expect(wrapper.text()).toBe('Reading from e-RS…');
    await wrapper.setProps({ isLoading: false });
    expect(wrapper.text()).toBe('');
  });
});

describe('StatusLine', () => {
  it('announces politely, and the same text twice as two messages', async () => {
    const wrapper = mount(StatusLine);
    announce('Read again.');
    await nextTick();
    const first = wrapper.get('span').element;
    announce('Read again.');
    await nextTick();
    expect(wrapper.get('[role="status"]').text()).toBe('Read again.');
    expect(wrapper.get('span').element).not.toBe(first);
  });
});

describe('format', () => {
  it('writes names in the staff form', () => {
    expect(formatName({ family: 'Smith', given: 'John', prefix: 'Mr' })).toBe('SMITH, John (Mr)');
    expect(formatName({ family: 'O’Brien-Ngũgĩ', given: '', prefix: '' })).toBe('O’BRIEN-NGŨGĨ');
  });

  it('folds accents and counts', () => {
    expect(foldText('Żółć Łukasz Siân')).toBe('zolc lukasz sian');
    expect([countOf(1, 'row'), countOf(10_000, 'row'), countOf(2, 'entry', 'entries')]).toEqual([
      '1 row',
      '10,000 rows',
      '2 entries',
    ]);
  });
});
