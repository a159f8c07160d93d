/** A walk along the chain, a slice at a time: the first row that does not fit, and what is wrong with it. */
import type { Storage } from '../../app/ports.ts';
import {
  FIRST_END,
  isPlain,
  isSame,
  readAnchor,
  readEnd,
  readRows,
  type Chain,
  type ChainEnd,
  type TrailRow,
} from './trail-rows.ts';

/** `changed`: edited, moved here, or put in. `missing`: rows are gone here. `not-of-the-chain`: in front of its start. */
export type BadRow = {
  readonly kind: 'changed' | 'missing' | 'not-of-the-chain';
  readonly seq: number;
};

export interface CheckResult {
  /** Null when every row fits. */
  readonly firstBad: BadRow | null;
  readonly rows: number;
}

export interface TrailCheck {
  /** Looks at the next rows; true when the walk is at its end. */
  step(): boolean;
  result(): CheckResult;
}

/** So many rows take about two milliseconds: a walk never holds up a key. */
const ROWS_A_STEP = 100;

export interface CheckParts {
  readonly storage: Pick<Storage, 'all'>;
  readonly chain: Chain;
  /** Asked of rows of before the keyed chain alone: of those, only the seal tells whether they are genuine. */
  readonly opens: (row: TrailRow) => boolean;
  /** From this row on the chain is keyed; null when no seal says so. */
  readonly keyedFrom?: number | null;
  readonly rowsAStep?: number;
}

/** Begins at the oldest row that is there. Rows that are added meanwhile belong to the next walk. */
export function beginCheck(parts: CheckParts): TrailCheck {
  const { storage, chain, opens, rowsAStep = ROWS_A_STEP } = parts;
  const anchor = readAnchor(storage, chain);
  const last = readEnd(storage)?.seq ?? 0;
  let end: ChainEnd = anchor ?? FIRST_END;
  let after = Number.MIN_SAFE_INTEGER;
  let mustBeKeyed = false;
  let rows = 0;
  let isDone = false;
  let firstBad: BadRow | null =
    anchor === null || anchor.isGenuine ? null : { kind: 'changed', seq: anchor.seq };

  function judge(row: TrailRow): BadRow | null {
    if (row.seq <= end.seq) return { kind: 'not-of-the-chain', seq: row.seq };
    if (row.seq > end.seq + 1) return { kind: 'missing', seq: end.seq + 1 };
    mustBeKeyed ||= !isPlain(row) || (parts.keyedFrom != null && row.seq >= parts.keyedFrom);
    const isRight =
      (isPlain(row) ? !mustBeKeyed && opens(row) : true) &&
      isSame(row.previous, end.hash) &&
      isSame(row.hash, chain.linkOf(row.previous, row));
    return isRight ? null : { kind: 'changed', seq: row.seq };
  }

  return {
    step() {
      if (firstBad !== null || isDone) return true;
      const slice = readRows(storage, after, last, rowsAStep);
      for (const row of slice) {
        firstBad = judge(row);
        if (firstBad !== null) return true;
        end = { seq: row.seq, hash: row.hash };
        after = row.seq;
        rows += 1;
      }
      isDone = slice.length < rowsAStep;
      return isDone;
    },
    result: () => ({ firstBad, rows }),
  };
}
