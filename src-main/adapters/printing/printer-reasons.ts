/** What a printer's `printer-state-reasons` mean for a clerk (RFC 8011 section 5.4.12, and CUPS's own). */
import type { PrinterReason } from '../../contract/channels/letters.ts';

/** The keyword without its severity. */
const REASONS: Readonly<Record<string, PrinterReason>> = {
  'media-empty': 'paper-out',
  'media-needed': 'paper-out',
  'media-jam': 'paper-jam',
  'cover-open': 'cover-open',
  'door-open': 'cover-open',
  'interlock-open': 'cover-open',
  'input-tray-missing': 'paper-out',
  'toner-empty': 'toner-out',
  'marker-supply-empty': 'toner-out',
  'developer-empty': 'toner-out',
  'toner-low': 'toner-low',
  'marker-supply-low': 'toner-low',
  'developer-low': 'toner-low',
  paused: 'paused',
  'moving-to-paused': 'paused',
  offline: 'offline',
  shutdown: 'offline',
  'timed-out': 'offline',
  'connecting-to-device': 'offline',
};

/** Said of a queue that is at work, not of anything wrong. */
const NO_FAULT = [/^none$/, /^cups-waiting-for-job-completed$/, /^cups-remote-/, /^media-low$/];

/** A printer with one of these prints nothing until a person comes, whatever severity it gives them. */
const STOPPING = new Set([
  'media-empty',
  'media-needed',
  'media-jam',
  'cover-open',
  'door-open',
  'interlock-open',
  'input-tray-missing',
  'paused',
  'offline',
  'shutdown',
  'timed-out',
]);

/** What a clerk is to look at first comes first: a queue that lacks paper says that it is paused, too. */
const MOST_TELLING: readonly PrinterReason[] = [
  'paper-jam',
  'paper-out',
  'cover-open',
  'toner-out',
  'offline',
  'paused',
  'not-accepting',
  'other',
  'toner-low',
];

const SEVERITY = /-(error|warning|report)$/;

function splitReason(keyword: string): { readonly name: string; readonly severity: string } {
  return { name: keyword.replace(SEVERITY, ''), severity: SEVERITY.exec(keyword)?.[1] ?? 'error' };
}

function translate(keyword: string): PrinterReason | null {
  const { name, severity } = splitReason(keyword);
  const known = Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
  if (known) return known;
  const isNothing = name === '' || severity === 'report' || NO_FAULT.some((pattern) => pattern.test(name));
  return isNothing ? null : 'other';
}

/** The reasons in a clerk's terms, each once, the most telling first; a fault that the desk does not know is `other`. */
export function readPrinterReasons(keywords: readonly string[], isAccepting: boolean): PrinterReason[] {
  const reasons = new Set(keywords.map(translate));
  if (!isAccepting) reasons.add('not-accepting');
  return MOST_TELLING.filter((reason) => reasons.has(reason));
}

/** True when one of the reasons keeps sheets from coming out. A warning of low toner does not. */
export function isHeldUpBy(keywords: readonly string[]): boolean {
  return keywords.some((keyword) => {
    const { name, severity } = splitReason(keyword);
    return STOPPING.has(name) || (REASONS[name] === 'toner-out' && severity === 'error');
  });
}
