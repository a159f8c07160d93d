/** The real interface over a training world in which every text that e-RS or PDS may send is an attack. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BOOKED, commitSlot, openSlots, readWorklist } from '../e2e/support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from '../e2e/support/open-clerk-desk.ts';
import { plainlyBookable, takeSeed } from '../e2e/support/truth.ts';
import { isMissing } from '../support/missing-parts.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

/** Each would leave a mark if it became more than text. */
const MARKUP = [
  `<img src=x onerror="window.wasRun='img'">`,
  `<svg/onload="window.wasRun='svg'">`,
  `<a href="javascript:window.wasRun='link'">press me</a>`,
  `</title><script>window.wasRun='script'</script>`,
  `{{constructor.constructor("window.wasRun='vue'")()}}`,
];
let desk: ClerkDesk;
let ubrn: string;

/** Puts an attack into every text of the world; numbers, codes and dates stay what the desk reads by. */
function poison({ service: { world } }: ClerkDesk): void {
  world.patients.forEach((patient, at) =>
    Object.assign(patient, {
      family: `${MARKUP[at % MARKUP.length]}${patient.family}`,
      given: [MARKUP[(at + 1) % MARKUP.length]],
      address: [MARKUP[(at + 2) % MARKUP.length], ...patient.address.slice(1)],
    }),
  );
  world.services.forEach((service, at) =>
    Object.assign(service, {
      name: `${MARKUP[at % MARKUP.length]} ${service.name}`.slice(0, 190),
      ...{ hours: MARKUP[0], instructions: MARKUP.join(' '), siteName: MARKUP[1] },
    }),
  );
}

beforeAll(async () => {
  if (isMissing('chromium')) return;
  desk = await openClerkDesk({ seed: takeSeed() });
  const isBookable = plainlyBookable(desk.service);
  poison(desk);
  await desk.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seenViolations: seen });
    addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
  });
  await readWorklist(desk);
  ubrn = await openSlots(desk, isBookable);
});
afterAll(() => desk?.close());

/** What became of the attacks so far. */
const readMarks = () =>
  desk.page.evaluate(() => {
    const page = window as unknown as { wasRun?: string; seenViolations: string[] };
    const made = document.querySelectorAll(
      '[onerror], [onload], [href^="javascript:"], img[src="x"], body script, #app script',
    );
    return { wasRun: page.wasRun ?? null, violations: page.seenViolations, made: made.length };
  });

/** Everything that the page's own memory holds. */
async function readHeap(): Promise<string> {
  const session = await desk.page.context().newCDPSession(desk.page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const heap = chunks.join('');
  expect(heap.length).toBeGreaterThan(100_000);
  return heap;
}

/** NHS numbers and UBRNs, as they are sent and as they are shown; one may begin within another. */
const NUMBERS = /(?<!\d)(?=(\d{4} ?\d{4} ?\d{4}|\d{3} ?\d{3} ?\d{4})(?!\d))/g;

/** What of any patient of this world, and which token, is in a heap. */
function searchHeap(heap: string): string[] {
  const { world } = desk.service;
  const held = new Set([...heap.matchAll(NUMBERS)].map(([, number = '']) => number.replaceAll(' ', '')));
  const numbers = world.listReferrals().flatMap((referral) => [referral.ubrn, referral.nhsNumber]);
  const texts = [...desk.credentials, "window.wasRun='"].filter((text) => text !== '' && heap.includes(text));
  return [...new Set(numbers)].filter((number) => held.has(number)).concat(texts);
}

const CLEAN = { wasRun: null, violations: [], made: 0 };

describe.skipIf(isMissing('chromium'))('a desk over a hostile service', () => {
  it('S01: shows markup as text on every screen, and runs none of it', async () => {
    expect(await desk.text()).toContain('onerror=');
    expect(await readMarks()).toEqual(CLEAN);
    desk.service.faults.add({
      on: { id: 'A015' },
      do: { kind: 'status', status: 422, body: JSON.stringify(refusalOf(MARKUP.join(' '))) },
    });
    await desk.press('F5');
    await desk.page.locator('.desk-problem, .slots-facts .as-of').first().waitFor();
    expect(await readMarks()).toEqual(CLEAN);
    await desk.press('F5');
    await desk.shows(/free slots, page/);
    await commitSlot(desk, ubrn);
    await desk.shows(BOOKED);
    expect(await readMarks()).toEqual(CLEAN);
  });

  it('S02: shows the letter as pictures and text, and names the window by itself alone', async () => {
    await desk.press('F9');
    await desk.page.locator('[data-drawn="true"]').first().waitFor();
    expect(await readMarks()).toEqual(CLEAN);
    expect(await desk.page.title()).toMatch(/^Booking Desk[^<]*$/);
    await desk.press('Escape');
  });

  it('S10: holds no token of the session in the memory of the page', async () => {
    const [token = ''] = desk.credentials;
    expect(token.length).toBeGreaterThan(5);
    const { nhsNumber } = desk.service.world.referral(ubrn);
    // That the search finds what is there: the patient on show.
    const held = searchHeap(await readHeap());
    expect(held).toEqual(expect.arrayContaining([nhsNumber, ubrn, "window.wasRun='"]));
    expect(held).not.toContain(token);
  });

  it('S37: holds nothing of any patient and no token in the memory of the page once it is locked', async () => {
    await desk.press('Ctrl+L');
    await desk.shows(/[Ll]ocked/);
    await desk.page.waitForTimeout(1_000);
    expect(await desk.page.content()).not.toContain('onerror=');
    expect(searchHeap(await readHeap())).toEqual([]);
  });

  it('a page that died comes back where it was', async () => {
    const { nhsNumber } = desk.service.world.referral(ubrn);
    const showsPatient = async () => (await desk.text()).replace(/\s/g, '').includes(nhsNumber);
    await desk.press('Enter');
    await desk.shows(/Back where you were/);
    expect(await showsPatient()).toBe(true);
    // Main is told of the place in its own time.
    await desk.page.waitForTimeout(2_500);
    await desk.page.reload();
    await desk.shows(/Back where you were/);
    expect(await showsPatient()).toBe(true);
  });

  it('S01: leaves no error in the page', () => {
    expect(desk.pageErrors).toEqual([]);
  });
});

/** A refusal in the words of an attacker. */
function refusalOf(diagnostics: string) {
  const system = 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-APIErrorCode-1';
  const details = { coding: [{ system, code: 'NO_RELATIONSHIP', display: diagnostics }], text: diagnostics };
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'processing', details, diagnostics }],
  };
}
