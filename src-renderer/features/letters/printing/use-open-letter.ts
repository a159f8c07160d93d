import { nextTick } from 'vue';
import { useRouter } from 'vue-router';
import { focusPane } from '../../../app/panes.ts';
import { closeOutbox, closePanel } from '../../../app/panels.ts';

/** Closes the panel and shows the letter of a referral, fetched afresh. */
export function useOpenLetter() {
  const router = useRouter();
  return async (ubrn: string): Promise<void> => {
    closePanel();
    await closeOutbox();
    await nextTick();
    focusPane('centre');
    await router.push({ name: 'letter', params: { ubrn } });
  };
}
