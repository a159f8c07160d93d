/** Whom this process trusts: Node's own list of authorities, and those that the administrators of the machine added. */
import * as tls from 'node:tls';

type Authorities = Pick<typeof tls, 'getCACertificates' | 'setDefaultCACertificates'>;

/**
 * Adds the authorities of the operating system, which e.g. sign for a trust's inspecting proxy. It holds for every later
 * connection without authorities of its own. A list that cannot be read leaves Node's own: fewer are trusted, never more.
 */
export function trustSystemAuthorities(over: Partial<Authorities> = tls): boolean {
  const { getCACertificates, setDefaultCACertificates } = over;
  // Electron's Node lacks what its TLS library cannot do.
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) return false;
  try {
    setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
    return true;
  } catch {
    return false;
  }
}
