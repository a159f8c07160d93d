/** The desk's fixed links (attack S19): the page names one, main knows the address, and a training desk opens none. */
import type { Dialogs } from '../../app/ports.ts';
import type { RequestInput } from '../../contract/channels.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';

export interface Links {
  readonly handlers: {
    readonly 'session/open-link': (
      input: RequestInput<'session/open-link'>,
    ) => Promise<Outcome<Record<string, never>>>;
  };
}

/** Who trains must not find themselves in front of the live e-RS with an invented patient in mind. */
export function createLinks({
  dialogs,
  isTraining,
}: {
  readonly dialogs: Pick<Dialogs, 'openLink'>;
  readonly isTraining: boolean;
}): Links {
  return {
    handlers: {
      async 'session/open-link'({ id }) {
        if (isTraining && id === 'ers-web-app') return fail('unavailable', 'no-links-in-training');
        const opened = await dialogs.openLink(id);
        return opened.ok ? ok({}) : opened;
      },
    },
  };
}
