import type { OutboxAction } from '../../contract/channels/outbox.ts';

/** Those whose result is a UBRN that e-RS gave; of the others it is an appointment's or a document's id. */
const MAKE_REQUESTS: readonly OutboxAction[] = [
  'create-referral',
  'create-and-triage',
  'convert-advice',
  'request-advice',
];

/** The UBRN that e-RS gave to what an intent asked for; null while it is not known, and for other actions. */
export const newUbrnOf = ({ action }: { readonly action: OutboxAction }, result: string | null) =>
  MAKE_REQUESTS.includes(action) ? result : null;
