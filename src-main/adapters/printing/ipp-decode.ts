/** Reads replies of the Internet Printing Protocol (RFC 8010 section 3) from a printer that nobody vouches for. */
import { GROUPS, TAGS } from './ipp-codes.ts';

export type IppValue = string | number | boolean;

/** One group; values of kinds that the desk has no use for (ranges, dates, collections) are left out. */
export interface IppGroup {
  readonly tag: number;
  readonly attributes: ReadonlyMap<string, readonly IppValue[]>;
}

export interface IppReply {
  readonly status: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
}

const HEAD_BYTES = 8;
/** A queue of a big print server has some hundred attributes; there are at most a few hundred queues. */
const MOST_VALUES = 500_000;
const MOST_GROUPS = 5_000;
const DEEPEST_COLLECTION = 16;

/** The bytes are not a reply of the protocol. Never leaves this file. */
class Malformed extends Error {}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

function take(cursor: Cursor, size: number): Buffer {
  const end = cursor.at + size;
  if (end > cursor.bytes.length) throw new Malformed();
  const part = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return part;
}

const takeSized = (cursor: Cursor) => take(cursor, take(cursor, 2).readUInt16BE());

/** The text of a value with its language: size, language, size, text. */
function readWithLanguage(value: Buffer): string {
  const inner: Cursor = { bytes: value, at: 0 };
  takeSized(inner);
  return takeSized(inner).toString('utf8');
}

function readValue(tag: number, value: Buffer): IppValue | null {
  if (tag === TAGS.integer || tag === TAGS.enum) {
    if (value.length !== 4) throw new Malformed();
    return value.readInt32BE();
  }
  if (tag === TAGS.boolean) {
    if (value.length !== 1) throw new Malformed();
    return value[0] !== 0;
  }
  if (tag === TAGS.textWithLanguage || tag === TAGS.nameWithLanguage) return readWithLanguage(value);
  return tag >= TAGS.text && tag <= TAGS.lastOfText ? value.toString('utf8') : null;
}

interface OpenGroup {
  readonly tag: number;
  readonly attributes: Map<string, IppValue[]>;
  /** The values of the attribute being read; those of a name that came before go nowhere. */
  values: IppValue[];
  isNamed: boolean;
  depth: number;
}

function openGroup(tag: number): OpenGroup {
  return { tag, attributes: new Map(), values: [], isNamed: false, depth: 0 };
}

function nameValues(group: OpenGroup, name: string): void {
  if (group.depth > 0) throw new Malformed();
  group.values = [];
  group.isNamed = true;
  if (!group.attributes.has(name)) group.attributes.set(name, group.values);
}

/** Takes one value; what is inside of a collection is passed over, but must be closed. */
function readAttribute(cursor: Cursor, group: OpenGroup, tag: number): void {
  const name = takeSized(cursor).toString('latin1');
  const bytes = takeSized(cursor);
  if (name !== '') nameValues(group, name);
  if (!group.isNamed) throw new Malformed();
  if (tag === TAGS.beginCollection) group.depth += 1;
  else if (tag === TAGS.endCollection) group.depth -= 1;
  else if (group.depth === 0) {
    const value = readValue(tag, bytes);
    if (value !== null) group.values.push(value);
  }
  if (group.depth < 0 || group.depth > DEEPEST_COLLECTION) throw new Malformed();
}

function readGroups(cursor: Cursor): IppGroup[] {
  const groups: OpenGroup[] = [];
  for (let count = 0; count < MOST_VALUES; count += 1) {
    const tag = take(cursor, 1).readUInt8();
    const open = groups.at(-1);
    if (tag < 0x10) {
      if (open && open.depth > 0) throw new Malformed();
      if (tag === GROUPS.end) return groups;
      if (tag === 0 || groups.length >= MOST_GROUPS) throw new Malformed();
      groups.push(openGroup(tag));
    } else {
      if (!open) throw new Malformed();
      readAttribute(cursor, open, tag);
    }
  }
  throw new Malformed();
}

/**
 * The reply, or null when the bytes are none: cut, with lengths that point outside, unclosed, or without end. Takes
 * time and memory in proportion to the bytes, whatever they say.
 */
export function decodeIppReply(body: Uint8Array): IppReply | null {
  const cursor: Cursor = { bytes: Buffer.from(body.buffer, body.byteOffset, body.byteLength), at: 0 };
  try {
    const head = take(cursor, HEAD_BYTES);
    const major = head.readUInt8(0);
    if (major < 1 || major > 2) return null;
    const [status, requestId] = [head.readUInt16BE(2), head.readInt32BE(4)];
    return { status, requestId, groups: readGroups(cursor) };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/** The first group of a kind. */
export function findGroup(reply: IppReply, tag: number): IppGroup | null {
  return reply.groups.find((group) => group.tag === tag) ?? null;
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu;

/** The texts of an attribute, without control characters. */
export function readTexts(group: IppGroup, name: string): string[] {
  const values = group.attributes.get(name) ?? [];
  return values.flatMap((value) =>
    typeof value === 'string' ? [value.replace(UNPRINTABLE, ' ').trim()] : [],
  );
}

/** The first text of an attribute; empty when there is none. */
export function readText(group: IppGroup, name: string): string {
  return readTexts(group, name)[0] ?? '';
}

/** The first number of an attribute. */
export function readNumber(group: IppGroup, name: string): number | null {
  const [value] = group.attributes.get(name) ?? [];
  return typeof value === 'number' ? value : null;
}

/** The first truth value of an attribute. */
export function readFlag(group: IppGroup, name: string): boolean | null {
  const [value] = group.attributes.get(name) ?? [];
  return typeof value === 'boolean' ? value : null;
}
