/** Puts a mutant in the place of the sources, for all modules that this thread loads from now on. */
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Edit, Mutant } from './mutant.ts';

const root = new URL('../../../', import.meta.url);

/** The text of a file with its edits; throws where an edit does not fit exactly once. */
export function applyEdits(file: string, edits: readonly Edit[]): string {
  let text = readFileSync(fileURLToPath(new URL(file, root)), 'utf8');
  for (const { find, replace } of edits) {
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`out of date: ${file} has ${times} times: ${find}`);
    text = text.replace(find, () => replace);
  }
  return text;
}

/** What is loaded after this is the mutant. */
export function loadMutant({ edits }: Pick<Mutant, 'edits'>): void {
  const files = new Set(edits.map(({ file }) => file));
  const texts = new Map<string, string>();
  for (const file of files)
    texts.set(
      new URL(file, root).href,
      applyEdits(
        file,
        edits.filter((edit) => edit.file === file),
      ),
    );
  registerHooks({
    load(url, context, nextLoad) {
      const source = texts.get(url);
      return source === undefined
        ? nextLoad(url, context)
        : { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
