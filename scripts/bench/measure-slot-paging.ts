/** Measurement 2: all pages of a slot search through the real gate (performance.md section 2). */
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import { createUndiciNetwork } from '../../src-main/adapters/node/undici-network.ts';
import type { Network } from '../../src-main/app/ports.ts';
import { createErsClient } from '../../src-main/ers/create-ers-client.ts';
import { a015RetrieveAppointmentSlots } from '../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { createPageReader } from '../../src-renderer/features/slots/page-reader.ts';
import { PLATFORM } from '../../test/ers/support.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { startLocalServer } from './local-server.ts';
import { SLOT_PAGES, SLOT_QUERY } from './payloads.ts';
import { median, medianRatio } from './statistics.ts';

/** "first <= 1.1 RTT, all <= 1.08, zero 429s", the limit being one request in 100 ms and one round trip. */
const GOAL_FIRST = 1.1;
const GOAL_ALL = 1.08;
const SOURCE = 'performance.md section 2';
const SERVER_SPACING_MS = 100;
/** Long enough that the next measurement meets a server that has forgotten the last. */
const REST_MS = 250;

interface Paging {
  readonly firstMs: number;
  readonly allMs: number;
  readonly limited: number;
}

type ReadPage = (page: number) => Promise<void>;
type Strategy = (readPage: ReadPage, pages: number) => Promise<void>;

/** Everything is asked for at once; the gate alone keeps the pace. */
const askAtOnce: Strategy = async (readPage, pages) => {
  await Promise.all(Array.from({ length: pages }, (_, at) => readPage(at + 1)));
};

/** As the slots screen asks (Ctrl+F8): the first page, then the product's own reader in its own batches. */
const askAsTheScreen: Strategy = async (readPage, pages) => {
  await readPage(1);
  let next = 2;
  const reader = createPageReader(
    () => 1,
    async (size) => {
      const batch = Array.from({ length: Math.min(size, pages - next + 1) }, (_, at) => next + at);
      next += batch.length;
      await Promise.all(batch.map(readPage));
      return next <= pages;
    },
  );
  await reader.readAll();
};

async function runStrategy(
  strategy: Strategy,
  origin: string,
  network: Network,
  pages: number,
): Promise<Paging> {
  let limited = 0;
  const client = createErsClient({
    settings: { dialect: 'api-platform', baseUrl: `${origin}/FHIR`, pdsBaseUrl: null, rateShare: 1 },
    network,
    clock: createSystemClock(),
    log: { write: () => undefined },
    identity: () => PLATFORM,
    onCall: ({ status }) => {
      if (status === 429) limited += 1;
    },
  });
  const startedMs = performance.now();
  let firstMs = 0;
  const readPage: ReadPage = async (page) => {
    const outcome = await client.call(a015RetrieveAppointmentSlots, { ...SLOT_QUERY, page });
    // A page that was refused for the rate is asked for again: its slots are wanted all the same.
    if (outcome.kind === 'rate-limited') return readPage(page);
    if (outcome.kind !== 'success') throw new Error(`page ${page} came to "${outcome.kind}"`);
    if (page === 1) firstMs = performance.now() - startedMs;
  };
  await strategy(readPage, pages);
  return { firstMs, allMs: performance.now() - startedMs, limited };
}

/** One round trip without the product: milliseconds of page 1 by undici alone. */
async function measureRoundTrip(pool: Pool): Promise<number> {
  const startedMs = performance.now();
  const { statusCode, body } = await pool.request({ method: 'GET', path: '/FHIR/STU3/Slot?page=1' });
  JSON.parse(await body.text());
  if (statusCode !== 200) throw new Error(`the local service answered ${statusCode}`);
  return performance.now() - startedMs;
}

function figuresOf(
  name: string,
  runs: readonly Paging[],
  tripsMs: readonly number[],
  pages: number,
): Figure[] {
  const limits = tripsMs.map((tripMs) => (pages - 1) * SERVER_SPACING_MS + tripMs);
  const all = runs.map(({ allMs }) => allMs);
  const first = runs.map(({ firstMs }) => firstMs);
  const common = { group: 2, source: SOURCE };
  return [
    {
      ...common,
      name: `first slots, ${name}`,
      against: '1 round trip by undici',
      measured: medianRatio(first, tripsMs),
      goal: GOAL_FIRST,
      raw: { measuredMs: median(first), againstMs: median(tripsMs) },
    },
    {
      ...common,
      name: `all ${pages} pages, ${name}`,
      against: `${pages - 1} x 100 ms + 1 round trip`,
      measured: medianRatio(all, limits),
      goal: GOAL_ALL,
      raw: { measuredMs: median(all), againstMs: median(limits) },
    },
    {
      ...common,
      name: `429 answers, ${name}`,
      against: 'count',
      measured: runs.reduce((sum, { limited }) => sum + limited, 0),
      goal: 0,
      raw: { rounds: runs.length },
    },
  ];
}

/** The gate of a whole share against a server that enforces 1 request in 100 ms with 120 to 200 ms of latency. */
export async function measureSlotPaging({ isShort }: BenchOptions): Promise<readonly Figure[]> {
  const pages = isShort ? 8 : SLOT_PAGES;
  const server = await startLocalServer({ isSmooth: true });
  const network = createUndiciNetwork();
  const pool = new Pool(server.origin);
  const runs: { readonly atOnce: Paging[]; readonly screen: Paging[] } = { atOnce: [], screen: [] };
  const trips: number[] = [];
  try {
    // The first connection and the first parse of either side belong to no round.
    await measureRoundTrip(pool);
    await setTimeout(REST_MS);
    await runStrategy(askAtOnce, server.origin, network, 2);
    for (let round = 0; round < (isShort ? 1 : 3); round += 1) {
      await setTimeout(REST_MS);
      trips.push(await measureRoundTrip(pool));
      await setTimeout(REST_MS);
      runs.atOnce.push(await runStrategy(askAtOnce, server.origin, network, pages));
      await setTimeout(REST_MS);
      runs.screen.push(await runStrategy(askAsTheScreen, server.origin, network, pages));
    }
  } finally {
    await Promise.all([network.close(), pool.destroy()]);
    await server.close();
  }
  return [
    ...figuresOf('asked at once', runs.atOnce, trips, pages),
    ...figuresOf('as the slots screen asks', runs.screen, trips, pages),
  ];
}
