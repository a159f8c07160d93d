/** The rows of an examples folder: `index.json` and the files that it names, read without trusting either. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialectName } from '../../src-main/ers/operation.ts';

/** A published example: a request, a response, or both. */
export interface Row {
  readonly dialect: DialectName;
  readonly endpoint: string;
  readonly name: string;
  readonly kinds: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly expectedStatus: number;
  /** Endpoints that a generic error body belongs to; empty for an example of one endpoint. */
  readonly appliesTo: readonly string[];
  /** True for a request whose body is a raw file, which no row stores. */
  readonly sendsFile: boolean;
  /** Undefined when the row names no file. */
  readonly request: unknown;
  readonly response: unknown;
  /** A file that is missing or no JSON. */
  readonly fault: string | null;
}

export const titleOf = (row: Row) => `${row.dialect} ${row.endpoint} ${row.name}`;

/** Every row of a folder. Throws when there is no readable index. */
export function readRows(folder: string): Row[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { examples?: unknown };
  const list: unknown = Array.isArray(index) ? index : index.examples;
  if (!Array.isArray(list)) throw new Error('index.json holds no list of examples');
  return list.map((item) => toRow(folder, item as Record<string, unknown>));
}

function toRow(folder: string, item: Record<string, unknown>): Row {
  const faults: string[] = [];
  const load = (file: unknown): unknown => {
    if (typeof file !== 'string') return undefined;
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
    } catch {
      faults.push(`${file} is missing or no JSON`);
      return undefined;
    }
  };
  const text = (key: string) => (typeof item[key] === 'string' ? item[key] : '');
  const texts = (key: string) => (Array.isArray(item[key]) ? item[key].map(String) : []);
  const [request, response] = [load(item['request']), load(item['response'])];
  return {
    dialect: text('dialect') as DialectName,
    endpoint: text('endpoint'),
    name: text('name'),
    kinds: texts('kinds'),
    method: text('method'),
    path: text('path'),
    query: textMap(item['query']),
    headers: textMap(item['headers']),
    expectedStatus: Number(item['expectedStatus'] ?? 200),
    appliesTo: texts('appliesTo'),
    sendsFile: text('note').includes('raw file'),
    request,
    response,
    fault: faults[0] ?? null,
  };
}

function textMap(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, item]) => [key, String(item)]));
}
