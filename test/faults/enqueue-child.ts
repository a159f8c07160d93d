/**
 * A process that puts intents on disk until it is done. It tells what it has been promised on its standard output,
 * a line each, only after the promise: `<intent id> <state>`. Arguments: folder, number of intents, `synchronous`
 * as the storage shall have it, pages of the log between two checkpoints, intents between two restarts.
 */
import { writeSync } from 'node:fs';
import { openRecords, STEPS, type Records, type Synchronous } from './records.ts';

const [folder = '', total = '0', synchronous = 'FULL', checkpointPages = '1000', restartEvery = '0'] =
  process.argv.slice(2);

async function open(): Promise<Records> {
  const records = await openRecords(folder, synchronous as Synchronous);
  records.storage.all(`PRAGMA wal_autocheckpoint=${Number(checkpointPages)}`);
  return records;
}

const tell = (intentId: string, state: string) => writeSync(1, `${intentId} ${state}\n`);

/** Every third intent is taken some steps further, so that rows are changed as well as added. */
function work(records: Records, number: number): void {
  const intentId = records.enqueue();
  tell(intentId, 'QUEUED');
  for (const step of number % 3 === 0 ? STEPS.slice(1, 2 + (number % 4)) : []) {
    records.advance(intentId, step);
    tell(intentId, step);
  }
}

let records = await open();
for (let number = 1; number <= Number(total); number += 1) {
  work(records, number);
  if (Number(restartEvery) > 0 && number % Number(restartEvery) === 0) {
    records.close();
    records = await open();
  }
}
