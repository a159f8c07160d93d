/** The application scripted: signed in, one list of any length, one service with any number of slots, one batch. */
import { randomUUID } from 'node:crypto';
import type { PushChannel, RequestChannel } from '../../src-main/contract/channels.ts';
import type { PrintBatch } from '../../src-main/contract/channels/letters.ts';
import { fail, ok } from '../../src-main/contract/outcome.ts';
import { makePrinter } from '../../test/renderer/letters/letter-fakes.ts';
import { makeReferral } from '../../test/renderer/referral/referral-fakes.ts';
import { answerSlots, makeSlots } from '../../test/renderer/slots/slot-fakes.ts';
import { createFakeBridge } from '../../test/support/fake-bridge.ts';
import { makeRow, makeWorklist } from '../../test/support/fake-data.ts';
import type { HostedApp } from '../../test/support/host-fixture.ts';

export interface ScriptedDesk {
  readonly app: HostedApp;
  /** The list has so many rows when it is read next. */
  setRows(count: number): void;
  /** While it runs, the batch of letters changes ten times a second, from letter to letter. */
  runBatch(isRunning: boolean): void;
}

export const WORKLIST_ROWS = 10_000;
export const SLOTS = 5_000;
export const LETTERS = 100;
const CHANGE_EVERY_MS = 100;
const BATCH_ID = randomUUID();

/** The batch with so many letters printed; past its end it begins anew. */
function batchAt(step: number, state: PrintBatch['state']): PrintBatch {
  const printed = step % LETTERS;
  return {
    ...{ batchId: BATCH_ID, state, code: '', printer: 'Front desk', sheetsExpected: 1 + 2 * printed },
    sheetsCounted: null,
    items: Array.from({ length: LETTERS }, (_, n) => ({
      ...{ ubrn: makeRow(n).ubrn, initials: 'JS', code: '', pages: 2 },
      state: n < printed ? 'printed' : n === printed ? 'printing' : 'waiting',
    })),
  };
}

export function createScriptedDesk(): ScriptedDesk {
  const all = Array.from({ length: WORKLIST_ROWS }, (_, n) => makeRow(n));
  let rows = all;
  const fake = createFakeBridge({
    ...answerSlots(makeSlots(SLOTS)),
    'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, rows)),
    'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn })),
    'letters/plan-batch': () => ok(batchAt(0, 'planned')),
    'letters/start-batch': () => ok(batchAt(0, 'running')),
    'letters/read-printers': () => ok({ printers: [makePrinter('Front desk', { isChosen: true })] }),
    'booking/read-state': () => fail('not-found', 'no-booking', {}, randomUUID()),
  });
  const listeners = new Set<(channel: PushChannel, payload: unknown) => void>();
  let step = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const goOn = () => {
    const batch = batchAt((step += 1), 'running');
    listeners.forEach((listener) => listener('letters/batch-changed', batch));
  };
  return {
    app: {
      handle: (channel, input) => fake.bridge.requests[channel as RequestChannel](input as never),
      onPush(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    setRows: (count) => {
      rows = all.slice(0, count);
    },
    runBatch(isRunning) {
      clearInterval(timer);
      if (isRunning) timer = setInterval(goOn, CHANGE_EVERY_MS);
    },
  };
}
