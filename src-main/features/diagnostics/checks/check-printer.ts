import type { LetterPrinter } from '../../../app/ports.ts';
import type { Check } from '../finding.ts';

/** The print service and its printers; nothing is printed. */
export function checkPrinter(printer: LetterPrinter): Check {
  return {
    id: 'printer',
    patienceMs: 15_000,
    async run() {
      const answer = await printer.list();
      if (!answer.ok) return { verdict: 'fail', code: answer.problem.code };
      const printers = answer.value;
      const stopped = printers.filter(({ state }) => state === 'stopped').length;
      const chosen = printers.find(({ isDefault }) => isDefault)?.name;
      const facts = {
        ...{ printers: printers.length, stopped },
        ...(chosen === undefined ? {} : { default: chosen }),
      };
      if (printers.length === 0) return { verdict: 'warn', code: 'no-printers', facts };
      if (stopped === printers.length) return { verdict: 'fail', code: 'printers-stopped', facts };
      return stopped > 0
        ? { verdict: 'warn', code: 'some-printers-stopped', facts }
        : { verdict: 'ok', code: 'printers-ready', facts };
    },
  };
}
