import type { AppSettings, Dialogs, Files, SystemEvents } from '../app/ports.ts';
import type { ReaderProcess } from '../adapters/smartcard/card-reader.ts';
import type { ElectronPrinting } from '../adapters/electron/printer.ts';
import type { PackedUpdates } from './compose-updates.ts';
import type { HostOptions } from './read-options.ts';

/** What a host says of itself when it asks for its ports. */
export interface ComposeOptions {
  readonly options: HostOptions;
  /** The data folder of the environment. */
  readonly folder: string;
  readonly host: AppSettings['host'];
  readonly version: string;
  readonly dialogs: Dialogs;
  readonly files: Files;
  /** Absent where the host cannot see the lock and sleep of the operating system. */
  readonly systemEvents?: SystemEvents;
  /** Shows a sign-in in the system's browser; absent where the host cannot. The address is main's own. */
  readonly openBrowser?: (address: URL) => Promise<boolean>;
  /** Electron's own printing; absent in every other host. */
  readonly electronPrinting?: ElectronPrinting;
  /** What draws the interface, as far as the host knows it by now. */
  readonly engine?: () => string;
  /** The proxy that the operating system names for an address, as an address to connect to; e-RS is reached through it where the policy names no proxy. */
  readonly findProxyUrl?: (address: string) => Promise<string | null>;
  /** Where the package says that releases are announced; null where it says nothing. */
  readonly packedUpdates?: PackedUpdates | null;
  /** How this host starts the process that looks at the smartcard readers. */
  readonly startReaderProcess?: (entry: URL) => ReaderProcess;
}
