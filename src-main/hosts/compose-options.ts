import type { AppSettings, Dialogs, Files } from '../app/ports.ts';
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
}
