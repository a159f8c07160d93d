import type { ClockDrift } from '../../../contract/channels/audit.ts';
import type { Check } from '../finding.ts';

/** A jump like this ends the word that a clerk has given, and times on screen are plainly wrong. */
const FAR_OFF_MS = 30_000;

/** How far this machine's clock is from that of e-RS, as the answers of e-RS have shown it by now. */
export function checkClock(drift: () => ClockDrift): Check {
  return {
    id: 'clock',
    patienceMs: 5_000,
    run() {
      const { status, readings, lowestMs, highestMs } = drift();
      if (status === 'unknown' || lowestMs === null || highestMs === null)
        return { verdict: 'unknown', code: 'clock-not-compared', facts: { readings } };
      const facts = { readings, lowestMs, highestMs };
      if (status === 'no-sign') return { verdict: 'ok', code: 'clock-right', facts };
      const isFarOff = lowestMs > FAR_OFF_MS || highestMs < -FAR_OFF_MS;
      return isFarOff
        ? { verdict: 'fail', code: 'clock-far-off', facts }
        : { verdict: 'warn', code: 'clock-off', facts };
    },
  };
}
