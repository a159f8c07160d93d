/** The end of a booking day: 17:00 in London, in summer and winter (screens.md section 9). */
import { describe, expect, it } from 'vitest';
import { fromLondon, toIso } from '../../../src-main/contract/london-time.ts';
import { atDayEnds, isPastDayEnd } from '../../../src-main/features/outbox/day-end.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const HOUR_MS = 3_600_000;

/** The moments of a day end, from a moment in London on. */
async function endsFrom(date: string, hour: number, hours: number): Promise<string[]> {
  const clock = createManualClock(fromLondon(date, hour, 0));
  const ends: string[] = [];
  atDayEnds(
    clock,
    () => undefined,
    () => ends.push(toIso(Math.floor(clock.nowMs()))),
  );
  for (let passed = 0; passed < hours; passed += 1) await clock.advance(HOUR_MS);
  return ends;
}

describe('the end of the day', () => {
  it.each([
    ['in winter', '2026-01-14', ['2026-01-14T17:00:00.000Z', '2026-01-15T17:00:00.000Z']],
    ['in summer', '2026-07-14', ['2026-07-14T16:00:00.000Z', '2026-07-15T16:00:00.000Z']],
    [
      'over the change to winter time',
      '2026-10-24',
      ['2026-10-24T16:00:00.000Z', '2026-10-25T17:00:00.000Z'],
    ],
  ])('comes every day at 17:00 %s', async (_when, date, expected) => {
    expect(await endsFrom(date, 9, 36)).toEqual(expected);
  });

  it('comes at the hour that the site has set, also when it is set meanwhile', async () => {
    const clock = createManualClock(fromLondon('2026-01-14', 9, 0));
    const ends: string[] = [];
    let hour = 16;
    atDayEnds(
      clock,
      () => hour,
      () => ends.push(toIso(Math.floor(clock.nowMs()))),
    );
    await clock.advance(8 * HOUR_MS);
    hour = 18;
    await clock.advance(48 * HOUR_MS);
    expect(ends.map((at) => at.slice(11, 13))).toEqual(['16', '16', '18']);
  });

  it('comes the next day where it is past already', async () => {
    expect(await endsFrom('2026-01-14', 18, 24)).toEqual(['2026-01-15T17:00:00.000Z']);
  });

  it('does not come any more once it is not wanted', async () => {
    const clock = createManualClock(fromLondon('2026-01-14', 9, 0));
    const ends: string[] = [];
    atDayEnds(
      clock,
      () => undefined,
      () => ends.push('end'),
    )();
    await clock.advance(48 * HOUR_MS);
    expect(ends).toEqual([]);
  });

  it('is past from 17:00 to midnight', () => {
    const at = (hour: number, minute: number) =>
      isPastDayEnd(createManualClock(fromLondon('2026-07-14', hour, minute)));
    expect([at(0, 1), at(16, 59), at(17, 0), at(23, 59)]).toEqual([false, false, true, true]);
  });
});
