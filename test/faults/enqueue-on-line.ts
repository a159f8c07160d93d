/** A desk that writes an intent down for every line of its standard input, and tells the answer: `saved` or why not. */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { StorageFault } from '../../src-main/app/ports.ts';
import { openRecords } from './records.ts';

const records = await openRecords(process.argv[2] ?? '');

function enqueue(): string {
  try {
    records.enqueue();
    return 'saved';
  } catch (error) {
    return error instanceof StorageFault ? error.code : String(error);
  }
}

writeSync(1, 'open\n');
for await (const _line of createInterface({ input: process.stdin })) writeSync(1, `${enqueue()}\n`);
records.close();
