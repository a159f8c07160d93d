/** Where the window was when it was closed, so that it opens there again. It holds four numbers and nothing else. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';

export interface WindowState {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

const FILE = 'window-state.json';
const LEAST = { width: 800, height: 600 };
const LARGEST = 20_000;
/** So much of the window must be on a screen that is there: enough to take hold of it. */
const LEAST_VISIBLE = 100;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST;

function parseState(text: string): WindowState | null {
  const parsed = JSON.parse(text) as { readonly bounds?: Partial<Rectangle>; readonly isMaximized?: unknown };
  const { x, y, width, height } = parsed.bounds ?? {};
  if (!isCount(x) || !isCount(y) || !isCount(width) || !isCount(height)) return null;
  if (width < LEAST.width || height < LEAST.height) return null;
  return { bounds: { x, y, width, height }, isMaximized: parsed.isMaximized === true };
}

function isOn(screen: Rectangle, { x, y, width }: Rectangle): boolean {
  const [right, bottom] = [
    Math.min(x + width, screen.x + screen.width),
    Math.min(y + LEAST_VISIBLE, screen.y + screen.height),
  ];
  return right - Math.max(x, screen.x) >= LEAST_VISIBLE && bottom > y && y >= screen.y;
}

/** The state of last time; null when there is none, it is damaged, or its screen has gone. */
export function readWindowState(folder: string, screens: readonly Rectangle[]): WindowState | null {
  try {
    const state = parseState(readFileSync(join(folder, FILE), 'utf8'));
    return state !== null && screens.some((screen) => isOn(screen, state.bounds)) ? state : null;
  } catch {
    // The first start, or a file that is none of ours: the window opens in its usual place.
    return null;
  }
}

/** Keeps the place of a window; a disk that takes nothing costs the place alone. */
export function keepWindowState(
  folder: string,
  window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>,
): boolean {
  const { x, y, width, height } = window.getNormalBounds();
  const state: WindowState = { bounds: { x, y, width, height }, isMaximized: window.isMaximized() };
  try {
    writeFileSync(join(folder, `${FILE}.new`), JSON.stringify(state), { mode: 0o600 });
    renameSync(join(folder, `${FILE}.new`), join(folder, FILE));
    return true;
  } catch {
    return false;
  }
}
