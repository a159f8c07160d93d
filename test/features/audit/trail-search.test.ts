import { afterEach, describe, expect, it } from 'vitest';
import {
  ANYTHING,
  searchTrail,
  type FoundRows,
  type TrailFilter,
} from '../../../src-main/features/audit/trail-search.ts';
import { makeEntry, openTrail, type OpenTrail } from './trail-bench.ts';

const [ALEX, SAM] = ['555000000101', '555000000102'];
const ubrnOf = (nth: number) => String(nth).padStart(12, '0');
let desk: OpenTrail;
afterEach(() => desk.close());

/** 2,500 rows: ten referrals, two people, a failure in every hundredth. */
async function openWithRows(): Promise<void> {
  desk = await openTrail();
  desk.storage.transaction(() => {
    for (let nth = 0; nth < 2_500; nth += 1)
      desk.audit.append(
        makeEntry({
          userId: nth % 3 === 0 ? SAM : ALEX,
          ubrn: ubrnOf(nth % 10),
          nhsNumber: nth % 10 === 4 && nth > 1_000 ? '9434765870' : '',
          type: nth % 50 === 0 ? 'Outbox book SENDING' : 'API Retrieve Slots',
          outcome: nth % 100 === 7 ? 'SLOT_NOT_AVAILABLE' : 'success',
        }),
      );
  });
}

const search = (filter: Partial<TrailFilter>, part: object = {}) =>
  searchTrail({
    ...{ storage: desk.storage, log: desk.audit, filter: { ...ANYTHING, ...filter } },
    ...{ maySee: () => true, order: 'newest-first', most: 100, isStale: () => false, ...part },
  });

const seqs = (found: FoundRows | null) => found?.rows.map(({ seq }) => seq) ?? null;

describe('a search', () => {
  it('gives pages, newest first, without a row twice or left out', async () => {
    await openWithRows();
    const all: number[] = [];
    let past: number | null = null;
    for (let page = 0; page < 100; page += 1) {
      const found: FoundRows | null = await search({}, { past });
      all.push(...(seqs(found) ?? []));
      past = found?.next ?? null;
      if (past === null) break;
    }
    expect(all).toEqual(Array.from({ length: 2_500 }, (_, nth) => 2_500 - nth));
  });

  it.each<[string, Partial<TrailFilter>, (nth: number) => boolean]>([
    ['a person', { userId: SAM }, (nth) => nth % 3 === 0],
    ['a referral', { ubrn: ubrnOf(7) }, (nth) => nth % 10 === 7],
    ['an NHS number', { nhsNumber: '9434765870' }, (nth) => nth % 10 === 4 && nth > 1_000],
    [
      'an NHS number and its referrals',
      { nhsNumber: '9434765870', orUbrns: new Set([ubrnOf(4)]) },
      (nth) => nth % 10 === 4,
    ],
    ['an action, whatever its step', { action: 'Outbox book' }, (nth) => nth % 50 === 0],
    ['failures', { isFailed: true }, (nth) => nth % 100 === 7],
    [
      'all of these',
      { userId: ALEX, ubrn: ubrnOf(7), isFailed: true },
      (nth) => nth % 100 === 7 && nth % 3 !== 0,
    ],
    ['nobody', { userId: '000000000000' }, () => false],
  ])('finds by %s', async (_name, filter, isMeant) => {
    await openWithRows();
    const found = await search(filter, { most: 5_000, order: 'oldest-first' });
    const meant = Array.from({ length: 2_500 }, (_, nth) => nth).filter(isMeant);
    expect(seqs(found)).toEqual(meant.map((nth) => nth + 1));
    expect(found).toMatchObject({ next: null, unreadable: 0 });
  });

  it.each([
    ['newest-first', 9e15],
    ['newest-first', 1e300],
    ['newest-first', -1e300],
    ['oldest-first', -9e15],
    ['oldest-first', 1e300],
  ])('goes on from no place far outside of the trail, %s from %d', async (order, past) => {
    await openWithRows();
    let turns = 0;
    const found = await search({ userId: '000000000000' }, { order, past, isStale: () => (turns += 1) > 9 });
    expect(found).toEqual({ rows: [], next: null, unreadable: 0 });
  });

  it('finds by time, whose end does not belong to it', async () => {
    desk = await openTrail();
    for (let nth = 0; nth < 5; nth += 1) {
      desk.audit.append(makeEntry());
      await desk.clock.advance(1_000);
    }
    const [, second, , fourth] = desk.audit.read().map(({ at }) => at);
    expect(seqs(await search({ from: second ?? '', before: fourth ?? '' }))).toEqual([3, 2]);
  });

  it('gives no row that who asks may not see, and counts those that do not open', async () => {
    await openWithRows();
    desk.storage.run("UPDATE audit SET entry = x'00' WHERE seq = 2499");
    desk.storage.run("UPDATE audit SET at = 'never' WHERE seq = 2498");
    const maySee = ({ entry }: { entry: { userId: string } }) => entry.userId === SAM;
    const found = await search({}, { maySee, most: 3 });
    expect(found?.rows.map(({ entry }) => entry.userId)).toEqual([SAM, SAM, SAM]);
    expect(found?.unreadable).toBe(2);
  });

  it('trusts the entry and not the tag', async () => {
    await openWithRows();
    desk.storage.run('UPDATE audit SET ubrn_tag = ? WHERE seq = 1', desk.audit.tags.ubrn(ubrnOf(7)));
    expect(seqs(await search({ ubrn: ubrnOf(7) }, { most: 5_000 }))).not.toContain(1);
  });

  it('finds rows of before there were tags', async () => {
    await openWithRows();
    desk.storage.run(
      'UPDATE audit SET user_tag = NULL, ubrn_tag = NULL, action_tag = NULL WHERE seq BETWEEN 100 AND 200',
    );
    expect(seqs(await search({ ubrn: ubrnOf(7) }, { most: 5_000 }))).toContain(108);
    expect(seqs(await search({ ubrn: ubrnOf(7) }, { most: 5_000 }))).not.toContain(109);
  });

  it('stops when nobody waits for it', async () => {
    await openWithRows();
    let asked = 0;
    expect(await search({ userId: 'x' }, { isStale: () => (asked += 1) > 2 })).toBeNull();
    expect(asked).toBe(3);
  });

  it('finds nothing in an empty trail', async () => {
    desk = await openTrail();
    expect(await search({})).toEqual({ rows: [], next: null, unreadable: 0 });
    expect(await search({}, { order: 'oldest-first' })).toEqual({ rows: [], next: null, unreadable: 0 });
  });
});
