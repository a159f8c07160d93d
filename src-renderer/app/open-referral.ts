import { nextTick } from 'vue';
import type { Router } from 'vue-router';
import type { ReferralView } from '../../src-main/contract/channels/referral.ts';
import { focusPane } from './panes.ts';
import { closeOutbox, isOutboxOpen } from './panels.ts';

let handedOver: ReferralView | null = null;

/**
 * Shows a referral in the centre and puts the focus there at once, so that further keys no longer move the list.
 * A view that was read already (after the second identifier) is handed over and not read again.
 */
export async function openReferral(
  router: Router,
  ubrn: string,
  view: ReferralView | null = null,
): Promise<void> {
  if (isOutboxOpen.value) await closeOutbox();
  handedOver = view;
  focusPane('centre');
  await router.push({ name: 'referral', params: { ubrn } });
  await nextTick();
  handedOver = null;
}

/** The view handed over for a UBRN while its screen is put up; null when the screen has to read it. */
export function takeHandedOver(ubrn: string): ReferralView | null {
  return handedOver?.ubrn === ubrn ? handedOver : null;
}
