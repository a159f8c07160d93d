import type { Clock } from '../../app/ports.ts';

const WINDOW_MS = 10 * 60_000;
const SILENCES_THAT_WARN = 2;

/** Notes when a provider's system (PAS) did not answer, to warn before the next booking there (safety.md step 6). */
export interface ProviderSilence {
  note(serviceId: string): void;
  answered(serviceId: string): void;
  /** Wall clock milliseconds of the first of two or more silences within ten minutes; null when there is no warning. */
  since(serviceId: string): number | null;
}

export function createProviderSilence(clock: Clock): ProviderSilence {
  const silences = new Map<string, readonly { readonly atMs: number; readonly monotonicMs: number }[]>();
  const recent = (serviceId: string) =>
    (silences.get(serviceId) ?? []).filter(
      ({ monotonicMs }) => clock.monotonicMs() - monotonicMs <= WINDOW_MS,
    );
  return {
    note(serviceId) {
      const now = { atMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
      silences.set(serviceId, [...recent(serviceId), now]);
    },
    answered: (serviceId) => void silences.delete(serviceId),
    since(serviceId) {
      const found = recent(serviceId);
      const [first] = found;
      return first !== undefined && found.length >= SILENCES_THAT_WARN ? first.atMs : null;
    },
  };
}
