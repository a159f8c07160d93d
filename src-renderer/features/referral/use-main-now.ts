import { onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { useSessionStore } from '../session/session.store.ts';
import { mainNowMs, noteMainInstant } from './main-clock.ts';

/** Main's time, renewed while the component is on show: for ages and waiting times. */
export function useMainNow(everyMs = 1000): Readonly<Ref<number>> {
  const session = useSessionStore();
  // Remembered readings are old: without the hour at which the line went they would seem fresh (hazard 4).
  watch(
    () => session.connection.since,
    (since) => {
      if (since !== null) noteMainInstant(since);
    },
    { immediate: true },
  );
  const now = ref(mainNowMs());
  const timer = setInterval(() => (now.value = mainNowMs()), everyMs);
  onBeforeUnmount(() => clearInterval(timer));
  return now;
}
