import { session } from 'electron';

/**
 * The proxy that the operating system names for an address, as one to connect to; null for a straight way. Rejects
 * where only SOCKS is named: a tunnel by HTTP is what the desk can ask for, and a straight call is not what the system
 * wants.
 */
export async function findElectronProxyUrl(address: string): Promise<string | null> {
  const said = await session.defaultSession.resolveProxy(address);
  for (const [, kind, place] of said.matchAll(/(DIRECT|PROXY|HTTPS|SOCKS\d?)(?:\s+([^\s;]+))?/g)) {
    if (kind === 'DIRECT') return null;
    if (kind === 'PROXY') return `http://${place}`;
    if (kind === 'HTTPS') return `https://${place}`;
  }
  throw new Error('no usable proxy');
}
