/** Chooses the printers of a desk that meets real patients; training has its own (compose-training-ports.ts). */
import { existsSync } from 'node:fs';
import { createElectronPrinter, type ElectronPrinting } from '../adapters/electron/printer.ts';
import { createIppLetterPrinter } from '../adapters/printing/ipp-letter-printer.ts';
import type { IppAddress } from '../adapters/printing/ipp-post.ts';
import { joinPrinters } from '../adapters/printing/join-printers.ts';
import { readNetworkPrinter, type PrinterSetting } from '../adapters/printing/network-printer.ts';
import type { Clock, LetterPrinter } from '../app/ports.ts';

/** Where CUPS listens: Debian and its kin, older systems, macOS. */
const CUPS_SOCKETS = ['/run/cups/cups.sock', '/var/run/cups/cups.sock', '/private/var/run/cupsd'];
const IPP_PORT = 631;

export interface PrinterParts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Printers that the organisation names by their address. */
  readonly settings?: readonly PrinterSetting[] | undefined;
  /** Printers that take A3 where the operating system does not tell. */
  readonly largePrinters?: readonly string[] | undefined;
  /** Electron's own printing, where the host has it. */
  readonly electronPrinting?: ElectronPrinting | undefined;
  readonly hasFile?: (path: string) => boolean;
}

/** The address in CUPS_SERVER: a socket's path, or a host with or without port; null when it is neither. */
export function readCupsServer(text: string): IppAddress | null {
  const server = text.trim().replace(/\/version=[\d.]+$/, '');
  if (server.startsWith('/')) return { kind: 'socket', socketPath: server };
  const url = URL.parse(`http://${server}`);
  if (server === '' || url === null || url.pathname !== '/' || url.username !== '' || url.search !== '')
    return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A port of 80 is the scheme's own, so that the parsed address has none.
  const port = url.port === '' ? (/:80$/.test(server) ? 80 : IPP_PORT) : Number(url.port);
  return { kind: 'tcp', host, port, isSecure: false };
}

function findCups({ platform, env, hasFile = existsSync }: PrinterParts): IppAddress | null {
  const named = readCupsServer(env['CUPS_SERVER'] ?? '');
  if (named) return named;
  if (platform === 'win32') return null;
  // Without any, the first: CUPS may be started later, and until then it is said that it is not there.
  const socketPath = CUPS_SOCKETS.find((path) => hasFile(path)) ?? CUPS_SOCKETS[0] ?? '';
  return { kind: 'socket', socketPath };
}

/**
 * CUPS on Linux and macOS, Electron's printing on Windows, and with either the printers that the site names. A host
 * that has none of them answers `no-print-service` or `printer-gone`.
 */
export function composePrinter(parts: PrinterParts): LetterPrinter {
  const { clock, electronPrinting: electron, largePrinters = [] } = parts;
  const networkPrinters = (parts.settings ?? []).flatMap((setting) => readNetworkPrinter(setting) ?? []);
  const cups = findCups(parts);
  const overIpp = createIppLetterPrinter({ cups, networkPrinters });
  if (cups || !electron) return overIpp;
  return joinPrinters(
    networkPrinters.map(({ name }) => name),
    overIpp,
    createElectronPrinter({ electron, clock, largePrinters }),
  );
}
