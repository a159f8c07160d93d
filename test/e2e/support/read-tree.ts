import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder and of those in it, and every name, as places where something could lie about. */
export function readTree(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const places = new Map(names.map((name) => [`the name of ${name}`, Buffer.from(name)]));
  for (const name of names) {
    const path = join(folder, name);
    // A browser at work takes files away while they are read.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile()) places.set(name, readFileSync(path));
  }
  return places;
}
