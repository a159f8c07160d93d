import { randomUUID } from 'node:crypto';
import { inputs, outputs } from '../../build/generated/channel-validators.js';
import type { RequestChannel, RequestInput, RequestOutput } from '../contract/channels.ts';
import { fail, type Outcome } from '../contract/outcome.ts';
import { dropEmptyKeys, isPlainData } from './plain-data.ts';
import type { Clock, Log } from './ports.ts';

/** Who sent a message, as the host judged it: our own page's main frame, or not. */
export interface Sender {
  readonly isTrusted: boolean;
  /** Where it came from, for the log: an origin, never a URL with a query. */
  readonly place: string;
}

export type Handlers = {
  readonly [C in RequestChannel]: (
    input: RequestInput<C>,
  ) => Outcome<RequestOutput<C>> | Promise<Outcome<RequestOutput<C>>>;
};

type AnyHandler = (input: unknown) => Outcome<unknown> | Promise<Outcome<unknown>>;

/**
 * The one door for every request of a renderer: sender, schema, handler, schema again on the way out.
 * Never throws: whatever happens becomes an `Outcome` (design.md, Contract).
 */
export function createDoor(deps: { handlers: Handlers; log: Log; clock: Clock }) {
  const table = new Map<string, AnyHandler>(Object.entries(deps.handlers) as [string, AnyHandler][]);
  const missing = Object.keys(inputs).filter((channel) => !table.has(channel));
  if (missing.length > 0) throw new Error(`Channels without a handler: ${missing.join(', ')}`);

  async function answer(channel: string, input: unknown, correlationId: string): Promise<Outcome<unknown>> {
    const handler = table.get(channel);
    if (handler === undefined) return fail('invalid-input', 'unknown-channel', {}, correlationId);
    const name = channel as RequestChannel;
    if (!inputs[name](input) || !isPlainData(input))
      return fail('invalid-input', 'not-of-the-schema', {}, correlationId);
    dropEmptyKeys(input);
    const outcome = await handler(input);
    // What a handler gives beyond its schema would be a leak: nothing of it leaves (redaction by schema).
    if (outcome.ok && !outputs[name](outcome.value)) {
      const [error] = outputs[name].errors ?? [];
      deps.log.write('error', 'answer-not-of-the-schema', { channel, reason: error?.instancePath ?? '' });
      return fail('internal', 'answer-not-of-the-schema', {}, correlationId);
    }
    return outcome;
  }

  return async function handle(channel: string, input: unknown, sender: Sender): Promise<Outcome<unknown>> {
    const correlationId = randomUUID();
    if (!sender.isTrusted) {
      deps.log.write('warn', 'sender-refused', { reason: sender.place.slice(0, 100), correlationId });
      return fail('refused-sender', 'refused-sender', {}, correlationId);
    }
    // The name of a channel that is none comes from the page, and may quote anything.
    const knownChannel = table.has(channel) ? channel : 'unknown';
    const startedMs = deps.clock.monotonicMs();
    try {
      const outcome = await answer(channel, input, correlationId);
      if (!outcome.ok) {
        const { kind, code } = outcome.problem;
        const durationMs = Math.round(deps.clock.monotonicMs() - startedMs);
        deps.log.write('info', 'request-not-done', {
          channel: knownChannel,
          code,
          reason: kind,
          durationMs,
        });
      }
      return outcome;
    } catch (error) {
      // The text of an error may quote what was being handled; only its name is kept.
      const reason = error instanceof Error ? error.name : typeof error;
      deps.log.write('error', 'handler-failed', { channel: knownChannel, reason, correlationId });
      return fail('internal', 'handler-failed', {}, correlationId);
    }
  };
}
