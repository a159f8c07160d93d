import type { Clock, Log, Network } from '../../app/ports.ts';
import { createAttachmentReader } from '../../ers/attachment-reader.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { AttachmentRecord, FileReply } from '../../ers/model.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import type { AttachmentInput } from './attachments.ts';

interface Dependencies {
  readonly client: () => ErsClient;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
  readonly baseUrl: string;
}

/** Fetches a file in whichever way the dialect has, and tells the audit of the call whose file it was. */
export function createFileFetcher(deps: Dependencies) {
  return function fetchFile(file: AttachmentRecord, about: AttachmentInput): Promise<ErsOutcome<FileReply>> {
    const ers = withSubject(deps.client(), about);
    return createAttachmentReader({ ...deps, ers }).read(file, { urgency: 'clerk' });
  };
}

/** A client whose calls name the referral and the file in their business values, which the audit keeps. */
function withSubject(client: ErsClient, about: AttachmentInput): ErsClient {
  return {
    dialect: client.dialect,
    call: (operation, input, options) => client.call(operation, { ...about, ...input }, options),
  };
}
