/** Devices that this host cannot reach yet: each says so, none pretends. */
import type { CardReader, Dialogs, Files, LetterPrinter, Machine, SystemEvents } from '../../app/ports.ts';
import { fail } from '../../contract/outcome.ts';

/** A printer port of a desk without printing. */
export function createUnavailablePrinter(): LetterPrinter {
  const answer = fail('unavailable', 'printing-unavailable');
  const refuse = () => Promise.resolve(answer);
  return { list: refuse, print: refuse, readJob: refuse, cancel: refuse };
}

/** A card reader port whose service is down. */
export function createUnavailableCardReader(): CardReader {
  return {
    watch(listener) {
      listener({ kind: 'service', isUp: false });
      return () => undefined;
    },
  };
}

/** Dialogs of a host that has no native ones: no link opens, and a closing window is not held up. */
export function createUnavailableDialogs(): Dialogs {
  return {
    openLink: () => Promise.resolve(fail('unavailable', 'links-unavailable')),
    confirmQuit: () => Promise.resolve(true),
  };
}

/** Files of a host that can save none. */
export function createUnavailableFiles(): Files {
  return { saveFile: () => Promise.resolve(fail('unavailable', 'files-unavailable')) };
}

/** The lock and sleep of an operating system that this host cannot see: nothing is ever told. */
export function createUnavailableSystemEvents(): SystemEvents {
  return { watch: () => () => undefined };
}

/** A machine that nothing is known of. */
export function createUnknownMachine(): Machine {
  return {
    versions: () => ({ engine: 'not known', node: process.versions.node, system: 'not known' }),
    readDisk: async () => ({
      ...{ freeBytes: null, databaseBytes: null, fault: null },
      ...{ copies: 0, lastCopyMs: null },
    }),
    readProxy: async () => ({ used: null, isAnswering: false, unused: null, isUnusable: false }),
  };
}
