import { onBeforeUnmount, type Ref } from 'vue';

const shown = new Map<string, Ref<string>>();
const waiting = new Map<string, string>();

/**
 * Names a text of a panel that has no store, so that it comes back after a lock; to be called once in its setup. What
 * was kept under the name is put in at once.
 */
export function useKeptField(name: string, field: Ref<string>): void {
  field.value = waiting.get(name) ?? field.value;
  waiting.delete(name);
  shown.set(name, field);
  onBeforeUnmount(() => {
    if (shown.get(name) === field) shown.delete(name);
  });
}

/** What stands in the named fields now. */
export function readKeptFields(): Readonly<Record<string, string>> {
  return Object.fromEntries([...shown].map(([name, field]) => [name, field.value]));
}

/** Has these texts wait for their fields; what waited before is dropped. */
export function putKeptFields(fields: Readonly<Record<string, string>>): void {
  waiting.clear();
  Object.entries(fields).forEach(([name, text]) => waiting.set(name, text));
}
