/** Rows of the e-RS catalogue that are gone in both dialects (contract.md section 8): what to use in their place. */
export interface RetiredOperation {
  readonly id: string;
  readonly name: string;
  readonly retired: string;
  readonly replacedBy: string;
}

export const RETIRED: readonly RetiredOperation[] = [
  {
    id: 'A009',
    name: 'Generic service search',
    retired: 'October 2019',
    replacedBy: 'A010 searches services for a patient',
  },
  {
    id: 'A017',
    name: 'Defer (alpha)',
    retired: 'December 2020',
    replacedBy: 'A016 books and defers; it was merged into that',
  },
  {
    id: 'A018',
    name: 'Re-book (alpha)',
    retired: 'June 2020',
    replacedBy: 'A016 books again, after A034 and A031 where an appointment stands',
  },
];

/** What became of a retired row, in one sentence; null for a row that is not retired. */
export function retiredWords(id: string): string | null {
  const row = RETIRED.find((candidate) => candidate.id === id);
  return row === undefined
    ? null
    : `${row.id} (${row.name}) was retired in ${row.retired}: ${row.replacedBy}.`;
}
