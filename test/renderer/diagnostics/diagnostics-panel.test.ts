// @vitest-environment happy-dom
/** The check of the desk, before a sign-in, at work and behind the lock; and the words of whatever it may find. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { CHECKS, type CheckId, type CheckResult } from '../../../src-main/contract/channels/diagnostics.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { problemWords } from '../../../src-renderer/app/words/problem-words.ts';
import { checkWords } from '../../../src-renderer/features/diagnostics/check-words.ts';
import { makeSession } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';

const ADAPTERS = ['cis2', 'identity-agent'].map((name) => `src-main/adapters/${name}`);
const sourcesOf = (folder: string) =>
  readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
const codesIn = (sources: string[], pattern: RegExp) => [
  ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, code]) => code ?? ''))),
];
const result = (id: CheckId, code: string): CheckResult => ({ id, verdict: 'ok', code, facts: [] });
/** What the words of some check need. */
const FACTS = {
  ...{ host: 'e-rs.example', proxy: 'p:1', app: '1.0', engine: 'E', node: 'N', system: 'S', dialect: 'D' },
  ...{ environment: 'live', finding: 'changed', reason: 'disk-full' },
};
const facts = Object.entries(FACTS).map(([name, value]) => ({ name, value }));

let desk: MountedDesk;
afterEach(() => desk?.unmount());

describe('the words', () => {
  const checks = codesIn(
    sourcesOf('src-main/features/diagnostics/checks'),
    /(?:code: |found\('\w+', |\? )'([a-z][a-z-]+)'/g,
  ).filter((code) => !['training', 'keyring', 'warn', 'fail'].includes(code));

  it('are found for the codes of all checks', () => expect(checks.length).toBeGreaterThan(35));

  it.each([...checks, 'no-answer-in-time', 'check-failed', 'not-seen-here'])('say what %s is', (code) => {
    const { found } = checkWords({ ...result('disk', code), facts });
    expect(found).toMatch(/\.$/);
    expect(found).not.toContain(`code ${code}`);
    expect(found).not.toMatch(/undefined|NaN|null/);
  });

  it.each(['warn', 'fail', 'unknown'])('say what to do wherever the verdict can be %s', (verdict) => {
    const named = codesIn(
      sourcesOf('src-main/features/diagnostics/checks'),
      new RegExp(`verdict: '${verdict}', code: '([a-z-]+)'`, 'g'),
    );
    expect(named.length).toBeGreaterThan(2);
    for (const code of named) expect([code, checkWords(result('disk', code)).next]).not.toEqual([code, '']);
  });

  it('of a sign-in that is refused or fails are there for every code of its providers', () => {
    const codes = codesIn(
      ADAPTERS.flatMap(sourcesOf),
      /(?:fail\('[a-z-]+', |\['[a-z-]+', |\? )'([a-z]+-[a-z-]+)'/g,
    ).filter((code) => code !== 'get-no-prompt');
    expect(codes.length).toBeGreaterThan(18);
    for (const code of codes) {
      const words = problemWords({ kind: 'unavailable', code, correlationId: '', facts: {} });
      expect(words.title).not.toContain(code);
      expect(words.title).not.toMatch(/^e-RS is not available/);
    }
  });
});

describe('the panel', () => {
  it('opens before a sign-in, shows each result when it is there, and waits for none', async () => {
    let answerLate: (value: ReturnType<typeof ok<CheckResult>>) => void = () => undefined;
    desk = await mountDesk({
      'session/read-state': () =>
        ok(makeSession({ status: 'signed-out', user: null, role: null, roles: [] })),
      'diagnostics/run-check': ({ id }) =>
        id === 'network'
          ? new Promise((resolve) => (answerLate = resolve))
          : ok({ ...result(id, 'versions'), verdict: id === 'clock' ? 'warn' : 'ok' }),
    });
    await desk.press('Ctrl+F1');
    const row = (title: string) =>
      [...document.querySelectorAll('.checks__row')].find((li) => li.textContent?.includes(title))
        ?.textContent;
    expect(row('Network and e-RS')).toContain('Checking');
    expect(row('Clock')).toContain('Look at this');
    expect(row('Printers')).toContain('OK');
    expect(desk.text()).toContain('1 check still running');
    answerLate(ok({ ...result('network', 'ers-not-reached'), verdict: 'fail' }));
    await desk.settle();
    expect(row('Network and e-RS')).toMatch(/Not working[\s\S]*What to do:/);
    expect(desk.text()).toContain('1 check not working, 1 check to look at.');
    await desk.press('Escape');
    expect(document.querySelector('.checks')).toBeNull();
    expect(desk.text()).toContain('Check this desk');
  });

  it('opens at the desk and behind the lock, from its key and its link, and runs again with F5', async () => {
    desk = await mountDesk({ 'diagnostics/run-check': ({ id }) => ok(result(id, 'versions')) });
    await desk.press('Ctrl+F1');
    expect(desk.fake.inputsOf('diagnostics/run-check')).toHaveLength(CHECKS.length);
    await desk.press('F5');
    expect(desk.fake.inputsOf('diagnostics/run-check')).toHaveLength(2 * CHECKS.length);
    // A panel does not stay open over the lock, and can be opened there.
    await desk.press('Ctrl+L');
    expect(document.querySelector('.checks')).toBeNull();
    expect(desk.text()).toContain('Desk locked');
    await desk.press('Ctrl+F1');
    expect(document.querySelectorAll('.checks__row')).toHaveLength(CHECKS.length);
    await desk.press('Escape');
    [...document.querySelectorAll('button')]
      .find((it) => it.textContent?.includes('Check this desk'))
      ?.click();
    await desk.settle();
    expect(document.querySelectorAll('.checks__row')).toHaveLength(CHECKS.length);
  });

  it('does not take the place of a panel in which something is typed', async () => {
    desk = await mountDesk({ 'diagnostics/run-check': ({ id }) => ok(result(id, 'versions')) });
    await desk.press('F2', 'Ctrl+F1');
    expect(document.querySelector('.checks')).toBeNull();
    expect(desk.statusLine()).toContain('close this panel first');
  });

  it('copies what main wrote for the service desk, and says so', async () => {
    desk = await mountDesk({
      'diagnostics/run-check': ({ id }) => ok(result(id, 'versions')),
      'diagnostics/read-report': () => ok({ text: 'Booking Desk 0.0.0' }),
    });
    let taken = '';
    document.execCommand = () => {
      taken = document.querySelector<HTMLTextAreaElement>('[role="dialog"] textarea')?.value ?? '';
      return true;
    };
    await desk.press('Ctrl+F1', 'Ctrl+Shift+C');
    expect(taken).toBe('Booking Desk 0.0.0');
    expect(desk.text()).toContain('Copied. Paste it');
  });
});
