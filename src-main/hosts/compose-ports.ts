/** Chooses the ports of an environment. An environment that this version cannot serve is refused, never faked. */
import type { Ports } from '../app/ports.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composeTrainingDesk } from './compose-training-ports.ts';

/** The ports of the environment that the options name; throws, with words for the terminal, when there are none. */
export function composePorts(compose: ComposeOptions): Ports {
  const { environment } = compose.options;
  if (environment === 'training') return composeTrainingDesk(compose).ports;
  throw new Error(`the environment "${environment}" is not part of this version; use --environment training`);
}
