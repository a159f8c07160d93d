import type { Intent } from './record-schemas.ts';

/** A file as the write that it goes with names it. */
export interface NamedUpload {
  readonly intentId: string;
  readonly name: string;
  readonly description: string;
}

/** The uploads that stand ahead of a write and go with it; empty for those that take none. */
export function uploadsOf(intent: Intent): readonly NamedUpload[] {
  switch (intent.action) {
    case 'cancel-later':
    case 'maintain-letter':
    case 'record-review':
    case 'send-advice':
    case 'request-advice':
      return intent.uploads ?? [];
    case 'convert-advice':
      return [...(intent.uploads ?? []), ...(intent.reviewUploads ?? [])];
    default:
      return [];
  }
}
