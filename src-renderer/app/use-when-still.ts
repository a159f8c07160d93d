import { onScopeDispose } from 'vue';

/** Long enough that a list being scrolled asks for nothing, short enough that nobody waits for it. */
const STILL_MS = 120;

/** Gives a function that runs `deed` with the last value it was called with, once no newer one came for a moment. */
export function useWhenStill<Value>(deed: (value: Value) => void): (value: Value) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => deed(value), STILL_MS);
  };
}
