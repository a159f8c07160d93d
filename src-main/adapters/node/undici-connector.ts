/** How connections are made: TLS, client certificate, a proxy's tunnel; and which failures happened while connecting. */
import type * as UndiciModule from 'undici';

type Undici = typeof UndiciModule;
type Connector = UndiciModule.buildConnector.connector;

export interface ConnectionOptions {
  /** PEM: the authority that signs the service's certificate, when it is not a public one. */
  readonly ca?: string;
  /** PEM: the organisation's endpoint certificate and its key (spine dialect, contract.md section 1). */
  readonly cert?: string;
  readonly key?: string;
  /** The proxy that the policy names for the service, e.g. `http://proxy.trust.nhs.uk:8080`. */
  readonly proxyUrl?: string;
  /** The proxy that the operating system names for an address, or null; asked at each connection. */
  readonly findProxyUrl?: (address: string) => Promise<string | null>;
}

const CONNECT_TIMEOUT_MS = 10_000;

export interface TrackingConnector {
  readonly connect: Connector;
  /** True for an error that arose before there was a connection: certain that no byte of the request went out. */
  readonly isConnectFailure: (error: unknown) => boolean;
}

/** A connector that remembers its own failures: an error code alone cannot tell "not sent" from "lost". */
export function createConnector(undici: Undici, options: ConnectionOptions): TrackingConnector {
  const failures = new WeakSet<object>();
  const { ca, cert, key, proxyUrl, findProxyUrl } = options;
  const tls = {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    minVersion: 'TLSv1.2' as const,
  };
  const direct = undici.buildConnector({ ...tls, allowH2: false, timeout: CONNECT_TIMEOUT_MS });
  const through = (proxy: string) => throughProxy(undici, direct, new URL(proxy));
  const connect = proxyUrl
    ? through(proxyUrl)
    : findProxyUrl
      ? asFound(findProxyUrl, through, direct)
      : direct;
  return {
    connect: (target, callback) =>
      connect(target, (...result) => {
        const [error] = result;
        if (error !== null) failures.add(error);
        callback(...result);
      }),
    isConnectFailure: (error) => typeof error === 'object' && error !== null && failures.has(error),
  };
}

/** Goes the way that the system names at this moment; where it cannot be asked, nothing is sent. */
function asFound(
  findProxyUrl: NonNullable<ConnectionOptions['findProxyUrl']>,
  through: (proxyUrl: string) => Connector,
  direct: Connector,
): Connector {
  return (target, callback) => {
    const port = target.port ? `:${target.port}` : '';
    findProxyUrl(`${target.protocol}//${target.hostname}${port}/`).then(
      (proxyUrl) => (proxyUrl === null ? direct : through(proxyUrl))(target, callback),
      () => callback(Object.assign(new Error('no proxy known'), { code: 'PROXY_UNKNOWN' }), null),
    );
  };
}

/**
 * Asks the proxy for a tunnel and speaks to the service through it, end to end. undici's own ProxyAgent does the
 * same, but hides whether a failure came before or after the tunnel stood.
 */
function throughProxy(undici: Undici, direct: Connector, proxyUrl: URL): Connector {
  const { username, password } = proxyUrl;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = username
    ? { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
    : {};
  return (target, callback) => {
    const authority = `${target.hostname}:${target.port || (target.protocol === 'https:' ? 443 : 80)}`;
    const proxy = new undici.Client(proxyUrl.origin, {
      allowH2: false,
      headersTimeout: CONNECT_TIMEOUT_MS,
      connect: { timeout: CONNECT_TIMEOUT_MS },
    });
    proxy.connect({ path: authority, headers: { host: authority, ...authorization } }).then(
      ({ statusCode, socket }) => {
        void proxy.close();
        if (statusCode !== 200) {
          socket.destroy();
          callback(
            Object.assign(new Error('proxy refused the tunnel'), { code: `PROXY_${statusCode}` }),
            null,
          );
        } else if (target.protocol === 'https:') {
          direct({ ...target, httpSocket: socket as never }, callback);
        } else {
          callback(null, socket as never);
        }
      },
      (error: Error) => {
        void proxy.destroy();
        callback(error, null);
      },
    );
  };
}
