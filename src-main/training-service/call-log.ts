/** Every request that the service saw, for tests and for the training screens. It holds no patient data but UBRNs. */
import type { DropPhase } from './connection-dropped.ts';
import type { Surface } from './service-types.ts';

export interface LoggedCall {
  /** Catalogue id, or `unknown` for a path that the service does not have. */
  readonly id: string;
  readonly surface: Surface | null;
  readonly method: string;
  readonly ubrn: string | null;
  readonly atMs: number;
  readonly correlationId: string;
  /** Null until answered, and for a dropped connection. */
  readonly status: number | null;
  readonly dropped: DropPhase | null;
  /** A fault of the training service itself, answered with 500. */
  readonly defect: unknown;
}

export type CallFilter = Partial<Pick<LoggedCall, 'surface' | 'ubrn' | 'status' | 'method'>>;

type Outcome = Partial<Pick<LoggedCall, 'status' | 'dropped' | 'defect'>>;

export interface CallLog {
  readonly all: readonly LoggedCall[];
  /** How many calls of an operation came in, of those that fit the filter. */
  count(id: string, filter?: CallFilter): number;
  last(id: string): LoggedCall | undefined;
  clear(): void;
  /** Writes a call down; the returned function adds what became of it. */
  begin(call: Omit<LoggedCall, 'status' | 'dropped' | 'defect'>): (outcome: Outcome) => void;
}

/** The oldest calls go when the log is full: a training day is long. */
const MOST_CALLS = 20_000;

/** Gives an empty log. */
export function createCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  const fits = (call: LoggedCall, filter: CallFilter): boolean =>
    (Object.keys(filter) as (keyof CallFilter)[]).every((key) => call[key] === filter[key]);
  return {
    get all() {
      return calls;
    },
    count: (id, filter = {}) => calls.filter((call) => call.id === id && fits(call, filter)).length,
    last: (id) => calls.findLast((call) => call.id === id),
    clear() {
      calls = [];
    },
    begin(call) {
      const entry = { ...call, status: null, dropped: null, defect: null };
      calls.push(entry);
      if (calls.length > MOST_CALLS) calls = calls.slice(MOST_CALLS / 2);
      return (outcome) => void Object.assign(entry, outcome);
    },
  };
}
