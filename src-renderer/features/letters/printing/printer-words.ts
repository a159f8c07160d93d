/** Printers in words: where each stands, and what somebody has to do at it. */
import type { Printer, PrinterReason } from '../../../../src-main/contract/channels/letters.ts';

interface ReasonWords {
  readonly short: string;
  /** What to do at the printer. */
  readonly remedy: string;
}

const words = (short: string, remedy: string): ReasonWords => ({ short, remedy });

const REASONS: Readonly<Record<PrinterReason, ReasonWords>> = {
  'paper-out': words('out of paper', 'Put paper in.'),
  'paper-jam': words('paper jam', 'Take the jammed paper out, and look which page it was.'),
  'cover-open': words('cover open', 'Close the cover.'),
  'toner-out': words('out of toner', 'Change the toner.'),
  'toner-low': words('toner low', 'The toner will run out soon.'),
  paused: words('paused', 'Somebody has paused the printer: have it set going again.'),
  offline: words('switched off or not connected', 'Switch the printer on, and look at its cable.'),
  'not-accepting': words('takes no jobs', 'The printer is closed for new jobs: take another one.'),
  other: words('wants attention', 'Look at the display of the printer.'),
};

/** A reason in words, e.g. `out of paper`; null when the code is none of a printer's. */
export function printerReason(code: string): ReasonWords | null {
  return Object.hasOwn(REASONS, code) ? REASONS[code as PrinterReason] : null;
}

const STATES: Readonly<Record<Printer['state'], string>> = {
  ready: 'ready',
  busy: 'busy',
  stopped: 'stopped',
  unknown: 'state not known',
};

/** `ready`, `stopped: out of paper, cover open`. */
export function printerState({ state, reasons }: Pick<Printer, 'state' | 'reasons'>): string {
  const why = reasons.map((reason) => REASONS[reason].short).join(', ');
  return why === '' ? STATES[state] : `${STATES[state]}: ${why}`;
}

/** `Front desk (HP LaserJet) – ready`. */
export function printerLine(printer: Printer): string {
  const about = printer.description !== '' && printer.description !== printer.name;
  const mine = printer.isChosen ? ', this desk’s printer' : '';
  return `${printer.name}${about ? ` (${printer.description})` : ''} – ${printerState(printer)}${mine}`;
}

/** What speaks against the printer now, for the line under the list; empty when nothing does. */
export function printerWarning({ state, reasons }: Pick<Printer, 'state' | 'reasons'>): string {
  if (state !== 'stopped') return '';
  const remedies = reasons.map((reason) => REASONS[reason].remedy).join(' ');
  return `This printer does not print now. ${remedies === '' ? 'Look at it first.' : remedies} What is sent to it now comes out when it goes on.`;
}

/** This desk's printer first, then the system's own choice, then by name. */
export function sortPrinters(printers: readonly Printer[]): readonly Printer[] {
  const rank = ({ isChosen, isDefault }: Printer) => (isChosen ? 0 : isDefault ? 1 : 2);
  return [...printers].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}
