/** Which tasks follow from what became of an item of the outbox. Pure. */
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { TaskKind } from '../../contract/channels/tasks.ts';
import { formatStaffDateTime } from '../../contract/london-time.ts';
import type { KeptTask } from '../kept-records/kept-records.ts';
import type { Intent } from '../outbox/record-schemas.ts';

/** Writes in which a provider's system takes part: it may hold what e-RS cannot see (safety.md step 5). */
const PROVIDER_ACTIONS: readonly Intent['action'][] = ['book', 'cancel-appointment', 'cancel-referral'];
/** Codes under which an unknown outcome was given to the clerk. */
const UNKNOWN_CODES = [
  'PAS_NOT_RESPONDING',
  'not-done-provider-may-differ',
  'accepted-not-found',
  'read-back-failed',
];

export interface FollowingTask {
  readonly kind: TaskKind;
  readonly note: string;
  readonly dueAt: string | null;
  /** The same whenever the item is heard of again; a further send that ends unknown is another matter to ring about. */
  readonly source: string;
}

/** The task that follows from an item, or null (screens.md sections 4, 5, 8). */
export function taskOfItem(item: OutboxItem, intent: Intent): FollowingTask | null {
  const [note, source] = [noteOf(item), intent.intentId];
  if (item.state === 'done') {
    if (intent.action === 'defer' && intent.priority === 'TWO_WEEK_WAIT')
      return { kind: 'ring-provider-today', note, dueAt: item.updatedAt, source };
    if (intent.action === 'cancel-appointment' && intent.isMove === true)
      return { kind: 'no-appointment', note, dueAt: null, source };
  }
  const isForClerk = item.state === 'needs-you' && UNKNOWN_CODES.includes(item.code);
  return isForClerk && PROVIDER_ACTIONS.includes(intent.action)
    ? { kind: 'ring-provider-unknown', note, dueAt: item.updatedAt, source: `${source} ${item.attempt}` }
    : null;
}

/** True when the item ends this task by itself: the new appointment is there, or the referral has ended. */
export function endsTask(item: OutboxItem, task: KeptTask): boolean {
  if (item.state !== 'done' || item.ubrn !== task.ubrn || task.kind !== 'no-appointment') return false;
  // The booking that was moved away is heard of again at every sign-in: only one asked for since then counts.
  if (item.action === 'book') return item.createdAt >= task.since;
  return item.action === 'cancel-referral';
}

/** The service and the appointment, as staff read them; what is to be asked lives in the words of the kind. */
function noteOf({ serviceName, start }: OutboxItem): string {
  const parts = [serviceName, start === null ? '' : formatStaffDateTime(start)];
  return parts.filter((part) => part !== '').join(', ');
}
