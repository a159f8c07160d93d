import { nextTick, readonly, ref } from 'vue';
import { currentScreen, setScreen } from '../keyboard/scopes.ts';

/** The panels that lie over the screens; one at a time. */
export type PanelName =
  | 'find'
  | 'palette'
  | 'keys'
  | 'help'
  | 'role'
  | 'settings'
  | 'diagnostics'
  | 'audit'
  | 'desk-pin'
  | 'leave-by-sign-out'
  | 'leave-by-role-change'
  | 'sort'
  | 'narrow'
  | 'saved-filters'
  | 'ring-back'
  | 'finish-task'
  | 'print'
  | 'print-batch'
  | 'print-log';

const open = ref<PanelName | null>(null);
const outbox = ref(false);
let cameFrom: { readonly screen: string; readonly focus: Element | null } = { screen: '', focus: null };

/** The panel that is open, or null. */
export const openPanel = readonly(open);

/** True while the outbox lies over the screens; they stay beneath it as they were, drafts and all. */
export const isOutboxOpen = readonly(outbox);

export function showPanel(name: PanelName): void {
  open.value = name;
}

export function closePanel(): void {
  open.value = null;
}

/** Shows the outbox in the place of the screens; keys belong to it from now on. */
export function openOutbox(): void {
  if (outbox.value) return;
  cameFrom = { screen: currentScreen(), focus: document.activeElement };
  outbox.value = true;
  setScreen('outbox');
}

/** Puts the outbox away with the whole frame, as at a lock or a change of role; the focus is not its own then. */
export function dropOutbox(): void {
  if (currentScreen() === 'outbox') setScreen(cameFrom.screen);
  cameFrom = { screen: '', focus: null };
  outbox.value = false;
}

/** Puts the outbox away and gives the focus back to where it was. */
export async function closeOutbox(): Promise<void> {
  if (!outbox.value) return;
  const { focus } = cameFrom;
  dropOutbox();
  await nextTick();
  if (focus instanceof HTMLElement) focus.focus();
}
