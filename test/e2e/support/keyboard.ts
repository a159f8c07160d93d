import type { Page } from 'playwright-core';

/** The clerk's hands and eyes on whatever page is open. */
export interface Keyboard {
  /** Key presses since the last `resetCount`; a chord counts as one. */
  readonly pressed: () => number;
  resetCount(): void;
  press(...chords: readonly string[]): Promise<void>;
  /** Types text one key at a time, each counted. */
  type(text: string): Promise<void>;
  /** Waits until the page shows a text. */
  shows(pattern: RegExp): Promise<void>;
  /** The visible text of the page. */
  text(): Promise<string>;
}

/** For what comes after a key: long, for a browser on a busy machine; no test waits for nothing. */
export const PATIENCE_MS = 60_000;

export function createKeyboard(page: () => Page): Keyboard {
  let count = 0;
  const press = async (...chords: readonly string[]) => {
    for (const chord of chords) {
      count += 1;
      await page().keyboard.press(chord.replace(/^Ctrl\+/, 'Control+').replace(/^Space$/, ' '));
    }
  };
  const text = () => page().evaluate(() => document.body.innerText.replaceAll('\u00a0', ' '));
  return {
    pressed: () => count,
    resetCount: () => void (count = 0),
    press,
    type: (typed) => press(...typed),
    text,
    async shows(pattern) {
      const isShown = page().waitForFunction(
        ([source, flags]) =>
          new RegExp(source ?? '', flags).test(document.body.innerText.replaceAll('\u00a0', ' ')),
        [pattern.source, pattern.flags],
        { timeout: PATIENCE_MS },
      );
      try {
        await isShown;
      } catch (error) {
        const shown = (await text()).slice(-700);
        throw new Error(`The page never showed ${pattern}. It shows: ${shown}`, { cause: error });
      }
    },
  };
}
