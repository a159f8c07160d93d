/** The helper program, built from its source against a stub of the agent's library, and what the desk makes of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityAgentProvider } from '../../../src-main/adapters/identity-agent/identity-agent-provider.ts';
import { createTicketHelper } from '../../../src-main/adapters/identity-agent/ticket-helper.ts';
import type { ProviderEnd } from '../../../src-main/app/ports.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { isMissing } from '../../support/missing-parts.ts';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const TICKET = 'AQIC5wM2"\\@AAJTSQACMDE=#';
const problem = (answer: Outcome<unknown>) => (answer.ok ? null : answer.problem);

describe.skipIf(isMissing('gcc') || isMissing('libc6-dev'))('the helper of the Identity Agent', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'booking-desk-ticket-'));
    const strict = ['-Wall', '-Wextra', '-Werror'];
    const source = pathOf('../../../native/ia-ticket/ia-ticket.c');
    execFileSync('gcc', [...strict, '-o', join(folder, 'helper'), source, '-ldl']);
    const stub = pathOf('./ticket-stub.c');
    execFileSync('gcc', [...strict, '-shared', '-fPIC', '-o', join(folder, 'stub.so'), stub]);
    writeFileSync(join(folder, 'not-a-library.so'), 'text');
  });
  afterEach(() => void delete process.env['TICKET_STUB']);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const helper = (library = 'stub.so', program = 'helper') =>
    createTicketHelper({ program: join(folder, program), library: join(folder, library) });
  const inScene = (scene: string) => {
    process.env['TICKET_STUB'] = scene;
    return helper();
  };

  it('brings the ticket whole, whatever signs it holds', async () => {
    expect(await helper().get()).toEqual(ok(TICKET));
    expect(await helper().getQuietly()).toEqual(ok(TICKET));
  });

  it('makes room for a long ticket', async () => {
    expect(await inScene('long').get()).toEqual(ok('A'.repeat(4999)));
  });

  it.each([
    ['no-session', 'getQuietly', 'not-signed-in', 'no-ticket'],
    ['last-error', 'getQuietly', 'not-signed-in', 'no-ticket'],
    ['aborted', 'get', 'rejected', 'sign-in-cancelled'],
    ['not-initialised', 'get', 'unavailable', 'identity-agent-refused'],
    ['dying', 'get', 'unavailable', 'ticket-helper-failed'],
  ] as const)('says what is the matter: %s', async (scene, deed, kind, code) => {
    expect(problem(await inScene(scene)[deed]())).toMatchObject({ kind, code });
  });

  it.each(['absent.so', 'not-a-library.so'])('says that there is no agent: %s', async (library) => {
    expect(problem(await helper(library).get())).toMatchObject({ code: 'identity-agent-missing' });
  });

  it('says that the helper itself is not there', async () => {
    expect(problem(await helper('stub.so', 'absent').get())).toMatchObject({ code: 'ticket-helper-missing' });
  });

  it('understands no other program', async () => {
    const echo = createTicketHelper({ program: '/bin/echo', library: 'x' });
    expect(problem(await echo.get())).toMatchObject({ kind: 'bad-reply' });
  });
});

describe('the session of the Identity Agent', () => {
  const NO_TICKET = fail('not-signed-in', 'no-ticket');
  const SILENT = fail('unavailable', 'identity-agent-silent');

  async function seated(quiet: Outcome<string>[]) {
    const clock = createManualClock();
    const ends: ProviderEnd[] = [];
    const helper = {
      get: async () => ok('first'),
      getQuietly: async () => quiet.shift() ?? ok('first'),
    };
    const provider = createIdentityAgentProvider(helper, clock);
    const stop = provider.watchEnd?.((end) => void ends.push(end));
    expect(await provider.obtain()).toEqual(ok({ kind: 'sso-ticket', ticket: 'first' }));
    return { clock, ends, provider, stop };
  }

  it('goes on while the agent has the same ticket, and while it does not answer', async () => {
    const { clock, ends } = await seated([ok('first'), SILENT, ok('first')]);
    await clock.advance(100_000);
    expect(ends).toEqual([]);
  });

  it.each([
    ['is gone', NO_TICKET],
    ['is another', ok('second')],
  ])('ends once when the ticket %s', async (_what, answer) => {
    const { clock, ends } = await seated([ok('first'), answer, answer]);
    await clock.advance(200_000);
    expect(ends).toEqual(['card-removed']);
  });

  it('looks no more after the desk let go of it', async () => {
    const released = await seated([NO_TICKET]);
    await released.provider.release();
    await released.clock.advance(100_000);
    const stopped = await seated([NO_TICKET]);
    stopped.stop?.();
    await stopped.clock.advance(100_000);
    expect([...released.ends, ...stopped.ends]).toEqual([]);
  });

  it('has no session without a ticket', async () => {
    const helper = { get: async () => ok(''), getQuietly: async () => ok('') };
    const answer = await createIdentityAgentProvider(helper, createManualClock()).obtain();
    expect(problem(answer)).toMatchObject({ kind: 'bad-reply' });
    const refused = createIdentityAgentProvider({ ...helper, get: async () => SILENT }, createManualClock());
    expect(await refused.obtain()).toEqual(SILENT);
  });
});
