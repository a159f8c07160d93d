import { onBeforeUnmount, ref, type Ref } from 'vue';
import { mainNowMs } from './main-clock.ts';

/** Main's time, renewed while the component is on show: for ages and waiting times. */
export function useMainNow(everyMs = 1000): Readonly<Ref<number>> {
  const now = ref(mainNowMs());
  const timer = setInterval(() => (now.value = mainNowMs()), everyMs);
  onBeforeUnmount(() => clearInterval(timer));
  return now;
}
