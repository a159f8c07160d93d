import { computed, shallowRef, type ComputedRef } from 'vue';

/** How much larger than normal the text is; the styles of `look.css` have the same figures. */
export const TEXT_SCALES = { normal: 1, large: 1.125, largest: 1.25 } as const;

const scale = shallowRef<number>(1);

export function setTextScale(next: number): void {
  scale.value = next;
}

/** The height of a row of a virtual list, whose place is counted and not measured, at the size of the text. */
export function useRowPx(normalPx: () => number): ComputedRef<number> {
  return computed(() => Math.round(normalPx() * scale.value));
}
