import { unlink, writeFile } from 'node:fs/promises';

/** The stream in which Windows keeps where a file came from; 3 is the internet zone. */
const STREAM = ':Zone.Identifier';
const INTERNET = '[ZoneTransfer]\r\nZoneId=3\r\n';

export interface WriteOptions {
  /** `wx` refuses a file that is there, `w` replaces it. */
  readonly flag: 'w' | 'wx';
  readonly platform?: NodeJS.Platform;
}

/**
 * Writes a file that came from outside. On Windows it is marked as such, so that Office opens it in its protected view;
 * where the mark cannot be set the file is taken back. Throws what the file system throws.
 */
export async function writeForeignFile(
  path: string,
  bytes: Uint8Array,
  { flag, platform = process.platform }: WriteOptions,
): Promise<void> {
  await writeFile(path, bytes, { flag, mode: 0o600 });
  if (platform !== 'win32') return;
  try {
    await writeFile(path + STREAM, INTERNET);
  } catch (error) {
    await unlink(path);
    throw error;
  }
}
