import { belongsToDesk, chordOf, parseChord } from './chords.ts';
import { findCommand, pressChord } from './command-registry.ts';

const MOST_HELD = 12;
let held: { readonly chord: string }[] | null = null;

/**
 * Keeps command keys back while the next screen is being put up, so that a key pressed right after Enter reaches
 * the screen that Enter opens and not the one that is going away.
 */
export function holdKeys(): void {
  held ??= [];
}

/** Lets the kept keys go, in their order. */
export function releaseKeys(): void {
  const waiting = held ?? [];
  held = null;
  waiting.forEach(({ chord }) => pressChord(chord));
}

/** The one keydown listener of the window; the returned function removes it. */
export function listenToKeys(target: Window): () => void {
  target.addEventListener('keydown', onKeydown);
  return () => target.removeEventListener('keydown', onKeydown);
}

function onKeydown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return;
  const chord = chordOf(event);
  if (!isCommandChord(chord) || editsText(chord, event.target)) return;
  if (belongsToDesk(chord)) event.preventDefault();
  if (held) {
    event.preventDefault();
    if (held.length < MOST_HELD && !event.repeat) held.push({ chord });
    return;
  }
  if (event.repeat && findCommand(chord)?.repeats !== true) {
    if (findCommand(chord)) event.preventDefault();
    return;
  }
  if (pressChord(chord)) event.preventDefault();
}

/** True for chords that a command could own; all other keys belong to the focused control. */
function isCommandChord(chord: string): boolean {
  try {
    parseChord(chord);
    return true;
  } catch {
    return belongsToDesk(chord);
  }
}

/** True for the key that edits text where text is edited: there no command has it. */
function editsText(chord: string, target: EventTarget | null): boolean {
  return chord === 'Delete' && target instanceof Element && target.matches('input, textarea');
}
