// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { expect, it } from 'vitest';
import NhsErrorSummary from '../../../src-renderer/nhsuk/NhsErrorSummary.vue';

it('takes the focus on every failed submit, not only the first', async () => {
  const errors = [{ text: 'Type 12 digits', fieldId: 'field' }];
  const wrapper = mount(NhsErrorSummary, { props: { errors, attempt: 1 }, attachTo: document.body });
  await nextTick();
  expect(document.activeElement).toBe(wrapper.element);
  (document.activeElement as HTMLElement).blur();
  await wrapper.setProps({ attempt: 2 });
  await nextTick();
  expect(document.activeElement).toBe(wrapper.element);
  wrapper.unmount();
});

it('links to the field and leaves the address alone', async () => {
  const field = document.createElement('input');
  field.id = 'field';
  document.body.append(field);
  const before = location.href;
  const wrapper = mount(NhsErrorSummary, {
    props: { errors: [{ text: 'Type 12 digits', fieldId: 'field' }], attempt: 1 },
    attachTo: document.body,
  });
  await nextTick();
  await wrapper.get('a').trigger('click');
  expect(document.activeElement).toBe(field);
  expect(location.href).toBe(before);
  wrapper.unmount();
  field.remove();
});

it('is absent without errors', () => {
  expect(
    mount(NhsErrorSummary, { props: { errors: [], attempt: 1 } })
      .find('[role="alert"]')
      .exists(),
  ).toBe(false);
});
