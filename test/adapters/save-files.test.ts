import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFolderFiles } from '../../src-main/adapters/node/folder-files.ts';
import { writeForeignFile } from '../../src-main/adapters/node/mark-of-the-web.ts';
import { createUnavailableFiles } from '../../src-main/adapters/node/unavailable-devices.ts';

const dialog = vi.hoisted(() => ({
  showSaveDialog: vi.fn(async (_options: { defaultPath: string }) => ({ canceled: true, filePath: '' })),
}));
vi.mock('electron', () => ({ dialog }));
const { createElectronFiles } = await import('../../src-main/adapters/electron/files.ts');

const bytes = new Uint8Array([1, 2, 3]);
const file = {
  suggestedName: 'referral-attachment-1.docx',
  what: 'attachment' as const,
  bytes,
  isWanted: () => true,
};
const SAVED = { ok: true, value: { isSaved: true } };
const NOT_SAVED = { ok: true, value: { isSaved: false } };
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'booking-desk-save-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a folder', () => {
  it('takes each file under a name of its own, for its user alone', async () => {
    const files = createFolderFiles(join(folder, 'new'));
    expect([await files.saveFile(file), await files.saveFile(file)]).toEqual([SAVED, SAVED]);
    expect(readdirSync(join(folder, 'new')).sort()).toEqual([
      'referral-attachment-1 (2).docx',
      'referral-attachment-1.docx',
    ]);
    const path = join(folder, 'new', file.suggestedName);
    expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes nothing for a clerk who has left, and says when it cannot be written to', async () => {
    const files = createFolderFiles(folder);
    expect(await files.saveFile({ ...file, isWanted: () => false })).toEqual(NOT_SAVED);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'taken'), '');
    expect(await createFolderFiles(join(folder, 'taken')).saveFile(file)).toMatchObject({
      ok: false,
      problem: { code: 'not-saved', facts: { reason: 'EEXIST' } },
    });
  });
});

describe('the save dialog', () => {
  const choose = (name: string) =>
    dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: join(folder, name) });

  it.each([
    ['print-log', 'Save the print log'],
    ['audit-trail', 'Save what is recorded'],
  ] as const)('says what it saves: %s', async (what, title) => {
    choose('table.csv');
    const table = { ...file, what, suggestedName: 'table.csv' };
    expect(await createElectronFiles().saveFile(table)).toEqual(SAVED);
    const filters = [{ name: 'Table (CSV)', extensions: ['csv'] }];
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(expect.objectContaining({ title, filters }));
  });

  it('suggests the name of the desk, and writes where the clerk says', async () => {
    choose('letter.docx');
    expect(await createElectronFiles().saveFile(file)).toEqual(SAVED);
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      expect.objectContaining({
        title: 'Save the attachment',
        defaultPath: 'referral-attachment-1.docx',
        filters: [{ name: 'Attachment', extensions: ['docx'] }],
      }),
    );
    expect(new Uint8Array(readFileSync(join(folder, 'letter.docx')))).toEqual(bytes);
  });

  it('keeps the type that the bytes prove, and overwrites only what the dialog asked about', async () => {
    choose('letter.exe');
    expect(await createElectronFiles().saveFile(file)).toEqual(SAVED);
    expect(readdirSync(folder)).toEqual(['letter.exe.docx']);
    choose('letter.exe');
    expect(await createElectronFiles().saveFile(file)).toMatchObject({
      problem: { code: 'not-saved', facts: { reason: 'EEXIST' } },
    });
    choose('letter.exe.docx');
    expect(await createElectronFiles().saveFile({ ...file, bytes: new Uint8Array([9]) })).toEqual(SAVED);
    expect(readFileSync(join(folder, 'letter.exe.docx'))).toHaveLength(1);
  });

  it('writes nothing when cancelled, or when the clerk has left meanwhile', async () => {
    expect(await createElectronFiles().saveFile(file)).toEqual(NOT_SAVED);
    choose('letter.docx');
    expect(await createElectronFiles().saveFile({ ...file, isWanted: () => false })).toEqual(NOT_SAVED);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the mark of a file from outside', () => {
  const onWindows = { flag: 'wx', platform: 'win32' } as const;

  it('is written beside it on Windows', async () => {
    await writeForeignFile(join(folder, 'a.docx'), bytes, onWindows);
    // Here the stream is a file of its own; NTFS keeps it with the first.
    expect(readFileSync(join(folder, 'a.docx:Zone.Identifier'), 'utf8')).toContain('ZoneId=3');
  });

  it('takes the file back where it cannot be set', async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'a.docx:Zone.Identifier'));
    await expect(writeForeignFile(join(folder, 'a.docx'), bytes, onWindows)).rejects.toThrow('EISDIR');
    expect(readdirSync(folder)).toEqual(['a.docx:Zone.Identifier']);
  });
});

it('says so where nothing can be saved', async () => {
  expect(await createUnavailableFiles().saveFile(file)).toMatchObject({
    problem: { code: 'files-unavailable' },
  });
});
