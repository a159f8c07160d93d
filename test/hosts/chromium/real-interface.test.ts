import { afterEach, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { eventually } from '../../support/eventually.ts';
import { createFakeDoor, createMemoryLog, type FakeDoor } from '../../support/fake-door.ts';
import { launchHost, type LaunchedHost } from '../../support/host-fixture.ts';
import { isMissing } from '../../support/missing-parts.ts';

let host: LaunchedHost<FakeDoor> | null = null;

afterEach(async () => {
  await host?.close();
  host = null;
});

const ANSWERS: Readonly<Record<string, unknown>> = {
  'session/read-state': { status: 'signed-out', user: null, roles: [], role: null, endedReason: null },
  'session/read-environment': {
    id: 'training',
    name: 'Training',
    dialect: 'api-platform',
    host: 'test',
    version: '0.0.0',
  },
  'session/read-connection': { status: 'online', since: null, pausedUntil: null },
  'outbox/read-summary': { open: 0, unknown: 0, canWrite: true, writesOffReason: null },
};

it.skipIf(isMissing('chromium'))(
  'shows the built interface under the policy, without a violation and without a foreign request',
  async () => {
    const log = createMemoryLog();
    const app = createFakeDoor(({ channel }) => ok(ANSWERS[channel] ?? {}));
    host = await launchHost({ app, log });
    const { page } = host;
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.reload();
    await eventually(async () => expect(await page.textContent('body')).toContain('Sign in'));
    expect(faults).toEqual([]);
    expect(log.lines.filter((line) => line.level !== 'info')).toEqual([]);
    expect(app.received.every((message) => message.isTrusted)).toBe(true);
    expect(app.received.map((message) => message.channel)).not.toContain('diagnostics/report-fault');
  },
);
