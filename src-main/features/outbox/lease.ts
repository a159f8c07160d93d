import { StorageFault, type Storage } from '../../app/ports.ts';

/** The right to write: the newest opener of a database has it, by a number that only grows (safety.md, fault model). */
export interface Lease {
  /** Throws `StorageFault` `lease-lost` when a newer instance has taken over; asked inside every transaction. */
  assertHeld(): void;
}

/** Takes the lease from whoever had it. An older instance then reads, and writes nothing more. */
export function takeLease(storage: Storage): Lease {
  const current = () => Number(storage.all('SELECT fence FROM lease')[0]?.['fence'] ?? 0);
  const mine = storage.transaction(() => {
    const next = current() + 1;
    storage.run(
      'INSERT INTO lease VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET fence = excluded.fence',
      next,
    );
    return next;
  });
  return {
    assertHeld() {
      if (current() !== mine) throw new StorageFault('lease-lost', undefined);
    },
  };
}
