/** The application scripted: signed in, one list of any length, one service with any number of slots. */
import { randomUUID } from 'node:crypto';
import type { RequestChannel } from '../../src-main/contract/channels.ts';
import { fail, ok } from '../../src-main/contract/outcome.ts';
import { makeReferral } from '../../test/renderer/referral/referral-fakes.ts';
import { answerSlots, makeSlots } from '../../test/renderer/slots/slot-fakes.ts';
import { createFakeBridge } from '../../test/support/fake-bridge.ts';
import { makeRow, makeWorklist } from '../../test/support/fake-data.ts';
import type { HostedApp } from '../../test/support/host-fixture.ts';

export interface ScriptedDesk {
  readonly app: HostedApp;
  /** The list has so many rows when it is read next. */
  setRows(count: number): void;
}

export const WORKLIST_ROWS = 10_000;
export const SLOTS = 5_000;

export function createScriptedDesk(): ScriptedDesk {
  const all = Array.from({ length: WORKLIST_ROWS }, (_, n) => makeRow(n));
  let rows = all;
  const fake = createFakeBridge({
    ...answerSlots(makeSlots(SLOTS)),
    'worklist/fetch': ({ kind }) => ok(makeWorklist(kind, rows)),
    'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn })),
    'booking/read-state': () => fail('not-found', 'no-booking', {}, randomUUID()),
  });
  return {
    app: {
      handle: (channel, input) => fake.bridge.requests[channel as RequestChannel](input as never),
      onPush: () => () => undefined,
    },
    setRows: (count) => {
      rows = all.slice(0, count);
    },
  };
}
