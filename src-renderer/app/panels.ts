import { readonly, ref } from 'vue';

/** The panels that lie over the screens; one at a time. */
export type PanelName = 'find' | 'palette' | 'keys' | 'help' | 'outbox' | 'role';

const open = ref<PanelName | null>(null);

/** The panel that is open, or null. */
export const openPanel = readonly(open);

export function showPanel(name: PanelName): void {
  open.value = name;
}

export function closePanel(): void {
  open.value = null;
}
