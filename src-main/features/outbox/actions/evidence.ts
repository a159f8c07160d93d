/** Evidence for deferrals, made by main alone (contract.md section 10, hazard 9, invariant I12). Never on disk. */
import type { DeferralReasonName } from '../../../contract/channels/booking.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Standing } from '../protocol/machine.ts';

/** Evidence is at most this old when a deferral is sent, else it is made again (safety.md, table of pins). */
export const EVIDENCE_MS = 120_000;

/** So long e-RS waits for a provider's system (safety.md, fact 4). */
const PROVIDER_WAIT_MS = 120_000;

export interface EvidenceKey {
  readonly ubrn: string;
  readonly serviceId: string;
  readonly reason: DeferralReasonName;
  /** The refused slot, with SLOT_NOT_AVAILABLE. */
  readonly slotId: string | null;
}

export interface Piece {
  /** Wall clock, for the screen. */
  readonly at: number;
  readonly slotStart: string | null;
}

export interface Evidence {
  /** `ageMs`: how long ago e-RS said so, where what it means was settled only now. */
  note(key: EvidenceKey, slotStart: string | null, ageMs?: number): void;
  /** The evidence while it is fresh, else null. */
  fresh(key: EvidenceKey): Piece | null;
  /** The freshest evidence for a service of a referral, whatever its reason. */
  freshest(ubrn: string, serviceId: string): (EvidenceKey & Piece) | null;
}

const keyOf = ({ ubrn, serviceId, reason, slotId }: EvidenceKey) =>
  [ubrn, serviceId, reason, slotId ?? ''].join('|');

/** Keeps evidence with its age by the monotonic clock. */
export function createEvidence(clock: Clock): Evidence {
  const pieces = new Map<string, EvidenceKey & Piece & { readonly atMonotonicMs: number }>();
  const isFresh = ({ atMonotonicMs }: { readonly atMonotonicMs: number }) =>
    clock.monotonicMs() - atMonotonicMs <= EVIDENCE_MS;
  return {
    note(key, slotStart, ageMs = 0) {
      pieces.delete(keyOf(key));
      const [at, atMonotonicMs] = [clock.nowMs() - ageMs, clock.monotonicMs() - ageMs];
      pieces.set(keyOf(key), { ...key, slotStart, at, atMonotonicMs });
    },
    fresh(key) {
      const piece = pieces.get(keyOf(key));
      return piece !== undefined && isFresh(piece) ? piece : null;
    },
    freshest(ubrn, serviceId) {
      const found = [...pieces.values()].filter(
        (piece) => piece.ubrn === ubrn && piece.serviceId === serviceId && isFresh(piece),
      );
      return found.at(-1) ?? null;
    },
  };
}

/**
 * The earliest that e-RS can have said what is heard now, by the monotonic clock: an answer may lie unheard while the machine sleeps
 * and its clock goes on. A silent provider's system is waited for before e-RS says so (safety.md, fact 4).
 */
export function saidAtMs({ sentAtMs, code }: Pick<Standing, 'sentAtMs' | 'code'>, nowMs: number): number {
  const waitedMs = code === 'PAS_NOT_RESPONDING' ? PROVIDER_WAIT_MS : 0;
  return Math.min(nowMs, (sentAtMs ?? nowMs) + waitedMs);
}
