import { defineStore } from 'pinia';
import { ref } from 'vue';

/** The referral whose appointment is being moved to another day: one guided task (screens.md section 8). */
export const useMoveStore = defineStore('move', () => {
  const ubrn = ref<string | null>(null);

  function begin(next: string): void {
    ubrn.value = next;
  }

  function forget(): void {
    ubrn.value = null;
  }

  return { ubrn, begin, forget };
});
