import type { CdpSession } from '../../src-main/hosts/chromium/pipe-connection.ts';
import { pressKey } from './keyboard.ts';

const WAIT_MS = 30_000;
const POLL_MS = 50;

/** Drives the page as a person would: keys in, text and pictures out. */
export function createPageDriver(session: CdpSession) {
  async function evaluate<T>(expression: string): Promise<T> {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    const { result, exceptionDetails } = answer as {
      result?: { value: T };
      exceptionDetails?: { text: string };
    };
    if (exceptionDetails || !result)
      throw new Error(`The page failed: ${exceptionDetails?.text ?? 'no result'}`);
    return result.value;
  }

  return {
    async press(...chords: readonly string[]): Promise<void> {
      for (const chord of chords) await pressKey(session, chord);
    },
    /** Waits until the visible text fits, and gives it. */
    async waitFor(shows: RegExp): Promise<string> {
      const endMs = performance.now() + WAIT_MS;
      for (;;) {
        const text = await evaluate<string>('document.body.innerText');
        if (shows.test(text)) return text;
        if (performance.now() > endMs)
          throw new Error(`The page never showed ${shows}; it shows: ${text.slice(0, 600)}`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    /** Moves down the worklist until a wanted referral is selected; gives the keys that it took. */
    async selectReferral(isWanted: (ubrn: string) => boolean): Promise<number> {
      for (let presses = 0; presses < 200; presses += 1) {
        const selected = await evaluate<string>(
          `document.querySelector('[data-pane="worklist"] [role="row"][aria-selected="true"]')?.id ?? ''`,
        );
        if (isWanted(selected.replace(/\D/g, ''))) return presses;
        await pressKey(session, 'ArrowDown');
        await evaluate('new Promise((resolve) => requestAnimationFrame(() => resolve(null)))');
      }
      throw new Error('The worklist holds no referral that can be booked');
    },
    async screenshot(): Promise<Uint8Array> {
      const { data } = (await session.send('Page.captureScreenshot', { format: 'png' })) as { data: string };
      return Buffer.from(data, 'base64');
    },
    /** The PDF of the referral that is open, through the same bridge as the page. */
    async readLetter(ubrn: string): Promise<Uint8Array> {
      const base64 = await evaluate<string>(
        `window.bookingDesk.requests['letters/fetch']({ ubrn: ${JSON.stringify(ubrn)} })
          .then((outcome) => (outcome.ok ? outcome.value.pdf : ''))`,
      );
      const pdf = Buffer.from(base64, 'base64');
      if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('The letter is no PDF');
      return pdf;
    },
  };
}
