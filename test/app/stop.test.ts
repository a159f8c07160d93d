/** A desk that is stopped lets its process end: no timer of it is left, whoever was at it and whatever it followed. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSystemClock } from '../../src-main/adapters/node/system-clock.ts';
import type { Clock } from '../../src-main/app/ports.ts';
import { openDesk } from '../support/desk.ts';

/** The machine's clock, with the delays of what is planned and neither run nor called off. */
function createWatchedClock(): Clock & { readonly planned: Map<object, number> } {
  const clock = createSystemClock();
  const planned = new Map<object, number>();
  return {
    ...clock,
    planned,
    schedule(delayMs, task) {
      const one = {};
      planned.set(one, delayMs);
      const cancel = clock.schedule(delayMs, () => {
        planned.delete(one);
        task();
      });
      return () => {
        planned.delete(one);
        cancel();
      };
    },
  };
}

it('leaves no timer behind, also with a person at the desk and their lists in use', async () => {
  const realClock = createWatchedClock();
  const desk = await openDesk({ realClock });
  await desk.signIn();
  await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
  await wait(50);
  expect(realClock.planned.size).toBeGreaterThan(0);
  await desk.app.stop();
  await wait(50);
  expect([...realClock.planned.values()]).toEqual([]);
});
