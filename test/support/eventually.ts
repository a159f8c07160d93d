import { vi } from 'vitest';

/** Waits until `check` stops throwing; long enough for a browser on a busy machine, and no test waits for nothing. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 50 });
}
