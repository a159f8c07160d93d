import type { SearchForm } from '../../../src-main/contract/channels/refer.ts';

type Commissioning = NonNullable<SearchForm['commissioning']>;

/** Whose services a search of the 2021 dialect looks through, in words. */
export const COMMISSIONING: Readonly<Record<Commissioning, string>> = {
  ALL_AVAILABLE_FOR_BOOKING: 'All that can be booked',
  LOCALLY_COMMISSIONABLE: 'Locally commissioned',
  NATIONALLY_AVAILABLE: 'Nationally available',
  ALL_SERVICES: 'All services',
};

/** Null for no code of these. */
export function codeOfCommissioning(text: string): Commissioning | null {
  return Object.hasOwn(COMMISSIONING, text) ? (text as Commissioning) : null;
}
