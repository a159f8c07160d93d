import { afterEach, describe, expect, it } from 'vitest';
import { createMemorySecrets } from '../../support/memory-secrets.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { appendRows, makeEntry, makePlace, openTrail, tamper, type OpenTrail } from './trail-bench.ts';

const DAY_MS = 24 * 3_600_000;
const place = makePlace();
let desk: OpenTrail;
afterEach(async () => {
  await desk.close();
  place.remove();
});

const rows = () => desk.audit.read().map(({ seq }) => seq);

/** A day on, and then the turns of the loop between which walk and removals go on. */
async function lookNow(): Promise<void> {
  await desk.clock.advance(DAY_MS);
  for (let turn = 0; turn < 60; turn += 1) await new Promise((done) => setImmediate(done));
}

describe('retention', () => {
  it('lets rows go after their time, never before three months, and the chain goes on', async () => {
    desk = await openTrail({ keptDays: 1 });
    appendRows(desk, 250);
    await desk.clock.advance(50 * DAY_MS);
    expect(rows()).toHaveLength(250);
    appendRows(desk, 3);
    await desk.clock.advance(45 * DAY_MS);
    await lookNow();
    // The three younger ones, and the entry of the removal itself.
    expect(rows()).toEqual([251, 252, 253, 254]);
    expect(desk.audit.read().at(-1)?.entry).toMatchObject({ outcome: 'trail-pruned', facts: { rows: 250 } });
    expect(desk.lines.join()).toContain('"event":"audit-pruned","count":250');
    expect(desk.audit.verify()).toEqual({ ok: true, rows: 4 });
    desk.storage.run('DELETE FROM audit WHERE seq = 251');
    expect(desk.audit.verify()).toEqual({ ok: false, firstBadSeq: 251 });
  });

  it('keeps what the site says', async () => {
    desk = await openTrail({ keptDays: 200 });
    appendRows(desk, 5);
    await desk.clock.advance(150 * DAY_MS);
    await lookNow();
    expect(rows()).toHaveLength(5);
  });

  it('always keeps the last row, from which the chain goes on', async () => {
    desk = await openTrail();
    appendRows(desk, 120);
    await desk.clock.advance(101 * DAY_MS);
    await lookNow();
    expect(rows().slice(0, 1)).toEqual([120]);
    desk.audit.append(makeEntry());
    expect(desk.audit.verify()).toMatchObject({ ok: true });
  });

  it('lets nothing go by a clock that nobody has confirmed', async () => {
    let isRight = false;
    desk = await openTrail({ isClockRight: () => isRight });
    appendRows(desk, 5);
    await desk.clock.advance(300 * DAY_MS);
    await lookNow();
    expect(rows()).toHaveLength(5);
    isRight = true;
    await desk.clock.advance(3_600_000);
    await lookNow();
    expect(rows()[0]).toBeGreaterThanOrEqual(5);
  });

  it('lets nothing go from a trail that does not fit, nor younger rows behind a clock that was set back', async () => {
    const [secrets, clock] = [createMemorySecrets(), createManualClock()];
    desk = await openTrail({ path: place.path, secrets, clock });
    appendRows(desk, 10);
    await desk.close();
    tamper(place.path, "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 9");
    desk = await openTrail({ path: place.path, secrets, clock });
    await desk.clock.advance(150 * DAY_MS);
    await lookNow();
    expect(desk.storage.all('SELECT count(*) AS n FROM audit WHERE seq <= 10')).toEqual([{ n: 10 }]);
    expect(desk.trail.status().findings).toEqual([{ kind: 'changed', seq: 9 }]);
  });
});
