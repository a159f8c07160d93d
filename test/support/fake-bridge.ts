/** A bridge without a main process: typed answers per channel, a record of the calls, and pushes on demand. */
import type {
  Bridge,
  PushChannel,
  PushPayload,
  RequestChannel,
  RequestInput,
  RequestOutput,
} from '../../src-main/contract/channels.ts';
import { fail, ok, type Outcome } from '../../src-main/contract/outcome.ts';
import { pushChannels, requestChannels } from '../../build/generated/channel-names.ts';
import {
  ENVIRONMENT,
  READ_AT,
  makeName,
  makeOutboxSummary,
  makeRow,
  makeSession,
  makeWorklist,
} from './fake-data.ts';

type Answer<C extends RequestChannel> = (
  input: RequestInput<C>,
) => Outcome<RequestOutput<C>> | Promise<Outcome<RequestOutput<C>>>;

export type FakeAnswers = { [C in RequestChannel]?: Answer<C> };

export interface FakeBridge {
  readonly bridge: Bridge;
  readonly calls: readonly { readonly channel: RequestChannel; readonly input: unknown }[];
  /** The inputs of the calls to a channel, in order. */
  inputsOf<C extends RequestChannel>(channel: C): readonly RequestInput<C>[];
  /** Changes the answer of a channel from now on. */
  answer<C extends RequestChannel>(channel: C, answer: Answer<C>): void;
  push<C extends PushChannel>(channel: C, payload: PushPayload<C>): void;
}

function defaultAnswers(): FakeAnswers {
  const rows = Array.from({ length: 120 }, (_, n) => makeRow(n));
  return {
    'session/read-state': () => ok(makeSession()),
    'session/read-environment': () => ok(ENVIRONMENT),
    'session/read-connection': () => ok({ status: 'online', since: null, pausedUntil: null }),
    'session/sign-in': () => ok(makeSession({ status: 'choosing-role', role: null })),
    'session/choose-role': ({ roleId }) => {
      const { roles } = makeSession();
      const role = roles.find((choice) => choice.roleId === roleId);
      return role ? ok(makeSession({ role })) : fail('invalid-input', 'unknown-role');
    },
    'session/sign-out': () => ok(makeSession({ status: 'signed-out', user: null, role: null, roles: [] })),
    'session/lock': () => ok(makeSession({ status: 'locked' })),
    'session/unlock': () => ok(makeSession()),
    'outbox/read-summary': () => ok(makeOutboxSummary()),
    'outbox/read-items': () => ok({ items: [], total: 0 }),
    'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, kind === 'AWAITING_BOOKING' ? rows : [])),
    'patient/read-names': ({ nhsNumbers }) => ok({ names: nhsNumbers.map(makeName) }),
    'lists/read': ({ list }) =>
      ok({ list, rows: [], readAt: READ_AT, isKept: true, dropped: 0, unreadable: 0 }),
    'lists/read-filters': () => ok({ filters: [] }),
    'tasks/read': () => ok({ tasks: [], counts: { open: 0, due: 0, red: 0 }, isKept: true, unreadable: 0 }),
    'settings/read-look': () =>
      ok({ textSize: 'normal', contrast: 'normal', defaultList: 'AWAITING_BOOKING' }),
    'diagnostics/report-fault': () => ok({}),
  };
}

/** A fake bridge; a channel without an answer gives the problem `internal`, code `not-faked`. */
export function createFakeBridge(overrides: FakeAnswers = {}): FakeBridge {
  const answers: Record<string, unknown> = { ...defaultAnswers(), ...overrides };
  const calls: { channel: RequestChannel; input: unknown }[] = [];
  const listeners = new Map<PushChannel, Set<(payload: unknown) => void>>();

  const ask = (channel: RequestChannel) => async (input: unknown) => {
    // As over the process line: what cannot be cloned does not arrive.
    calls.push({ channel, input: structuredClone(input) });
    const answer = answers[channel] as ((input: unknown) => unknown) | undefined;
    return answer ? structuredClone(await answer(input)) : fail('internal', 'not-faked');
  };
  const subscribe = (channel: PushChannel) => (listener: (payload: unknown) => void) => {
    const set = listeners.get(channel) ?? new Set();
    listeners.set(channel, set.add(listener));
    return () => set.delete(listener);
  };

  return {
    bridge: {
      requests: Object.fromEntries(requestChannels.map((channel) => [channel, ask(channel)])),
      pushes: Object.fromEntries(pushChannels.map((channel) => [channel, subscribe(channel)])),
    } as unknown as Bridge,
    calls,
    inputsOf: (channel) =>
      calls.filter((call) => call.channel === channel).map((call) => call.input) as RequestInput<
        typeof channel
      >[],
    answer: (channel, answer) => {
      answers[channel] = answer;
    },
    push: (channel, payload) =>
      listeners.get(channel)?.forEach((listener) => listener(structuredClone(payload))),
  };
}
