import { onBeforeUnmount, onMounted, shallowReactive } from 'vue';

/** Where keys go now: an open panel first, else the focused pane, the screen, and what holds anywhere. */
const state = shallowReactive({ screen: '', pane: '', panels: [] as readonly string[] });

export const ANYWHERE = 'anywhere';

/** Names the screen in the centre, by its route name. */
export function setScreen(name: string): void {
  state.screen = name;
}

/** Names the pane that has the focus; its commands come before the screen's. */
export function setPane(name: string): void {
  state.pane = name;
}

/** The pane that had the focus last; an open panel does not change it. */
export function currentPane(): string {
  return state.pane;
}

export function currentScreen(): string {
  return state.screen;
}

/** True while a panel lies over the screens; then only its own commands and those marked for panels run. */
export function isPanelOpen(): boolean {
  return state.panels.length > 0;
}

/** The scopes that a key is looked up in, nearest first. */
export function activeScopes(): readonly string[] {
  const panel = state.panels.at(-1);
  if (panel !== undefined) return [panel];
  return [...new Set([state.pane, state.screen, ANYWHERE])].filter((scope) => scope !== '');
}

/** While the component is mounted, keys go to the commands of this scope only. */
export function usePanelScope(name: string): void {
  onMounted(() => (state.panels = [...state.panels, name]));
  onBeforeUnmount(() => {
    const at = state.panels.lastIndexOf(name);
    state.panels = state.panels.filter((_, i) => i !== at);
  });
}
