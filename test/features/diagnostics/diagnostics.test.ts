import { describe, expect, it } from 'vitest';
import type { CheckId, CheckResult } from '../../../src-main/contract/channels/diagnostics.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { CardEvent, DiskFacts, Machine, Ports, SessionProvider } from '../../../src-main/app/ports.ts';
import { createUnknownMachine } from '../../../src-main/adapters/node/unavailable-devices.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { askNow, pass } from '../../support/booking-steps.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const HOUR = 3_600_000;
const GIGABYTE = 1024 ** 3;
const DISK: DiskFacts = {
  ...{ freeBytes: 80 * GIGABYTE, databaseBytes: 3_000_000, fault: null },
  ...{ copies: 3, lastCopyMs: null },
};
const LIVE = { settings: { environment: 'live' as const } };

const machineWith = (changes: Partial<Machine>): Machine => ({ ...createUnknownMachine(), ...changes });
const readerWith = (...events: CardEvent[]): Ports['cardReader'] => ({
  watch(listener) {
    events.forEach(listener);
    return () => undefined;
  },
});

async function run(desk: TestDesk, id: CheckId): Promise<CheckResult> {
  return desk.must('diagnostics/run-check', { id });
}

async function found(options: TestDeskOptions, id: CheckId): Promise<string> {
  const { verdict, code } = await run(await openDesk(options), id);
  return `${verdict} ${code}`;
}

/** A provider over the training service, with a way to look at it. */
function providerThat(check: NonNullable<SessionProvider['check']>): SessionProvider {
  const clock = createManualClock();
  const service = createTrainingService({ seed: 1, clock });
  const network = createInProcessNetwork(service, clock);
  const baseUrl = 'https://training.bookingdesk.invalid';
  return { ...createTrainingSessionProvider({ network, baseUrl, dialect: 'api-platform' }), check };
}

describe('the checks of a desk', () => {
  it('answer before a sign-in, in a role and behind the lock, and send no credential', async () => {
    const desk = await openDesk({ machine: machineWith({ readDisk: async () => DISK }) });
    for (const stage of [() => undefined, () => desk.signIn(), () => desk.must('session/lock', {})]) {
      await stage();
      expect(await run(desk, 'network')).toMatchObject({ verdict: 'ok', code: 'ers-answers' });
      expect(await run(desk, 'versions')).toMatchObject({ verdict: 'ok' });
      expect(await run(desk, 'disk')).toMatchObject({ code: 'no-copy-yet' });
    }
  });

  it('hold up no other when one hangs, and say so after a bounded time', async () => {
    let asked = 0;
    const check = () => ((asked += 1), new Promise<never>(() => undefined));
    const desk = await openDesk({ provider: providerThat(check) });
    const [first, second] = [1, 2].map(() => askNow(desk, 'diagnostics/run-check', { id: 'sign-in' }));
    expect(await run(desk, 'versions')).toMatchObject({ verdict: 'ok' });
    await pass(desk, 21);
    const late = { verdict: 'unknown', code: 'no-answer-in-time', facts: [{ name: 'seconds', value: 20 }] };
    expect(await first).toMatchObject({ ok: true, value: late });
    expect(await second).toMatchObject({ ok: true, value: late });
    // It still hangs: another one is not started beside it.
    void askNow(desk, 'diagnostics/run-check', { id: 'sign-in' });
    await pass(desk, 1);
    expect(asked).toBe(1);
  });

  it('survive a fault of their own, which is logged by its name alone', async () => {
    const check = () => Promise.reject(new RangeError('SMITH, John'));
    const desk = await openDesk({ provider: providerThat(check) });
    expect(await run(desk, 'sign-in')).toMatchObject({ verdict: 'unknown', code: 'check-failed' });
    expect(desk.logLines.join()).toContain('RangeError');
    expect(desk.logLines.join()).not.toContain('SMITH');
  });
});

describe('what each check says', () => {
  it.each([
    [[], 'unknown reader-service-silent'],
    [[{ kind: 'service', isUp: false }], 'warn reader-service-down'],
    [[{ kind: 'service', isUp: true }], 'warn no-reader'],
    [
      [
        { kind: 'service', isUp: true },
        { kind: 'reader-added', reader: 'A' },
      ],
      'ok reader-without-card',
    ],
    [
      [
        { kind: 'service', isUp: true },
        { kind: 'reader-added', reader: 'A' },
        { kind: 'card-inserted', reader: 'A' },
      ],
      'ok card-in-reader',
    ],
  ] as [CardEvent[], string][])('of the readers after %j: %s', async (events, expected) => {
    const options = { ...LIVE, cardReader: readerWith(...events) };
    expect(await found(options, 'reader')).toBe(expected);
    const isMissing = expected.startsWith('warn');
    expect(await found({ ...options, dialect: 'spine-session' }, 'reader')).toBe(
      isMissing ? expected.replace('warn', 'fail') : expected,
    );
    expect(await found({ cardReader: readerWith(...events) }, 'reader')).toBe('ok no-card-needed');
  });

  it.each([
    [ok(undefined), 'ok sign-in-ready'],
    [fail('not-signed-in', 'no-ticket'), 'warn no-ticket'],
    [fail('unavailable', 'identity-agent-missing'), 'fail identity-agent-missing'],
  ])('of the sign-in when it answers %j: %s', async (answer, expected) => {
    expect(await found({ provider: providerThat(async () => answer) }, 'sign-in')).toBe(expected);
    expect(await found({}, 'sign-in')).toBe('ok no-sign-in-needed');
  });

  it.each([
    [{}, 'ok no-proxy'],
    [{ used: 'p:80', isAnswering: true }, 'ok proxy-answers'],
    [{ used: 'p:80' }, 'fail proxy-silent'],
    [{ unused: 'p:80' }, 'warn system-proxy-not-used'],
    [{ isUnusable: true }, 'fail system-proxy-not-usable'],
  ])('of the proxy when it is %j: %s', async (proxy, expected) => {
    const none = { used: null, isAnswering: false, unused: null, isUnusable: false };
    const machine = machineWith({ readProxy: async () => ({ ...none, ...proxy }) });
    expect(await found({ ...LIVE, machine }, 'proxy')).toBe(expected);
    expect(await found({ machine }, 'proxy')).toBe('ok no-network-used');
  });

  it('of the network that it is not reached, or that a portal answers', async () => {
    const reply = (answer: Awaited<ReturnType<Ports['network']['send']>>) => ({
      network: { send: async () => answer, close: async () => undefined },
    });
    const page = new TextEncoder().encode('<html>Sign in to the guest network</html>');
    const html = {
      kind: 'reply',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: page,
    } as const;
    expect(await found(reply({ kind: 'not-sent', reason: 'ECONNREFUSED' }), 'network')).toBe(
      'fail ers-not-reached',
    );
    expect(await found(reply(html), 'network')).toBe('fail portal-answers');
  });

  it('of the clock what the answers of e-RS have shown', async () => {
    const clock = createManualClock();
    const service = createTrainingService({ seed: 1, clock });
    // This machine is two minutes ahead of e-RS.
    const ahead = { ...clock, nowMs: () => clock.nowMs() + 120_000 };
    const desk = await openDesk({ clock: ahead, service });
    expect(await run(desk, 'clock')).toMatchObject({ verdict: 'unknown', code: 'clock-not-compared' });
    await desk.signIn();
    for (let turn = 0; turn < 5; turn += 1) {
      await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
      await clock.advance(1_300);
    }
    expect(await run(desk, 'clock')).toMatchObject({ verdict: 'fail', code: 'clock-far-off' });
  });

  it.each([
    [{ ...DISK, fault: 'disk-full' }, 'fail database-fault'],
    [{ ...DISK, freeBytes: 50 * 1024 ** 2 }, 'fail disk-nearly-full'],
    [{ ...DISK, freeBytes: 0.5 * GIGABYTE }, 'warn disk-low'],
    [DISK, 'warn no-copy-yet'],
    [{ ...DISK, lastCopyMs: createManualClock().nowMs() - 60 * HOUR }, 'warn copy-old'],
    [{ ...DISK, lastCopyMs: createManualClock().nowMs() - HOUR }, 'ok disk-fine'],
  ] as [DiskFacts, string][])('of the disk with %j: %s', async (disk, expected) => {
    expect(await found({ machine: machineWith({ readDisk: async () => disk }) }, 'disk')).toBe(expected);
  });

  it('of keyring, disk and audit trail when there is no keyring', async () => {
    const noKeyring = async () => fail('writes-off', 'no-keyring');
    const secrets = { read: noKeyring, write: noKeyring, remove: noKeyring };
    const options = { secrets, machine: machineWith({ readDisk: async () => DISK }) };
    expect(await found(options, 'keyring')).toBe('fail no-keyring');
    expect(await found(options, 'disk')).toBe('fail writes-off');
    expect(await found(options, 'audit')).toBe('unknown audit-not-open');
    expect(await found({}, 'keyring')).toBe('ok keys-there');
  });

  it('of the audit trail whether it fits, and from where on it does not', async () => {
    const desk = await openDesk();
    await desk.signIn();
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    expect(await run(desk, 'audit')).toMatchObject({ verdict: 'ok', code: 'audit-whole' });
    desk.storage.run("UPDATE audit SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 1");
    const broken = await run(desk, 'audit');
    expect(broken).toMatchObject({ verdict: 'fail', code: 'audit-broken' });
  });

  it.each([
    [fail('unavailable', 'no-print-service'), 'fail no-print-service'],
    [ok([]), 'warn no-printers'],
    [ok(['stopped']), 'fail printers-stopped'],
    [ok(['ready', 'stopped']), 'warn some-printers-stopped'],
    [ok(['ready', 'busy']), 'ok printers-ready'],
  ])('of the printers when they are %j: %s', async (states, expected) => {
    const printers = states.ok
      ? ok(
          states.value.map((state, at) => ({
            ...{ name: `printer ${at}`, description: '', isDefault: at === 0, reasons: [] },
            ...{ state: state as 'ready', canPrintLarge: false },
          })),
        )
      : states;
    const printer = { list: async () => printers } as unknown as Ports['printer'];
    expect(await found({ printer }, 'printer')).toBe(expected);
  });
});

describe('the text for the service desk', () => {
  it('says what was found, versions and role; no person, no patient, no credential', async () => {
    const desk = await openDesk();
    const { text: early } = await desk.must('diagnostics/read-report', {});
    expect(early).toContain('Role: nobody has a role here');
    expect(early).toContain('No check has run.');
    await desk.signIn();
    const ubrn = desk.service.world.findScene('bookable')[0] ?? '';
    await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
    for (const id of ['versions', 'network', 'audit', 'keyring'] as const) await run(desk, id);
    const { text } = await desk.must('diagnostics/read-report', {});
    expect(text).toContain('Booking Desk 0.0.0, training, api-platform, test');
    expect(text).toContain('Role: REFERRING_CLINICIAN_ADMIN');
    expect(text).toMatch(/network: OK ers-answers, host=/);
    const order = ['network: ', 'keyring: ', 'audit: ', 'versions: '].map((name) => text.indexOf(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    const { user } = await desk.must('session/read-state', {});
    for (const secret of [user?.userId, user?.name, ubrn, desk.service.world.referral(ubrn).nhsNumber])
      expect(text).not.toContain(secret ?? 'there is nobody');
  });
});
