// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NhsButton from '../../../src-renderer/nhsuk/NhsButton.vue';

it('is a plain button unless told otherwise, and shows its keys', () => {
  const wrapper = mount(NhsButton, { props: { keys: 'F7', kind: 'warning' }, slots: { default: 'Slots' } });
  expect(wrapper.attributes('type')).toBe('button');
  expect(wrapper.classes()).toContain('nhsuk-button--warning');
  expect(wrapper.get('kbd').text()).toBe('F7');
});
