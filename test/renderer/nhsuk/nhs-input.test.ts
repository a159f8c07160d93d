// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NhsInput from '../../../src-renderer/nhsuk/NhsInput.vue';

it('ties label, hint and error to the input', () => {
  const wrapper = mount(NhsInput, {
    props: { modelValue: '', label: 'UBRN', hint: '12 digits', error: 'Too short', id: 'ubrn' },
  });
  const input = wrapper.get('input');
  expect(wrapper.get('label').attributes('for')).toBe('ubrn');
  expect(input.attributes('aria-describedby')).toBe('ubrn-hint ubrn-error');
  expect(input.attributes('aria-invalid')).toBe('true');
  expect(wrapper.get('#ubrn-error').text()).toContain('Too short');
});

it('says nothing of an error when there is none, keeps the browser’s memory out, and gives back what is typed', async () => {
  const wrapper = mount(NhsInput, { props: { modelValue: '', label: 'UBRN' } });
  const input = wrapper.get('input');
  expect(input.attributes('aria-invalid')).toBeUndefined();
  expect(input.attributes('autocomplete')).toBe('off');
  await input.setValue('0000 4900 0001');
  expect(wrapper.emitted('update:modelValue')).toEqual([['0000 4900 0001']]);
});
