/** One file of a disk that may lose power: what is certainly there, and what has been written since. */
import type { Random } from '../../src-main/training-service/random.ts';

/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

/** How a state is drawn: the share of the unsynced changes that made it to the disk. */
export interface Luck {
  readonly random: Random;
  readonly kept: number;
}

interface Version {
  /** Number of the change that made it, from 1; 0 is what was synced. */
  readonly change: number;
  readonly bytes: Buffer;
  /** Made by a shortening: it is there only when the shortening itself was kept. */
  readonly isFreed: boolean;
}

interface Truncation {
  readonly change: number;
  readonly length: number;
}

export interface UnsyncedFile {
  readonly write: (offset: number, data: Buffer) => void;
  readonly truncate: (length: number) => void;
  /** What was written so far is there for good. */
  readonly sync: () => void;
  /** The bytes that a power failure now could leave. */
  readonly afterPowerLoss: (luck: Luck) => Buffer;
}

/** One of 0…last: the last with the probability `kept`, else any. */
function draw(last: number, { random, kept }: Luck): number {
  return random.isHit(kept) ? last : random.int(last + 1);
}

/**
 * A file whose sectors reach the disk each by itself and in any order: every sector is found as it was at the last
 * sync or after any later write to it. Its length is found as it was at the last sync or after any later change; a
 * shortening that was kept has freed what lay behind it, so that comes back as zeros and not as old bytes.
 */
export function createUnsyncedFile(): UnsyncedFile {
  let synced: Buffer = Buffer.alloc(0);
  let versions = new Map<number, Version[]>();
  /** The length after each change; the first is that of the last sync. */
  let lengths: number[] = [0];
  let truncations: Truncation[] = [];

  const length = () => lengths.at(-1) ?? 0;
  const syncedSector = (sector: number): Buffer => {
    const bytes = Buffer.alloc(SECTOR_BYTES);
    synced.subarray(sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES).copy(bytes);
    return bytes;
  };
  const versionsOf = (sector: number): Version[] => {
    const known = versions.get(sector) ?? [{ change: 0, bytes: syncedSector(sector), isFreed: false }];
    versions.set(sector, known);
    return known;
  };
  /** Changes one sector from `from` on, both counted in the file. */
  const patch = (sector: number, change: number, from: number, data: Buffer, isFreed = false) => {
    const known = versionsOf(sector);
    const bytes = Buffer.from(known.at(-1)?.bytes ?? Buffer.alloc(SECTOR_BYTES));
    data.copy(bytes, from - sector * SECTOR_BYTES);
    known.push({ change, bytes, isFreed });
  };
  const assemble = (size: number, pick: (sector: number, known: readonly Version[]) => Buffer): Buffer => {
    const whole = Buffer.alloc(size);
    synced.subarray(0, size).copy(whole);
    for (const [sector, known] of versions)
      pick(sector, known).copy(whole.subarray(Math.min(size, sector * SECTOR_BYTES)));
    return whole;
  };
  const latest = () =>
    assemble(length(), (_sector, known) => known.at(-1)?.bytes ?? Buffer.alloc(SECTOR_BYTES));

  return {
    write(offset, data) {
      const change = lengths.length;
      const end = offset + data.length;
      for (let at = offset; at < end;) {
        const sector = Math.floor(at / SECTOR_BYTES);
        const next = Math.min(end, (sector + 1) * SECTOR_BYTES);
        patch(sector, change, at, data.subarray(at - offset, next - offset));
        at = next;
      }
      lengths.push(Math.max(length(), end));
    },
    truncate(to) {
      const change = lengths.length;
      for (let at = to; at < length();) {
        const sector = Math.floor(at / SECTOR_BYTES);
        const next = (sector + 1) * SECTOR_BYTES;
        patch(sector, change, at, Buffer.alloc(next - at), true);
        at = next;
      }
      truncations.push({ change, length: to });
      lengths.push(to);
    },
    sync() {
      synced = latest();
      versions = new Map();
      lengths = [synced.length];
      truncations = [];
    },
    afterPowerLoss(luck) {
      const change = draw(lengths.length - 1, luck);
      const done = truncations.filter((one) => one.change <= change);
      return assemble(lengths[change] ?? 0, (sector, known) => {
        const freed = done.filter((one) => one.length <= sector * SECTOR_BYTES).at(-1)?.change ?? 0;
        const possible = known.filter(
          (version) => version.change >= freed && !(version.isFreed && version.change > change),
        );
        return (
          (possible[draw(possible.length - 1, luck)] ?? known.at(-1))?.bytes ?? Buffer.alloc(SECTOR_BYTES)
        );
      });
    },
  };
}
