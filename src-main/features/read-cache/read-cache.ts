/**
 * What the desk read lately, for the time when e-RS cannot be reached (screens.md section 14). Sealed on disk, found
 * by keyed tags alone, and only by the person who read it, in the same role. It is a help and no record: whatever
 * fails here is logged and disturbs no reading.
 */
import { remembered as schemas } from '../../../build/generated/record-validators.js';
import type { ListedName, PatientDetails } from '../../contract/channels/patient.ts';
import type { Worklist } from '../../contract/channels/worklist.ts';
import { parseInstant } from '../../contract/london-time.ts';
import type { Clock, Log, Storage } from '../../app/ports.ts';
import type { ReferenceSet, Referral, ServiceRecord, SlotsReply } from '../../ers/model.ts';
import type { Desk } from '../session/session.ts';
import type { Vault } from '../vault/vault.ts';
import { createRememberedRows, type RememberedRow } from './remembered-rows.ts';

/** What is remembered, by kind; each kind is named within itself by an identifier of its own. */
export interface RememberedValues {
  readonly worklist: Worklist;
  readonly referral: { readonly referral: Referral; readonly services: readonly ServiceRecord[] };
  readonly patient: PatientDetails;
  readonly 'listed-name': ListedName;
  readonly 'slot-page': SlotsReply;
  readonly 'reference-set': ReferenceSet;
}

export type RememberedKind = keyof RememberedValues;

/** Who read it: nobody else gets it, nor the same person in another role. */
export type Reader = Pick<Desk, 'userId' | 'organisation' | 'businessFunction' | 'onBehalfOf'>;

export interface Remembered<K extends RememberedKind> {
  readonly value: RememberedValues[K];
  readonly readAt: string;
}

export interface ReadCache {
  /** Remembers from here on; before, and without a keyring, nothing is. Clears out what has grown too old meanwhile. */
  readonly begin: (vault: Vault) => void;
  /** What was read at most a day ago, or null. */
  readonly recall: <K extends RememberedKind>(reader: Reader, kind: K, name: string) => Remembered<K> | null;
  /** Remembers in place of what was read before. Comes back at once: it is written when the answer has been given. */
  readonly remember: <K extends RememberedKind>(
    reader: Reader,
    kind: K,
    name: string,
    value: RememberedValues[K],
    readAt: string,
  ) => void;
  readonly forget: (reader: Reader, kind: RememberedKind, name: string) => void;
  /** Writes what waits. */
  readonly stop: () => void;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** The service that is read: what another one said is no answer of this one. */
  readonly service: string;
}

const LONGEST_AGE_MS = 24 * 60 * 60 * 1000;
/** A list of about ten thousand rows; sealing a longer one would hold the desk up. */
const LARGEST_ENTRY_BYTES = 4 * 1024 * 1024;
const PRUNE_EVERY_MS = 15 * 60 * 1000;

interface Place {
  readonly kind: RememberedKind;
  readonly key: string;
  readonly tag: Uint8Array;
  readonly ownerTag: Uint8Array;
}

/** A change that waits for its commit; without an entry it takes one out. */
interface Change {
  readonly place: Place;
  readonly entry: { readonly value: unknown; readonly readAt: string } | null;
}

/** Starts empty and forgetful; `begin` gives it its key. */
export function createReadCache(deps: Dependencies): ReadCache {
  const { clock, log } = deps;
  const rows = createRememberedRows(deps.storage);
  const waiting = new Map<string, Change>();
  let vault: Vault | null = null;
  let cancelFlush: (() => void) | null = null;
  let cancelPrune = () => {};

  /** What the work gives; after a fault null, and the log says so. */
  function attempt<T>(event: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      log.write('warn', event, { reason: faultOf(error) });
      return null;
    }
  }

  const isFresh = (readAt: string): boolean => {
    const ageMs = Math.trunc(clock.nowMs()) - (parseInstant(readAt) ?? Number.NaN);
    // What seems to come from the future was read by another clock: its age is not known.
    return ageMs >= 0 && ageMs <= LONGEST_AGE_MS;
  };

  function change(next: Change): void {
    waiting.set(next.place.key, next);
    cancelFlush ??= clock.schedule(0, flush);
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    const changes = [...waiting.values()];
    waiting.clear();
    const held = vault;
    if (held === null || changes.length === 0) return;
    attempt('read-cache-not-written', () => {
      const written = changes.flatMap((item) => toRow(held, item, log));
      const gone = changes.flatMap(({ place, entry }) => (entry === null ? [place.tag] : []));
      if (rows.write(written, gone)) prune();
    });
  }

  function prune(): void {
    cancelPrune();
    cancelPrune = clock.schedule(PRUNE_EVERY_MS, prune);
    attempt('read-cache-not-pruned', () => rows.prune(clock.nowMs() - LONGEST_AGE_MS, clock.nowMs()));
  }

  function read(held: Vault, place: Place): Change['entry'] {
    const row = rows.find(place.tag);
    if (row === null) return null;
    const opened = isFresh(row.readAt) ? held.open(contextOf(place, row.readAt), row.payload) : null;
    const isWhole = opened?.ok === true && schemas[place.kind](opened.value);
    if (isWhole) return { value: opened.value, readAt: row.readAt };
    change({ place, entry: null });
    if (opened !== null) {
      const reason = opened.ok ? 'not-of-the-schema' : opened.failure;
      log.write('warn', 'read-cache-entry-unreadable', { code: place.kind, reason });
    }
    return null;
  }

  const placeOf = (held: Vault, reader: Reader, kind: RememberedKind, name: string): Place => {
    const { userId, organisation, businessFunction, onBehalfOf } = reader;
    const owner = [deps.service, userId, organisation, businessFunction, onBehalfOf].join('\u0000');
    const tag = held.tag('remembered', [owner, kind, name].join('\u0000'));
    return { kind, key: hex(tag), tag, ownerTag: held.tag('remembered-owner', owner) };
  };

  function changeAt(reader: Reader, kind: RememberedKind, name: string, entry: Change['entry']): void {
    const held = vault;
    if (held === null) return;
    attempt('read-cache-not-written', () => change({ place: placeOf(held, reader, kind, name), entry }));
  }

  return {
    begin(opened) {
      vault = opened;
      prune();
    },
    recall<K extends RememberedKind>(reader: Reader, kind: K, name: string): Remembered<K> | null {
      const held = vault;
      if (held === null) return null;
      const found = attempt('read-cache-not-read', () => {
        const place = placeOf(held, reader, kind, name);
        const next = waiting.get(place.key);
        if (next === undefined) return read(held, place);
        return next.entry !== null && isFresh(next.entry.readAt) ? next.entry : null;
      });
      // The tag is made of the kind, and the schema of the kind was asked: what is found is of it.
      return found as Remembered<K> | null;
    },
    remember: (reader, kind, name, value, readAt) => changeAt(reader, kind, name, { value, readAt }),
    forget: (reader, kind, name) => changeAt(reader, kind, name, null),
    stop() {
      flush();
      cancelPrune();
      vault = null;
    },
  };
}

/** The sealed row of a change; none for one that takes out, and for one that is too large to keep. */
function toRow(vault: Vault, { place, entry }: Change, log: Log): RememberedRow[] {
  if (entry === null) return [];
  const payload = vault.seal(contextOf(place, entry.readAt), entry.value);
  if (payload.length > LARGEST_ENTRY_BYTES) {
    log.write('info', 'read-cache-entry-too-large', { code: place.kind, count: payload.length });
    return [];
  }
  return [{ tag: place.tag, ownerTag: place.ownerTag, payload, readAt: entry.readAt }];
}

/** All that says what the row is, its age too: a row that is moved, or made younger, does not open. */
function contextOf({ kind, key, ownerTag }: Place, readAt: string): string {
  return ['remembered', kind, key, hex(ownerTag), readAt].join('/');
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** The code of a fault of the disk, or the error's name; a message could quote what was being kept. */
function faultOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
