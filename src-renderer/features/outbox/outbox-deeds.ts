import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { useWorklistStore } from '../worklist/worklist.store.ts';
import { useOutboxItemsStore } from './outbox-items.store.ts';
import { useItemForms } from './use-item-forms.ts';
import { useItemKeys } from './use-item-keys.ts';
import { useItemReview } from './use-item-review.ts';
import { useReadBack } from './use-read-back.ts';

/** Where the focus goes when a detail or a form opens and closes. */
export interface OutboxFocus {
  list(): void;
  detail(): void;
}

/** What the keys and buttons of the outbox do with the chosen item; every refusal is said. */
export function useOutboxDeeds(focus: OutboxFocus) {
  const store = useOutboxItemsStore();
  const worklist = useWorklistStore();
  const keys = useItemKeys();

  const nameOf = ({ nhsNumber }: OutboxItem): ListedName | null =>
    nhsNumber === null ? null : (store.names.get(nhsNumber) ?? worklist.names.get(nhsNumber) ?? null);
  const earlierOf = ({ behind }: OutboxItem): OutboxItem | null =>
    behind === null ? null : (store.items.get(behind) ?? null);

  return {
    ...{ problem: keys.problem, gate: keys.gate, nameOf, earlierOf },
    ...useItemReview(keys, focus),
    ...useReadBack(keys),
    ...useItemForms(keys, focus),
  };
}

export type OutboxDeeds = ReturnType<typeof useOutboxDeeds>;
