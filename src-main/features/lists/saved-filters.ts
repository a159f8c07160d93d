import { randomUUID } from 'node:crypto';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { SavedFilter } from '../../contract/channels/lists.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import type { Desk } from '../session/session.ts';

const MOST_FILTERS = 100;

export interface SavedFilters {
  readonly handlers: {
    readonly 'lists/read-filters': () => Outcome<RequestOutput<'lists/read-filters'>>;
    readonly 'lists/save-filter': (input: RequestInput<'lists/save-filter'>) => Outcome<SavedFilter>;
    readonly 'lists/remove-filter': (
      input: RequestInput<'lists/remove-filter'>,
    ) => Outcome<Record<string, never>>;
  };
  readonly forget: () => void;
}

/** The filters that a person has named, by list. One that is saved under a name of the same list takes its place. */
export function createSavedFilters(deps: { kept: KeptRecords; desk: () => Desk | null }): SavedFilters {
  let held: { readonly desk: Desk; readonly filters: Map<string, SavedFilter> } | null = null;

  function here() {
    const desk = deps.desk();
    if (desk === null) return null;
    const isSame = held?.desk.sitting === desk.sitting && held.desk.onBehalfOf === desk.onBehalfOf;
    if (isSame) return held;
    const { values } = deps.kept.load(desk, 'filter');
    held = { desk, filters: new Map(values.map((filter) => [filter.filterId, filter])) };
    return held;
  }

  return {
    handlers: {
      'lists/read-filters'() {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        const filters = [...at.filters.values()].sort((a, b) => a.name.localeCompare(b.name));
        return ok({ filters: filters.slice(0, MOST_FILTERS) });
      },
      'lists/save-filter'({ list, name, columns }) {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        const named = name.trim();
        if (named === '') return fail('invalid-input', 'filter-name-missing');
        if (columns.length === 0) return fail('invalid-input', 'filter-is-empty');
        const known = [...at.filters.values()].find((other) => other.list === list && other.name === named);
        if (known === undefined && at.filters.size >= MOST_FILTERS)
          return fail('rejected', 'too-many-filters', { most: MOST_FILTERS });
        const filter = { filterId: known?.filterId ?? randomUUID(), list, name: named, columns };
        at.filters.set(filter.filterId, filter);
        deps.kept.put(at.desk, 'filter', filter.filterId, filter);
        return ok(filter);
      },
      'lists/remove-filter'({ filterId }) {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        if (!at.filters.delete(filterId)) return fail('not-found', 'no-such-filter');
        deps.kept.remove(at.desk, 'filter', filterId);
        return ok({});
      },
    },
    forget: () => void (held = null),
  };
}
