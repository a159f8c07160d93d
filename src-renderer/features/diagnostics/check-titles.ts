import type { CheckId, Verdict } from '../../../src-main/contract/channels/diagnostics.ts';

/** The checks in the order in which they are shown, as a clerk would name them. */
export const CHECK_TITLES: readonly (readonly [CheckId, string])[] = [
  ['network', 'Network and e-RS'],
  ['proxy', 'Proxy'],
  ['sign-in', 'Sign-in service'],
  ['reader', 'Smartcard reader'],
  ['clock', 'Clock'],
  ['keyring', 'Keys of the records'],
  ['disk', 'Disk and database'],
  ['audit', 'Audit trail'],
  ['printer', 'Printers'],
  ['versions', 'Versions'],
  ['updates', 'Updates'],
];

/** Shape and word, so that colour is never alone (WCAG 1.4.1). */
export const VERDICT_WORDS: Readonly<
  Record<Verdict | 'running', { readonly shape: string; readonly word: string }>
> = {
  ok: { shape: '✓', word: 'OK' },
  warn: { shape: '▲', word: 'Look at this' },
  fail: { shape: '✕', word: 'Not working' },
  unknown: { shape: '?', word: 'Not known' },
  running: { shape: '…', word: 'Checking' },
};
