/** How a person signs in to an environment, as its dialect and the policy of the machine say. */
import { createCis2Provider } from '../adapters/cis2/cis2-provider.ts';
import { createCombinedPattern } from '../adapters/cis2/combined-pattern.ts';
import { createSignInFetch } from '../adapters/cis2/sign-in-fetch.ts';
import { createIdentityAgentProvider } from '../adapters/identity-agent/identity-agent-provider.ts';
import { createTicketHelper } from '../adapters/identity-agent/ticket-helper.ts';
import type { ConnectionOptions } from '../adapters/node/undici-connector.ts';
import { createSandboxSessionProvider } from '../adapters/sandbox/sandbox-session-provider.ts';
import type { Clock, SessionProvider } from '../app/ports.ts';
import { needs, type Asked } from './compose-connection.ts';
import { ENVIRONMENTS } from './environments.ts';

/** Staff sign-in with a smartcard or another strong authenticator (contract.md section 1, "Login"). */
const ACR_VALUES = 'AAL2_OR_AAL3_ANY';
const SCOPE = 'openid profile nationalrbacaccess';

export interface SignInHost {
  readonly clock: Clock;
  /** Shows the sign-in in the system's browser; absent where the host has none to show. */
  readonly openBrowser?: (address: URL) => Promise<boolean>;
  /** How calls leave this machine; those of the sign-in go the same way as those to e-RS. */
  readonly line: ConnectionOptions;
}

/** The provider; throws, with words for the terminal, what the policy has to say first. */
export function composeSessionProvider(asked: Asked, host: SignInHost): SessionProvider {
  const { environment, dialect } = asked;
  if (!ENVIRONMENTS[environment].hasSignIn) return createSandboxSessionProvider(host.clock);
  return dialect === 'spine-session' ? composeIdentityAgent(asked, host) : composeCis2(asked, host);
}

function composeIdentityAgent(asked: Asked, { clock }: SignInHost): SessionProvider {
  const agent = asked.connection.identityAgent;
  if (agent === undefined)
    throw needs(
      asked,
      'the sign-in by smartcard: "identityAgent" in its connection, in the policy file of this machine',
    );
  return createIdentityAgentProvider(
    createTicketHelper({ program: agent.helperFile, library: agent.libraryFile }),
    clock,
  );
}

/** The combined pattern at the API platform, which needs no secret in the product (devices.md section 2). */
function composeCis2(asked: Asked, { clock, openBrowser, line }: SignInHost): SessionProvider {
  const { cis2 } = asked.connection;
  if (cis2 === undefined)
    throw needs(asked, 'the sign-in by CIS2: "cis2" in its connection, in the policy file of this machine');
  const oauth2 = `${ENVIRONMENTS[asked.environment].platform}/oauth2`;
  const place = {
    ...{ issuer: oauth2, authorizationEndpoint: `${oauth2}/authorize`, tokenEndpoint: `${oauth2}/token` },
    ...{ userinfoEndpoint: `${oauth2}/userinfo`, revocationEndpoint: null, jwksUri: null },
    ...{ clientId: cis2.clientId, clientSecret: null, scope: SCOPE },
    ...{ acrValues: cis2.acrValues ?? ACR_VALUES, redirectPorts: cis2.redirectPorts },
  };
  const pattern = createCombinedPattern(place, { fetch: createSignInFetch(line) });
  return createCis2Provider({
    pattern,
    clock,
    redirectPorts: cis2.redirectPorts,
    openBrowser: openBrowser ?? (() => Promise.resolve(false)),
  });
}
