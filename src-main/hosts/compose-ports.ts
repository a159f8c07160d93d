/** Chooses the ports of an environment. What an environment needs and has not is named and refused, never faked. */
import type { Ports } from '../app/ports.ts';
import { composeNhsPorts } from './compose-nhs-ports.ts';
import type { ComposeOptions } from './compose-options.ts';
import { composeTrainingDesk } from './compose-training-ports.ts';

/** The ports of the environment that the options name; throws, with words for the terminal, when there are none. */
export function composePorts(compose: ComposeOptions): Ports {
  const { environment } = compose.options;
  return environment === 'training'
    ? composeTrainingDesk(compose).ports
    : composeNhsPorts(environment, compose);
}
