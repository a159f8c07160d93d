/** Faults on demand: scripted rules, and random ones that follow from a seed (contract.md section 14.7). */
import type { LetterFault } from './letters/letter-faults.ts';
import { createRandom, type Random } from './random.ts';
import type { DialectName, Surface } from './service-types.ts';
import type { PasBehaviour } from './world/model.ts';

export type FaultEffect =
  /**
   * Answers with a status. Without `body` it is the body that the contract gives to the status (with `code`, when
   * given); null means none; a text is sent as it is. With `commits` the request is handled first.
   */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly body?: string | null;
      readonly headers?: Readonly<Record<string, string>>;
      readonly commits?: boolean;
    }
  /** 429 without a body, as the gateway sends it. */
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds?: number }
  /** 200 and a page of HTML, as a captive portal answers; the request is not handled. */
  | { readonly kind: 'html-200' }
  /** The connection breaks: see `ConnectionDropped`. */
  | { readonly kind: 'refuse-connection' | 'drop-before' | 'drop-after' }
  | { readonly kind: 'delay'; readonly ms: number; readonly at?: 'before' | 'after' }
  /** The request is handled and the reply spoilt. */
  | { readonly kind: Spoiling }
  | { readonly kind: 'pas'; readonly behaviour: PasBehaviour }
  /** The letter of A019 is a wrong one. */
  | { readonly kind: 'letter'; readonly fault: LetterFault }
  /** Another user takes the slot of the request just before it is handled. */
  | { readonly kind: 'slot-taken' }
  /** Another user locks the referral just before. */
  | { readonly kind: 'lock'; readonly forMs: number }
  /** The referral's version moves just before. */
  | { readonly kind: 'version-bump' }
  /** Every credential ends: the call meets a 401, or a 403 in the spine dialect. */
  | { readonly kind: 'expire-credentials' }
  /** Every spine session dies without notice. */
  | { readonly kind: 'end-sessions' };

export type Spoiling =
  | 'truncated-json'
  | 'wrong-bundle-type'
  | 'unknown-state-code'
  | 'slot-end-before-start'
  | 'repeated-slots'
  | 'huge-body'
  | 'not-a-pdf'
  | 'cut-file';

export interface FaultTarget {
  /** Catalogue id; any operation of e-RS or PDS when absent. */
  readonly id?: string;
  readonly dialect?: DialectName;
  readonly ubrn?: string;
  /** Lets so many matching calls pass first. */
  readonly after?: number;
  /** Strikes so many times: once when absent, `Infinity` for always. */
  readonly times?: number;
}

export interface FaultRule {
  readonly on: FaultTarget;
  readonly do: FaultEffect;
}

/** What of a call a rule can match. */
export interface FaultFacts {
  readonly id: string;
  readonly surface: Surface | null;
  readonly ubrn: string | null;
}

/** Probabilities, per call of e-RS, of each random fault. */
export type FaultRates = Partial<Readonly<Record<keyof typeof RANDOM_EFFECTS, number>>>;

const RANDOM_EFFECTS = {
  refuseConnection: (): FaultEffect => ({ kind: 'refuse-connection' }),
  dropBefore: (): FaultEffect => ({ kind: 'drop-before' }),
  dropAfter: (): FaultEffect => ({ kind: 'drop-after' }),
  serverError: (random: Random): FaultEffect => ({ kind: 'status', status: 500, commits: random.isHit(0.5) }),
  unavailable: (): FaultEffect => ({ kind: 'status', status: 503 }),
  rateLimit: (): FaultEffect => ({ kind: 'rate-limit' }),
  html: (): FaultEffect => ({ kind: 'html-200' }),
  truncatedJson: (): FaultEffect => ({ kind: 'truncated-json' }),
  lock: (): FaultEffect => ({ kind: 'lock', forMs: 5000 }),
  versionBump: (): FaultEffect => ({ kind: 'version-bump' }),
  slotTaken: (): FaultEffect => ({ kind: 'slot-taken' }),
  delay: (random: Random): FaultEffect => ({ kind: 'delay', ms: random.int(300_000), at: 'after' }),
  pasError: (): FaultEffect => ({ kind: 'pas', behaviour: { kind: 'error' } }),
  pasSilence: (random: Random): FaultEffect => ({
    kind: 'pas',
    behaviour: { kind: 'silence', bookedInErs: random.isHit(0.5), bookedInPas: random.isHit(0.5) },
  }),
} as const;

export interface Faults {
  /** Adds a rule; the returned function takes it away. */
  add(rule: FaultRule): () => void;
  /** Adds random faults; the returned function takes them away. */
  addRandom(seed: number, rates: FaultRates): () => void;
  clear(): void;
  /** The effects that strike a call, in the order in which they were added; counts the call. */
  strike(facts: FaultFacts): FaultEffect[];
}

type Source = (facts: FaultFacts) => FaultEffect[];

function scripted({ on, do: effect }: FaultRule): Source {
  let passing = on.after ?? 0;
  let left = on.times ?? 1;
  return (facts) => {
    const isTarget =
      (on.id === undefined || on.id === facts.id) &&
      (on.dialect === undefined || on.dialect === facts.surface) &&
      (on.ubrn === undefined || on.ubrn === facts.ubrn);
    if (!isTarget || left <= 0) return [];
    if (passing > 0) {
      passing -= 1;
      return [];
    }
    left -= 1;
    return [effect];
  };
}

function atRandom(seed: number, rates: FaultRates): Source {
  const random = createRandom(seed);
  const names = Object.keys(RANDOM_EFFECTS) as (keyof typeof RANDOM_EFFECTS)[];
  return (facts) => {
    if (facts.surface !== 'api-platform' && facts.surface !== 'spine-session') return [];
    return names.filter((name) => random.isHit(rates[name] ?? 0)).map((name) => RANDOM_EFFECTS[name](random));
  };
}

/** Gives a set of rules, empty at first. The training sign-in is never struck by a rule without an id. */
export function createFaults(): Faults {
  const sources = new Set<Source>();
  const addSource = (source: Source): (() => void) => {
    sources.add(source);
    return () => void sources.delete(source);
  };
  return {
    add: (rule) => addSource(rule.on.id === undefined ? exceptTraining(scripted(rule)) : scripted(rule)),
    addRandom: (seed, rates) => addSource(atRandom(seed, rates)),
    clear: () => sources.clear(),
    strike: (facts) => [...sources].flatMap((source) => source(facts)),
  };
}

const exceptTraining =
  (source: Source): Source =>
  (facts) =>
    facts.surface === 'training' ? [] : source(facts);
