import { Type, type Static } from 'typebox';
import { count, orNull, strict, text } from '../schema.ts';

/** How many intents of this person are not done, and whether writes are possible at all. */
const outboxSummary = strict({
  open: count,
  unknown: count,
  canWrite: Type.Boolean(),
  /** Why writes are off, e.g. `no-keyring`, `disk-full`. */
  writesOffReason: orNull(text(40)),
});

export const requests = {
  'outbox/read-summary': { input: strict({}), output: outboxSummary },
};

export const pushes = {
  'outbox/changed': outboxSummary,
};

export type OutboxSummary = Static<typeof outboxSummary>;
