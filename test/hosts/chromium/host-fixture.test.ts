import { afterEach, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { APP_URL } from '../../../src-main/hosts/chromium/origin.ts';
import { BINDING_NAME } from '../../../src-main/hosts/chromium/page-protocol.ts';
import { eventually } from '../../support/eventually.ts';
import { createFakeDoor, createMemoryLog, type FakeDoor } from '../../support/fake-door.ts';
import { launchHost, type LaunchedHost } from '../../support/host-fixture.ts';
import { isMissing } from '../../support/missing-parts.ts';
import { makeSmallInterface } from '../../support/small-interface.ts';

let host: LaunchedHost<FakeDoor> | null = null;

afterEach(async () => {
  await host?.close();
  host = null;
});

const ASKING = makeSmallInterface(`
  document.getElementById('state').textContent = 'asking';
  bookingDesk.pushes['outbox/changed']((summary) => { document.getElementById('state').textContent = 'pushed ' + summary.open; });
  const answer = await bookingDesk.requests['session/read-state']({});
  document.getElementById('state').textContent = answer.value.status;
`);

it.skipIf(isMissing('chromium'))('lets Playwright drive a page that talks to the application', async () => {
  const app = createFakeDoor(() => ok({ status: 'signed-out' }));
  host = await launchHost({ app, files: ASKING });
  const { page } = host;
  await eventually(async () => expect(await page.textContent('#state')).toBe('signed-out'));
  app.push('outbox/changed', { open: 3 });
  await eventually(async () => expect(await page.textContent('#state')).toBe('pushed 3'));
  expect(app.received).toEqual([
    { channel: 'session/read-state', input: {}, isTrusted: true, place: 'main-frame' },
  ]);
});

it.skipIf(isMissing('chromium'))(
  'holds the policy in page code and leaves no binding of the host in the page',
  async () => {
    const app = createFakeDoor();
    const files = makeSmallInterface(
      `let result; try { eval('1'); result = 'ran'; } catch (e) { result = e.name; }
     document.getElementById('state').textContent = result + ' ' + typeof ${BINDING_NAME};`,
    );
    host = await launchHost({ app, files });
    const { page } = host;
    await eventually(async () => expect(await page.textContent('#state')).toBe('EvalError undefined'));
  },
);

it.skipIf(isMissing('chromium'))('aborts what is not the interface', async () => {
  const log = createMemoryLog();
  host = await launchHost({ app: createFakeDoor(), files: ASKING, log });
  const { page } = host;
  // Asked for by the browser itself, as from its address bar: the page cannot hold it back.
  const going = page.goto('http://198.51.100.1/', { timeout: 5_000 }).catch(() => undefined);
  await eventually(async () =>
    expect(log.lines.map(({ event, fields }) => `${event} ${fields.reason}`)).toContain(
      'foreign-request-aborted Document',
    ),
  );
  await going;
  expect(await page.evaluate('[location.href, typeof window.bookingDesk]')).toEqual([APP_URL, 'object']);
});
