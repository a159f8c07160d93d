/** Saves files into one folder, for hosts without a dialog of their own: never over a file that is there. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { extname, join } from 'node:path';
import type { Files, FileToSave } from '../../app/ports.ts';
import { fail, ok } from '../../contract/outcome.ts';
import { writeForeignFile } from './mark-of-the-web.ts';

const MOST_NAMES = 100;

/** The user's folder for downloads. */
export function findDownloads(): string {
  return process.env['XDG_DOWNLOAD_DIR'] ?? join(homedir(), 'Downloads');
}

/** The files port over a folder, which is made when the first file comes. */
export function createFolderFiles(folder: string): Files {
  return {
    async saveFile(file) {
      try {
        await mkdir(folder, { recursive: true });
        return await saveUnderFreeName(folder, file);
      } catch (error) {
        return notSaved(error);
      }
    },
  };
}

/** What the file system said, by its code alone: its text holds the path. */
export function notSaved(error: unknown): ReturnType<typeof fail> {
  const reason = String((error as { code?: unknown }).code ?? 'unknown');
  return fail('unavailable', 'not-saved', { reason });
}

async function saveUnderFreeName(folder: string, { suggestedName, bytes, isWanted }: FileToSave) {
  for (let nth = 1; nth <= MOST_NAMES; nth += 1) {
    if (!isWanted()) return ok({ isSaved: false });
    try {
      await writeForeignFile(join(folder, numbered(suggestedName, nth)), bytes, { flag: 'wx' });
      return ok({ isSaved: true });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  }
  return fail('unavailable', 'not-saved', { reason: 'EEXIST' });
}

/** `letter.pdf`, `letter (2).pdf`, … */
function numbered(name: string, nth: number): string {
  const extension = extname(name);
  return nth === 1 ? name : `${name.slice(0, name.length - extension.length)} (${nth})${extension}`;
}
