/** A folder on a disk that may lose power: replays a trace and gives what could be found after a cut at any point. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { TraceEvent } from './trace.ts';
import { createUnsyncedFile, type Luck, type UnsyncedFile } from './unsynced-file.ts';

interface Folder {
  readonly kind: 'folder';
  now: Map<string, Entry>;
  synced: Map<string, Entry>;
  /** What has been made, renamed and removed since the folder was synced, in order. */
  unsynced: ((entries: Map<string, Entry>) => void)[];
}

type Entry = Folder | { readonly kind: 'file'; readonly file: UnsyncedFile };

const newFolder = (): Folder => ({ kind: 'folder', now: new Map(), synced: new Map(), unsynced: [] });

export interface UnsyncedDisk {
  readonly apply: (event: TraceEvent) => void;
  /** Writes into an empty folder what a power failure now could leave of the traced one. */
  readonly losePower: (target: string, luck: Luck) => void;
}

function change(folder: Folder, step: (entries: Map<string, Entry>) => void): void {
  step(folder.now);
  folder.unsynced.push(step);
}

/**
 * A file survives when its folder was synced after it was made; what a folder was told since then is kept up to some
 * point, in order, as a journal keeps it. The root itself is there.
 */
export function createUnsyncedDisk(root: string): UnsyncedDisk {
  const top = newFolder();
  const handles = new Map<number, Entry>();

  const find = (path: string): Entry | undefined => {
    const parts = relative(root, path).split('/').filter(Boolean);
    return parts.reduce<Entry | undefined>(
      (entry, part) => (entry?.kind === 'folder' ? entry.now.get(part) : undefined),
      top,
    );
  };
  const folderOf = (path: string): Folder => {
    const folder = find(dirname(path));
    if (folder?.kind !== 'folder') throw new Error(`no folder for ${path} in the trace`);
    return folder;
  };
  const openFile = (path: string): Entry => {
    const known = find(path);
    if (known !== undefined) return known;
    const made: Entry = { kind: 'file', file: createUnsyncedFile() };
    change(folderOf(path), (entries) => void entries.set(basename(path), made));
    return made;
  };
  const fileOf = (fd: number): UnsyncedFile => {
    const entry = handles.get(fd);
    if (entry?.kind !== 'file') throw new Error(`a write to something that is no file, handle ${fd}`);
    return entry.file;
  };
  const sync = (fd: number) => {
    const entry = handles.get(fd);
    if (entry?.kind === 'file') entry.file.sync();
    if (entry?.kind !== 'folder') return;
    entry.synced = new Map(entry.now);
    entry.unsynced = [];
  };
  const rename = (from: string, to: string) => {
    if (dirname(from) !== dirname(to)) throw new Error('a rename from folder to folder is not modelled');
    const moved = find(from);
    if (moved === undefined) throw new Error(`a rename of ${from}, which is not in the trace`);
    change(folderOf(from), (entries) => {
      entries.delete(basename(from));
      entries.set(basename(to), moved);
    });
  };

  const write = (folder: Folder, target: string, luck: Luck) => {
    const kept = luck.random.isHit(luck.kept)
      ? folder.unsynced.length
      : luck.random.int(folder.unsynced.length + 1);
    const entries = new Map(folder.synced);
    folder.unsynced.slice(0, kept).forEach((step) => step(entries));
    mkdirSync(target, { recursive: true });
    for (const [name, entry] of entries) {
      if (entry.kind === 'folder') write(entry, join(target, name), luck);
      else writeFileSync(join(target, name), entry.file.afterPowerLoss(luck));
    }
  };

  return {
    apply(event) {
      if (event.kind === 'open') {
        const entry = openFile(event.path);
        handles.set(event.fd, entry);
        if (event.isEmptied && entry.kind === 'file') entry.file.truncate(0);
      } else if (event.kind === 'write') fileOf(event.fd).write(event.offset, event.data);
      else if (event.kind === 'truncate') fileOf(event.fd).truncate(event.length);
      else if (event.kind === 'sync') sync(event.fd);
      else if (event.kind === 'rename') rename(event.from, event.to);
      else if (event.kind === 'unlink')
        change(folderOf(event.path), (entries) => void entries.delete(basename(event.path)));
      else if (event.kind === 'mkdir')
        change(folderOf(event.path), (entries) => void entries.set(basename(event.path), newFolder()));
    },
    losePower: (target, luck) => write(top, target, luck),
  };
}
