import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inputs } from '../../build/generated/channel-validators.js';
import { createDoor, type Handlers } from '../../src-main/app/door.ts';
import type { Log } from '../../src-main/app/ports.ts';
import type { SessionState } from '../../src-main/contract/channels/session.ts';
import { fail, ok, PROBLEM_KINDS } from '../../src-main/contract/outcome.ts';
import { createManualClock } from '../support/manual-clock.ts';

const page = { isTrusted: true, place: 'page' };
const signedOut: SessionState = {
  status: 'signed-out',
  user: null,
  roles: [],
  role: null,
  onBehalfOf: null,
  endedReason: null,
};

function openDoor(overrides: Partial<Handlers> = {}) {
  const lines: string[] = [];
  const log: Log = {
    write: (level, event, fields) => void lines.push(JSON.stringify({ level, event, ...fields })),
  };
  const refuse = () => fail('not-signed-in', 'not-signed-in');
  const all = Object.fromEntries(
    Object.keys(inputs).map((channel) => [channel, refuse]),
  ) as unknown as Handlers;
  return {
    lines,
    handle: createDoor({ handlers: { ...all, ...overrides }, log, clock: createManualClock() }),
  };
}

describe('the door', () => {
  it('answers a handler of a known channel', async () => {
    const { handle } = openDoor({ 'session/read-state': () => ok(signedOut) });
    expect(await handle('session/read-state', {}, page)).toEqual({ ok: true, value: signedOut });
  });

  it('refuses a foreign sender before anything else, and says so in the log', async () => {
    let isCalled = false;
    const { handle, lines } = openDoor({
      'session/read-state': () => {
        isCalled = true;
        return ok(signedOut);
      },
    });
    const outcome = await handle(
      'session/read-state',
      {},
      { isTrusted: false, place: 'https://evil.invalid' },
    );
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused-sender' } });
    expect(isCalled).toBe(false);
    expect(lines.join()).toContain('sender-refused');
  });

  it.each([
    ['an unknown channel', 'session/steal-token', {}],
    ['a name of Object.prototype', 'constructor', {}],
    ['a missing field', 'referral/find', {}],
    ['a field too many', 'referral/find', { text: 'x', role: 'REFERRING_CLINICIAN' }],
    ['a text too long', 'referral/find', { text: 'x'.repeat(61) }],
    ['another type', 'slots/read-page', { searchId: '00000000-0000-0000-0000-000000000000', page: '1' }],
    ['null', 'referral/find', null],
  ])('answers invalid-input to %s', async (_name, channel, input) => {
    expect(await openDoor().handle(channel, input, page)).toMatchObject({
      ok: false,
      problem: { kind: 'invalid-input' },
    });
  });

  it('lets nothing out that the schema does not name', async () => {
    const leaking = { ...signedOut, token: 'secret-token' };
    const { handle, lines } = openDoor({ 'session/read-state': () => ok(leaking) });
    const outcome = await handle('session/read-state', {}, page);
    expect(JSON.stringify(outcome)).not.toContain('secret-token');
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'internal' } });
    expect(lines.join()).not.toContain('secret-token');
  });

  it('turns a throw into data without its text', async () => {
    const { handle, lines } = openDoor({
      'referral/find': () => {
        throw new Error('patient 9434765919');
      },
    });
    const outcome = await handle('referral/find', { text: 'x' }, page);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'internal', code: 'handler-failed' } });
    expect(JSON.stringify(outcome) + lines.join()).not.toContain('9434765919');
  });

  it('logs no name of a channel that the page made up', async () => {
    const { handle, lines } = openDoor();
    await handle('patient 9434765919', {}, page);
    expect(lines.join()).not.toContain('9434765919');
  });

  it('fails at start when a channel has no handler', () => {
    const log: Log = { write: () => undefined };
    expect(() => createDoor({ handlers: {} as Handlers, log, clock: createManualClock() })).toThrow(
      'without a handler',
    );
  });

  it('answers any payload on any channel with a typed outcome and changes no prototype', async () => {
    const { handle } = openDoor();
    const keysBefore = Object.getOwnPropertyNames(Object.prototype).join();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(inputs)),
        fc.anything({ withNullPrototype: true }),
        async (channel, input) => {
          const outcome = await handle(channel, input, page);
          return !outcome.ok && PROBLEM_KINDS.includes(outcome.problem.kind);
        },
      ),
      { numRuns: 2000 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(keysBefore);
  });
});
