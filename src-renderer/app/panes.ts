import { setPane } from '../keyboard/scopes.ts';

/** The frame's panes in the order of F6. */
export type PaneName = 'banner' | 'worklist' | 'centre' | 'detail';

const paneElements = () => [...document.querySelectorAll<HTMLElement>('[data-pane]')];
const isShown = (pane: HTMLElement) => pane.childElementCount > 0 && pane.getClientRects().length > 0;

function focusIn(pane: HTMLElement): void {
  const target = pane.querySelector<HTMLElement>('[data-pane-focus]') ?? pane;
  target.focus();
  setPane(pane.dataset['pane'] ?? '');
}

/** Gives a pane the focus: its own choice (`data-pane-focus`), else the pane itself. */
export function focusPane(name: PaneName): void {
  const pane = paneElements().find((element) => element.dataset['pane'] === name);
  if (pane) focusIn(pane);
}

/** Moves the focus to the next pane that shows something; by -1 to the one before. */
export function cyclePanes(by: 1 | -1): void {
  const panes = paneElements().filter(isShown);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = at === -1 && by === -1 ? 0 : at;
  const next = panes[(start + by + panes.length) % panes.length];
  if (next) focusIn(next);
}

/** Tells the keyboard which pane has the focus. */
export function followFocus(event: FocusEvent): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-pane]') : null;
  setPane(target?.dataset['pane'] ?? '');
}
