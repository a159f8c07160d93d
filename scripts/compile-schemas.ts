/**
 * Compiles the TypeBox schemas (channels, wire, records) with ajv to plain modules in `build/generated`, so that
 * nothing evaluates code at run time and main never loads TypeBox (design.md, Contract).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { pushes, requests } from '../src-main/contract/channels.ts';
import { wireSchemas } from '../src-main/ers/fhir/wire-schemas.ts';
import { keptSchemas } from '../src-main/features/kept-records/kept-schemas.ts';
import { printSchemas } from '../src-main/features/letters/printing/print-schemas.ts';
import { recordSchemas } from '../src-main/features/outbox/record-schemas.ts';
import { rememberedSchemas } from '../src-main/features/read-cache/remembered-schemas.ts';
import { settingsSchemas } from '../src-main/features/settings/settings-schemas.ts';

const target = fileURLToPath(new URL('../build/generated/', import.meta.url));
const standaloneCode = (standalone as unknown as { default?: typeof standalone }).default ?? standalone;

/** Writes one module that exports a validator per schema, in a map under the schema's own name. */
function compile(file: string, maps: Record<string, Record<string, object>>): void {
  // unicode: false keeps ajv's string length helper, a `require`, out of the ES module.
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: false },
    allErrors: false,
    strict: false,
    unicode: false,
    logger: false,
  });
  const refs: Record<string, string> = {};
  const tables: string[] = [];
  const types: string[] = [
    'export interface Validator { (data: unknown): boolean; errors?: null | { instancePath: string; keyword: string }[] }',
  ];
  let next = 0;
  for (const [mapName, schemas] of Object.entries(maps)) {
    const entries = Object.entries(schemas).map(([name, schema]) => {
      const id = `v${next++}`;
      ajv.addSchema(JSON.parse(JSON.stringify(schema)), id);
      refs[id] = id;
      return `  ${JSON.stringify(name)}: ${id},`;
    });
    tables.push(`export const ${mapName} = Object.freeze({\n  __proto__: null,\n${entries.join('\n')}\n});`);
    const names = Object.keys(schemas).map((name) => JSON.stringify(name));
    types.push(
      `export declare const ${mapName}: Readonly<Record<${names.join(' | ') || 'never'}, Validator>>;`,
    );
  }
  const code = standaloneCode(ajv, refs);
  if (code.includes('require('))
    throw new Error(`${file}: ajv emitted a require; choose another schema keyword`);
  writeFileSync(`${target}${file}.js`, `${code}\n${tables.join('\n')}\n`);
  writeFileSync(`${target}${file}.d.ts`, `${types.join('\n')}\n`);
}

const pick = (part: 'input' | 'output') =>
  Object.fromEntries(Object.entries(requests).map(([name, channel]) => [name, channel[part]]));

mkdirSync(target, { recursive: true });
compile('channel-validators', { inputs: pick('input'), outputs: pick('output'), pushPayloads: pushes });
compile('wire-validators', { wire: wireSchemas });
compile('record-validators', {
  records: recordSchemas,
  remembered: rememberedSchemas,
  kept: keptSchemas,
  settings: settingsSchemas,
  prints: printSchemas,
});
writeFileSync(
  `${target}channel-names.ts`,
  `export const requestChannels = ${JSON.stringify(Object.keys(requests), null, 2)} as const;\n` +
    `export const pushChannels = ${JSON.stringify(Object.keys(pushes), null, 2)} as const;\n`,
);
