/** How an environment is reached: addresses, certificates, proxy. What is missing is named, never made up. */
import { readFileSync } from 'node:fs';
import type { UndiciNetworkOptions } from '../adapters/node/undici-network.ts';
import type { AppSettings } from '../app/ports.ts';
import type { EnvironmentConnection } from '../features/settings/settings-schemas.ts';
import { ENVIRONMENTS, type NhsEnvironment } from './environments.ts';

export interface Asked {
  readonly environment: NhsEnvironment;
  readonly dialect: AppSettings['dialect'];
  readonly connection: EnvironmentConnection;
}

/** An error for the terminal: what the policy of the machine has to say before this environment can be used. */
export function needs({ environment, dialect }: Pick<Asked, 'environment' | 'dialect'>, what: string): Error {
  return new Error(`the environment "${environment}" (${dialect}) needs ${what}`);
}

const inPolicy = (name: string) => `"${name}" in its connection, in the policy file of this machine`;

/** Addresses and identity of this machine at e-RS; throws with words for the terminal. */
export function placeOf(asked: Asked): Pick<AppSettings, 'baseUrl' | 'pdsBaseUrl' | 'asid'> {
  const { environment, dialect, connection } = asked;
  const place = ENVIRONMENTS[environment].dialects[dialect];
  if (place === undefined) throw new Error(`the environment "${environment}" does not speak ${dialect}`);
  const baseUrl = connection.baseUrl ?? place.baseUrl;
  if (baseUrl === null) throw needs(asked, inPolicy('baseUrl'));
  if (dialect === 'spine-session' && connection.asid === undefined) throw needs(asked, inPolicy('asid'));
  return {
    baseUrl,
    pdsBaseUrl: connection.pdsBaseUrl ?? place.pdsBaseUrl,
    // The platform has no ASID: the audit names the application by what it is registered as (contract.md section 12).
    asid: connection.asid ?? connection.cis2?.clientId ?? '',
  };
}

function readPem(asked: Asked, name: 'certificateFile' | 'keyFile' | 'authorityFile'): string | undefined {
  const path = asked.connection[name];
  if (path === undefined) return undefined;
  const text = readText(path);
  if (text === null || !text.includes('-----BEGIN ')) throw needs(asked, `a PEM file at "${name}": ${path}`);
  return text;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not for this user: the caller names the path.
    return null;
  }
}

/** What the network needs; the spine dialect needs the organisation's endpoint certificate (contract.md section 1). */
export function networkOptionsOf(asked: Asked): UndiciNetworkOptions {
  const { dialect, connection } = asked;
  const [ca, cert, key] = [
    readPem(asked, 'authorityFile'),
    readPem(asked, 'certificateFile'),
    readPem(asked, 'keyFile'),
  ];
  if ((cert === undefined) !== (key === undefined))
    throw needs(asked, '"certificateFile" and "keyFile" together');
  if (dialect === 'spine-session' && cert === undefined) throw needs(asked, inPolicy('certificateFile'));
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(connection.proxyUrl === undefined ? {} : { proxyUrl: connection.proxyUrl }),
  };
}
