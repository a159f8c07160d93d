/** A page of ours under the product's policy, whose own code attacks the desk and reports what it got. */
import { vi } from 'vitest';
import { makeSmallInterface } from '../support/small-interface.ts';
import { openTestWindow, type TestWindow } from '../hosts/chromium/test-window.ts';

/** What page code finds at hand: `say`, `attempt` (the error's name where it throws) and `wait`. */
const TOOLS = `
  const found = {};
  const say = (name, value) => { found[name] = String(value); };
  const attempt = async (name, run) => {
    const late = new Promise((resolve) => setTimeout(() => resolve('no answer'), 1500));
    try { say(name, await Promise.race([run(), late])); } catch (e) { say(name, e.name); }
  };
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const violations = [];
  addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
`;

export interface AttackedPage {
  readonly window: TestWindow;
  readonly found: Readonly<Record<string, string>>;
}

/** Runs page code, from inside, where the policy holds, and gives what it reported; the window stays open. */
export async function attackFromPage(
  code: string,
  more: Readonly<Record<string, string>> = {},
): Promise<AttackedPage> {
  const report = `await bookingDesk.requests['diagnostics/report-fault']({ kind: 'found', place: JSON.stringify(found) });`;
  const window = await openTestWindow(makeSmallInterface(`${TOOLS}${code}\n${report}`, more));
  const told = await vi.waitUntil(
    () => window.door.received.find(({ input }) => (input as { kind?: string }).kind === 'found'),
    { timeout: 30_000 },
  );
  const { place } = told.input as { readonly place: string };
  return { window, found: JSON.parse(place) as Record<string, string> };
}
