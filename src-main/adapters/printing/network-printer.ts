/** Printers on the network as a site's settings name them. */
import type { IppAddress } from './ipp-post.ts';

/** A printer on the network that speaks the protocol itself. */
export interface NetworkPrinter {
  /** As the clerk sees it. */
  readonly name: string;
  readonly address: IppAddress;
  /** Path of its URI, e.g. `/ipp/print`. */
  readonly path: string;
}

/** What a site writes down of a printer. */
export interface PrinterSetting {
  readonly name: string;
  /** `ipps://host/ipp/print`, or `ipp://` where the network itself is trusted. */
  readonly uri: string;
  /** SHA-256 fingerprint of the certificate that the printer made for itself. */
  readonly fingerprint?: string;
}

const IPP_PORT = 631;
const LONGEST_NAME = 127;
const FINGERPRINT = /^[0-9a-f]{2}(:?[0-9a-f]{2}){31}$/i;

/** The printer of a setting; null when its name, address or fingerprint is none. */
export function readNetworkPrinter({ name, uri, fingerprint }: PrinterSetting): NetworkPrinter | null {
  const isSecure = uri.startsWith('ipps://');
  const url = isSecure || uri.startsWith('ipp://') ? URL.parse(uri) : null;
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  if (name === '' || name.length > LONGEST_NAME) return null;
  if (fingerprint !== undefined && !(isSecure && FINGERPRINT.test(fingerprint))) return null;
  return {
    name,
    address: {
      kind: 'tcp',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? IPP_PORT : Number(url.port),
      isSecure,
      ...(fingerprint === undefined ? {} : { fingerprint }),
    },
    path: url.pathname === '' ? '/' : url.pathname,
  };
}
