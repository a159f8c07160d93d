// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NhsInsetText from '../../../src-renderer/nhsuk/NhsInsetText.vue';
import NhsTag from '../../../src-renderer/nhsuk/NhsTag.vue';
import NhsWarning from '../../../src-renderer/nhsuk/NhsWarning.vue';

it('a tag carries its state in words and its colour as a class', () => {
  const tag = mount(NhsTag, { props: { colour: 'red' }, slots: { default: 'Cancelled' } });
  expect(tag.text()).toBe('Cancelled');
  expect(tag.classes()).toContain('nhsuk-tag--red');
});

it('inset text and warnings say to screen readers what they are', () => {
  expect(mount(NhsInsetText, { slots: { default: 'Note' } }).text()).toBe('Information: Note');
  const warning = mount(NhsWarning, {
    props: { heading: 'Session ended' },
    slots: { default: '<p>Sign in</p>' },
  });
  expect(warning.get('h2').text()).toBe('Important: Session ended');
  expect(warning.text()).toContain('Sign in');
});
