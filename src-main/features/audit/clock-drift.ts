/**
 * How far this machine's clock is from that of e-RS (contract.md section 12: local clocks follow the national source).
 *
 * A reply's `Date` is the service's time cut to a whole second, at some moment between sending and receiving. Each
 * reply therefore bounds the drift, no more: it is more than `sent - Date - 1 s` and at most `received - Date`. Replies
 * fall into the second at different places, so that where several agree the bounds come close together. Drift is
 * called off only when it certainly is more than a quarter of a second, and never guessed from the middle.
 */
import type { ClockDrift } from '../../contract/channels/audit.ts';
import { parseHttpDate, toIso } from '../../contract/london-time.ts';
import type { Clock, Log } from '../../app/ports.ts';

/** One reply with its `Date`, by the wall clock and by the one that nobody sets. */
export interface DateReading {
  readonly date: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

export interface ClockDriftFeature {
  readonly notice: (reading: DateReading) => void;
  readonly drift: () => ClockDrift;
  /** True when e-RS has shown this clock to be right within so much. */
  readonly isWithin: (ms: number) => boolean;
}

interface Dependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: (outcome: string, facts: Readonly<Record<string, number>>) => void;
  readonly onChanged: (drift: ClockDrift) => void;
}

export const ALLOWED_MS = 250;
const SECOND_MS = 1_000;
const MOST_READINGS = 40;
/** Quartz drifts a second or so a day: within this it stands still. */
const READING_LIFE_MS = 15 * 60_000;
/** The clock was set: what was read before says nothing about it. */
const STEP_MS = 50;
/** One reply may come out of a cache on the way. */
const LEAST_AGREEING = 3;
/** Slower replies bound nothing of interest. */
const SLOWEST_MS = 5_000;

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly at: number;
}

const UNKNOWN: ClockDrift = {
  ...{ status: 'unknown', readings: 0, lowestMs: null, highestMs: null, readAt: null },
};

export function createClockDrift({ clock, log, audit, onChanged }: Dependencies): ClockDriftFeature {
  let readings: readonly Bounds[] = [];
  let offset = Number.NaN;
  let shown: ClockDrift = UNKNOWN;

  function change(next: ClockDrift): void {
    const before = shown.status;
    shown = next;
    if (next.status === before) return;
    onChanged(next);
    if (next.status !== 'off' && before !== 'off') return;
    const isOff = next.status === 'off';
    const ms = { lowestMs: next.lowestMs ?? 0, highestMs: next.highestMs ?? 0 };
    log.write(isOff ? 'warn' : 'info', isOff ? 'clock-drift' : 'clock-drift-over', {
      durationMs: leastOf(next),
    });
    audit(isOff ? 'clock-drift' : 'clock-right-again', ms);
  }

  return {
    notice({ date, sentAtMs, receivedAtMs }) {
      const dateMs = parseHttpDate(date);
      if (dateMs === null || receivedAtMs < sentAtMs || receivedAtMs - sentAtMs > SLOWEST_MS) return;
      const nowMs = clock.monotonicMs();
      const offsetNow = clock.nowMs() - nowMs;
      if (Math.abs(offsetNow - offset) > STEP_MS) readings = [];
      offset = offsetNow;
      const bounds = { low: sentAtMs - dateMs - SECOND_MS, high: receivedAtMs - dateMs, at: nowMs };
      readings = [...readings.filter(({ at }) => nowMs - at < READING_LIFE_MS), bounds].slice(-MOST_READINGS);
      change(judge(readings, toIso(clock.nowMs())));
    },
    drift: () => shown,
    isWithin: (ms) =>
      shown.lowestMs !== null && shown.highestMs !== null && shown.lowestMs > -ms && shown.highestMs < ms,
  };
}

/** The least that the clock is off, without its sign. */
const leastOf = ({ lowestMs, highestMs }: ClockDrift): number =>
  Math.max(0, lowestMs ?? 0, -(highestMs ?? 0));

/** Where most readings agree (Marzullo's algorithm); unknown where they are few, or half of them say something else. */
function judge(readings: readonly Bounds[], readAt: string): ClockDrift {
  const starts = readings.map(({ low }) => low);
  const at = (ms: number) => readings.filter(({ low, high }) => low <= ms && ms <= high);
  const best = starts.map(at).reduce<readonly Bounds[]>((a, b) => (b.length > a.length ? b : a), []);
  if (best.length < LEAST_AGREEING || best.length * 2 <= readings.length)
    return { ...UNKNOWN, readings: best.length };
  const lowestMs = Math.floor(Math.max(...best.map(({ low }) => low)));
  const highestMs = Math.ceil(Math.min(...best.map(({ high }) => high)));
  const isOff = lowestMs > ALLOWED_MS || highestMs < -ALLOWED_MS;
  return { status: isOff ? 'off' : 'no-sign', readings: best.length, lowestMs, highestMs, readAt };
}
