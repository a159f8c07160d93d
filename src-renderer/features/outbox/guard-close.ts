import { onBeforeUnmount, onMounted } from 'vue';
import { useSessionStore } from '../session/session.store.ts';
import { useOutboxStore } from './outbox.store.ts';

/**
 * Has the browser ask before its window closes while something is not done (hazard 2). The Electron host asks
 * itself, with the count, so there the page stays out of it.
 */
export function useCloseGuard(): void {
  const session = useSessionStore();
  const outbox = useOutboxStore();

  function askBeforeClose(event: BeforeUnloadEvent): void {
    const isBrowser = session.environment?.host === 'chromium';
    if (isBrowser && (outbox.summary?.open ?? 0) > 0) event.preventDefault();
  }

  onMounted(() => window.addEventListener('beforeunload', askBeforeClose));
  onBeforeUnmount(() => window.removeEventListener('beforeunload', askBeforeClose));
}
