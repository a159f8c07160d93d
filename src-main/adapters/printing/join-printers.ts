import type { LetterPrinter } from '../../app/ports.ts';
import { ok } from '../../contract/outcome.ts';

/** Two ports as one: the printers named go to the first, all others to the second. A list is as long as it can be. */
export function joinPrinters(
  names: readonly string[],
  first: LetterPrinter,
  second: LetterPrinter,
): LetterPrinter {
  if (names.length === 0) return second;
  const choose = (name: string) => (names.includes(name) ? first : second);
  return {
    async list() {
      const [own, others] = await Promise.all([first.list(), second.list()]);
      if (!own.ok) return others;
      if (!others.ok) return own;
      return ok([...own.value, ...others.value.filter(({ name }) => !names.includes(name))]);
    },
    print: (job) => choose(job.printer).print(job),
    readJob: (printer, jobId) => choose(printer).readJob(printer, jobId),
    cancel: (printer, jobId) => choose(printer).cancel(printer, jobId),
  };
}
