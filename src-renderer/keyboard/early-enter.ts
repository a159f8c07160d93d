/**
 * Enter that is pressed while the window is still empty, before any control is there to take it: the sign-in screen
 * takes it when it comes up, so that the first key of the day is not lost. Only at the start of the window, never later.
 */
let isPressed = false;
let stopCatching: () => void = () => undefined;

const isEmpty = () => document.querySelector('button, input, [tabindex]') === null;

function note(event: KeyboardEvent): void {
  const isPlain =
    event.key === 'Enter' && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey;
  // Whoever goes on to another key means something else.
  if (!event.repeat && isEmpty()) isPressed = isPlain;
}

/** Begins; from here until the first screen asks for it. The returned function ends it. */
export function catchEarlyEnter(target: Window): () => void {
  stopCatching();
  target.addEventListener('keydown', note, { capture: true });
  stopCatching = () => {
    isPressed = false;
    target.removeEventListener('keydown', note, { capture: true });
  };
  return stopCatching;
}

/** True once, when Enter came before the first screen; nothing is caught any more after that. */
export function takeEarlyEnter(): boolean {
  const wasPressed = isPressed;
  stopCatching();
  return wasPressed;
}

/** Keeps a key that is held down from choosing on the next screen: each choice takes a press of its own. */
export function ignoreHeldEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !event.repeat) return;
  event.preventDefault();
  event.stopPropagation();
}
