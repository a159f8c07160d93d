/**
 * What a person keeps at this desk beyond a sitting: lists, filters, tasks. Sealed on disk, found by keyed tags alone,
 * and only by the person who made it, in the same role. Where writes are off nothing is kept, and `isKept` says so.
 */
import { kept as schemas } from '../../../build/generated/record-validators.js';
import type { LocalRow, SavedFilter } from '../../contract/channels/lists.ts';
import { parseInstant, toIso } from '../../contract/london-time.ts';
import type { Clock, Log, Storage } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';
import type { SealedTable } from '../vault/reseal-rows.ts';
import type { Vault } from '../vault/vault.ts';
import { createKeptRows, type KeptRow } from './kept-rows.ts';
import type {
  AdviceDraft,
  AdviceRow,
  Followed,
  KeptPin,
  KeptTask,
  Preferences,
  ReferDraft,
} from './kept-schemas.ts';

export type { Followed, KeptTask, Preferences } from './kept-schemas.ts';

/** What is kept, by kind; each record is named within its kind by an identifier of its own. */
export interface KeptValues {
  readonly watch: LocalRow;
  readonly letter: LocalRow;
  readonly recent: LocalRow;
  readonly filter: SavedFilter;
  readonly followed: Followed;
  readonly task: KeptTask;
  readonly preferences: Preferences;
  readonly pin: KeptPin;
  readonly referDraft: ReferDraft;
  readonly adviceDraft: AdviceDraft;
  /** Requests for advice that a referrer made or opened: e-RS has no list of them for referrers (A023). */
  readonly adviceSeen: AdviceRow;
}

export type KeptKind = keyof KeptValues;

/** Whose it is: nobody else gets it, nor the same person in another role. */
export type Keeper = Pick<Desk, 'userId' | 'organisation' | 'businessFunction' | 'onBehalfOf'>;

export interface Loaded<K extends KeptKind> {
  /** In the order of first writing. */
  readonly values: readonly KeptValues[K][];
  /** Records that do not open or are not of their schema: they are left where they are, and not shown. */
  readonly unreadable: number;
}

export interface KeptRecords {
  /** Keeps from here on; before, and without a keyring, nothing is. Takes out what has grown too old. */
  readonly begin: (vault: Vault) => void;
  /** True when everything that was put is on disk or will be at once. */
  readonly isKept: () => boolean;
  readonly load: <K extends KeptKind>(keeper: Keeper, kind: K) => Loaded<K>;
  /** Comes back at once: it is written when the answer has been given, or by `flush`. */
  readonly put: <K extends KeptKind>(keeper: Keeper, kind: K, name: string, value: KeptValues[K]) => void;
  readonly remove: (keeper: Keeper, kind: KeptKind, name: string) => void;
  /** Writes what waits; what the disk refuses waits on for the next time. Never throws. */
  readonly flush: () => void;
  /** The person leaves: what the disk did not take until now is lost with the sitting. */
  readonly forget: () => void;
  readonly stop: () => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a record stays on disk after its last change. Tasks and marks outlive the intents that they came from. */
const KEPT_DAYS: Readonly<Record<KeptKind, number>> = {
  watch: 90,
  letter: 90,
  recent: 30,
  filter: 3 * 366,
  followed: 60,
  task: 366,
  preferences: 3 * 366,
  pin: 366,
  // The same patient is asked again after that.
  referDraft: 7,
  adviceDraft: 7,
  adviceSeen: 90,
};
export const FINISHED_TASK_DAYS = 60;

interface Place {
  readonly kind: KeptKind;
  readonly key: string;
  readonly tag: Uint8Array;
  readonly listTag: Uint8Array;
}

/** A change that waits for its commit; without a value it takes one out. */
interface Change {
  readonly place: Place;
  readonly value: KeptValues[KeptKind] | null;
  readonly expiresAt: string;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** The service that is worked with: a referral of another one is another referral. */
  readonly service: string;
}

/** Starts without a key; `begin` gives it one. */
export function createKeptRecords({ storage, clock, log, service }: Dependencies): KeptRecords {
  const rows = createKeptRows(storage);
  const waiting = new Map<string, Change>();
  let vault: Vault | null = null;
  let cancelFlush: (() => void) | null = null;
  let cancelPrune = () => {};

  const placeOf = (held: Vault, keeper: Keeper, kind: KeptKind, name: string): Place => {
    const { userId, organisation, businessFunction, onBehalfOf } = keeper;
    const list = [service, userId, organisation, businessFunction, onBehalfOf, kind].join('\u0000');
    const tag = held.tag('kept', `${list}\u0000${name}`);
    return { kind, key: hex(tag), tag, listTag: held.tag('kept-list', list) };
  };

  /** What the work gives; after a fault null, and the log says so. */
  function attempt<T>(event: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      log.write('warn', event, { reason: faultOf(error) });
      return null;
    }
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    const held = vault;
    if (held === null || waiting.size === 0) return;
    const isWritten = attempt('kept-records-not-written', () => {
      const changes = [...waiting.values()];
      const gone = changes.flatMap(({ place, value }) => (value === null ? [place.tag] : []));
      rows.write(
        changes.flatMap((change) => toRow(held, change)),
        gone,
      );
      return true;
    });
    if (isWritten === true) waiting.clear();
  }

  function prune(): void {
    cancelPrune();
    cancelPrune = clock.schedule(DAY_MS, prune);
    attempt('kept-records-not-pruned', () => rows.prune(clock.nowMs()));
  }

  function change(keeper: Keeper, kind: KeptKind, name: string, value: Change['value']): void {
    const held = vault;
    if (held === null) return;
    attempt('kept-records-not-written', () => {
      const place = placeOf(held, keeper, kind, name);
      const days = value !== null && isFinished(value) ? FINISHED_TASK_DAYS : KEPT_DAYS[kind];
      const expiresAt = toIso(clock.nowMs() + days * DAY_MS);
      waiting.set(place.key, { place, value, expiresAt });
      cancelFlush ??= clock.schedule(0, flush);
    });
  }

  function load<K extends KeptKind>(keeper: Keeper, kind: K): Loaded<K> {
    const held = vault;
    if (held === null) return { values: [], unreadable: 0 };
    flush();
    const found = attempt('kept-records-not-read', () => {
      const { listTag } = placeOf(held, keeper, kind, '');
      const isFresh = (expiresAt: string) => (parseInstant(expiresAt) ?? 0) > clock.nowMs();
      const fresh = rows.list(listTag).filter(({ expiresAt }) => isFresh(expiresAt));
      const opened = fresh.map((row) => openRow<K>(held, kind, listTag, row));
      const values = opened.filter((value) => value !== null);
      return { values, unreadable: opened.length - values.length };
    });
    const loaded = found ?? { values: [], unreadable: 0 };
    if (loaded.unreadable > 0)
      log.write('warn', 'kept-records-unreadable', { code: kind, count: loaded.unreadable });
    return loaded;
  }

  return {
    begin(opened) {
      vault = opened;
      prune();
    },
    isKept: () => vault !== null && (waiting.size === 0 || cancelFlush !== null),
    load,
    put: (keeper, kind, name, value) => change(keeper, kind, name, value),
    remove: (keeper, kind, name) => change(keeper, kind, name, null),
    flush,
    forget() {
      flush();
      waiting.clear();
    },
    stop() {
      flush();
      cancelPrune();
      vault = null;
    },
  };
}

function toRow(vault: Vault, { place, value, expiresAt }: Change): KeptRow[] {
  if (value === null) return [];
  const payload = vault.seal(contextOf(place.kind, place.tag, place.listTag, expiresAt), value);
  return [{ tag: place.tag, listTag: place.listTag, payload, expiresAt }];
}

function openRow<K extends KeptKind>(
  vault: Vault,
  kind: K,
  listTag: Uint8Array,
  { tag, payload, expiresAt }: Pick<KeptRow, 'tag' | 'payload' | 'expiresAt'>,
): KeptValues[K] | null {
  const opened = vault.open(contextOf(kind, tag, listTag, expiresAt), payload);
  // The schema of the kind was asked: what is found is of it.
  return opened.ok && schemas[kind](opened.value) ? (opened.value as KeptValues[K]) : null;
}

const isFinished = (value: KeptValues[KeptKind]) => 'ending' in value && value.ending !== null;

/** All that says what the row is, its age too: a row that is moved, or made younger, does not open. */
const contextOf = (kind: KeptKind, tag: Uint8Array, listTag: Uint8Array, expiresAt: string) =>
  ['kept', kind, hex(tag), hex(listTag), expiresAt].join('/');

/** The sealed rows, for a change of key. No row says of which kind it is: the kind is part of its tags. */
export const keptTable: SealedTable = {
  name: 'kept',
  columns: [
    {
      name: 'payload',
      contextsOf: (row) => {
        const [tag, listTag] = [row['tag'] as Uint8Array, row['list_tag'] as Uint8Array];
        const kinds = Object.keys(KEPT_DAYS) as KeptKind[];
        return kinds.map((kind) => contextOf(kind, tag, listTag, String(row['expires_at'])));
      },
    },
  ],
};

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** The code of a fault of the disk, or the error's name; a message could quote what was being kept. */
function faultOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
