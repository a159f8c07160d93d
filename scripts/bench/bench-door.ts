/** The product's door over three small handlers, and the same handlers without it. */
import { requestChannels } from '../../build/generated/channel-names.ts';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { createDoor, type Handlers } from '../../src-main/app/door.ts';
import { fail, ok, type Outcome } from '../../src-main/contract/outcome.ts';
import { makePage, makeSlots, SEARCH_ID } from '../../test/renderer/slots/slot-fakes.ts';

export type Way = 'bare' | 'door';

export interface Ask {
  readonly channel: 'outbox/read-summary' | 'slots/read-page';
  readonly input: unknown;
}

export const SMALL: Ask = { channel: 'outbox/read-summary', input: {} };
export const HUNDRED_SLOTS: Ask = { channel: 'slots/read-page', input: { searchId: SEARCH_ID, page: 1 } };

const SENDER = { isTrusted: true, place: 'main-frame' };
const slots = makeSlots(100);

const own = {
  'outbox/read-summary': () => ok({ open: 0, unknown: 0, canWrite: true, writesOffReason: null }),
  'slots/read-page': ({ page }: { readonly page: number }) => ok(makePage(slots, page)),
};
const rest = Object.fromEntries(requestChannels.map((channel) => [channel, () => fail('internal', 'none')]));
const handlers = { ...rest, ...own } as unknown as Handlers;
const bare = handlers as unknown as Readonly<Record<string, (input: unknown) => Outcome<unknown>>>;

const door = createDoor({ handlers, log: { write: () => undefined }, clock: createSystemClock() });

/** Answers a request in either way; the bare one neither judges the sender nor looks at input or output. */
export async function answer(way: Way, { channel, input }: Ask): Promise<Outcome<unknown>> {
  if (way === 'door') return door(channel, input, SENDER);
  return bare[channel]?.(input) ?? fail('internal', 'none');
}
