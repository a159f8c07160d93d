/** A provider's system that does not answer: two silences in ten minutes warn (safety.md step 6). */
import { describe, expect, it } from 'vitest';
import { createProviderSilence } from '../../../src-main/features/outbox/provider-silence.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const MINUTE_MS = 60_000;

const begin = () => {
  const clock = createManualClock();
  return { clock, silence: createProviderSilence(clock) };
};

describe('a silent provider', () => {
  it('is warned of from its second silence on, since the first', async () => {
    const { clock, silence } = begin();
    const first = clock.nowMs();
    silence.note('11000');
    expect(silence.since('11000')).toBeNull();
    await clock.advance(10 * MINUTE_MS);
    silence.note('11000');
    expect(silence.since('11000')).toBe(first);
  });

  it('is not warned of when the two lie more than ten minutes apart', async () => {
    const { clock, silence } = begin();
    silence.note('11000');
    await clock.advance(10 * MINUTE_MS + 1);
    silence.note('11000');
    expect(silence.since('11000')).toBeNull();
  });

  it('is warned of no more ten minutes later, nor once it has answered', async () => {
    const { clock, silence } = begin();
    silence.note('11000');
    silence.note('11000');
    expect(silence.since('11000')).not.toBeNull();
    silence.answered('11000');
    expect(silence.since('11000')).toBeNull();
    silence.note('11000');
    silence.note('11000');
    await clock.advance(10 * MINUTE_MS + 1);
    expect(silence.since('11000')).toBeNull();
  });

  it('is not warned of where it was never silent', () => {
    expect(begin().silence.since('11000')).toBeNull();
  });

  it('says nothing of another service', () => {
    const { silence } = begin();
    silence.note('11000');
    silence.note('11000');
    expect(silence.since('11001')).toBeNull();
  });

  it('is timed by the monotonic clock and told by the wall clock', async () => {
    const { clock, silence } = begin();
    silence.note('11000');
    clock.setWallClock(clock.nowMs() + 60 * MINUTE_MS);
    silence.note('11000');
    expect(silence.since('11000')).not.toBeNull();
  });
});
