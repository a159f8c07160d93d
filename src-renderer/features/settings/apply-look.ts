import type { Look } from '../../../src-main/contract/channels/settings.ts';
import { setTextScale, TEXT_SCALES } from '../../app/text-scale.ts';

const CLASSES = ['desk-text--large', 'desk-text--largest', 'desk-contrast--high'] as const;

/** Puts a look on the whole window, sign-in and lock included: two classes of the root, nothing is stored. */
export function applyLook({ textSize, contrast }: Pick<Look, 'textSize' | 'contrast'>): void {
  const wanted: readonly string[] = [`desk-text--${textSize}`, `desk-contrast--${contrast}`];
  const { classList } = document.documentElement;
  CLASSES.forEach((name) => classList.toggle(name, wanted.includes(name)));
  setTextScale(TEXT_SCALES[textSize]);
}
