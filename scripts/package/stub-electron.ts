/** An unpacked Electron in its outline: what electron-builder wants to find, and a fuse wire as Electron 45 has it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file with a fuse wire: sentinel, version 1, the number of fuses, their states (all on). */
export function makeProgram(path: string, fuses: number): void {
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuses]),
    Buffer.from('1'.repeat(fuses)),
  ]);
  writeFileSync(path, Buffer.concat([Buffer.alloc(64, 7), wire, Buffer.alloc(64, 7)]), { mode: 0o755 });
}

export function makeStubElectron(folder: string, version: string): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  makeProgram(join(folder, 'electron'), 9);
  writeFileSync(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'stub');
  for (const name of ['en-GB', 'en-US', 'de']) writeFileSync(join(folder, 'locales', `${name}.pak`), 'stub');
}
