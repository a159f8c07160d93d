import { expect, it, vi } from 'vitest';

const shell = vi.hoisted(() => ({ openExternal: vi.fn((_url: string) => Promise.resolve()) }));
const dialog = vi.hoisted(() => ({ showMessageBox: vi.fn(() => Promise.resolve({ response: 0 })) }));
vi.mock('electron', () => ({ shell, dialog }));

const { createElectronDialogs } = await import('../../src-main/adapters/electron/dialogs.ts');
const { findLink } = await import('../../src-main/hosts/electron/security/refuse-unknown-links.ts');

it('opens a fixed link by its id and nothing else', async () => {
  const dialogs = createElectronDialogs(findLink);
  expect(await dialogs.openLink('ers-web-app')).toEqual({ ok: true, value: undefined });
  expect(shell.openExternal.mock.calls).toEqual([['https://ebs.ncrs.nhs.uk/']]);
  const wrong = [
    'unknown',
    'https://example.org/',
    'file:///etc/passwd',
    'ms-msdt:/id',
    'search-ms:x',
    'ers-web-app\0',
    'ers-web-app ',
    '__proto__',
  ];
  for (const id of wrong) {
    expect(await dialogs.openLink(id as 'ers-web-app')).toMatchObject({
      ok: false,
      problem: { code: 'unknown-link' },
    });
  }
  expect(shell.openExternal).toHaveBeenCalledTimes(1);
});

it('says so when the system has nothing that opens a link', async () => {
  shell.openExternal.mockRejectedValueOnce(new Error('no handler'));
  expect(await createElectronDialogs(findLink).openLink('service-desk')).toMatchObject({
    ok: false,
    problem: { kind: 'unavailable', code: 'no-browser' },
  });
});

it('asks before quitting, with working on as the answer of Enter and Escape', async () => {
  const dialogs = createElectronDialogs(findLink);
  expect(await dialogs.confirmQuit({ openItems: 2 })).toBe(false);
  expect(dialog.showMessageBox).toHaveBeenCalledWith(
    expect.objectContaining({ message: '2 actions are not done', defaultId: 0, cancelId: 0 }),
  );
  dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
  expect(await dialogs.confirmQuit({ openItems: 1 })).toBe(true);
});
