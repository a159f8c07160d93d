/** The ports of the application: the outside world as `createApp` sees it. Adapters implement one each. */
import type { NhsNumber, OdsCode, SdsUserId } from '../contract/identifiers.ts';
import type { Facts, Outcome } from '../contract/outcome.ts';
import type { PrinterReason } from '../contract/channels/letters.ts';
import type { PatientDetails } from '../contract/channels/patient.ts';
import type {
  SettingName,
  SettingSource,
  SettingsTrouble,
  SettingValues,
} from '../contract/channels/settings.ts';

/** Wall clock and monotonic clock. Deadlines use `monotonicMs`, records use `nowMs`. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Milliseconds from an arbitrary start, never set back. */
  monotonicMs(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, task: () => void): () => void;
}

/** One HTTP call, ready to send. `path` starts with `/` and is relative to `baseUrl`. */
export interface WireRequest {
  readonly baseUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly path: string;
  /** In the order to send; encoded by the transport. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** Text is JSON; bytes are a file that goes as it is. */
  readonly body: string | Uint8Array | null;
  /** A write goes on a fresh connection and is sent once. */
  readonly kind: 'read' | 'write';
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** What became of a call. `not-sent` is certain: no byte reached the service. `lost` may have been received. */
export type WireReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly status: number };

/** Sends one call; never retries, never follows a redirect, never throws. */
export interface Network {
  send(request: WireRequest): Promise<WireReply>;
  close(): Promise<void>;
}

/** What a sign-in yields: the raw credential that opens the e-RS session. Stays in main. */
export type Credential =
  | {
      readonly kind: 'bearer';
      readonly token: string;
      readonly expiresAtMs: number;
      /** Until when `renew` can give another, as far as it is known; the end that the person is told of. */
      readonly renewableUntilMs?: number;
      readonly userId: SdsUserId;
      readonly userName: string;
    }
  | { readonly kind: 'sso-ticket'; readonly ticket: string };

/** Why the provider itself ended its session: noticed by it, e.g. by asking the agent (contract.md section 2.4). */
export type ProviderEnd = 'card-removed' | 'session-timeout' | 'inactivity-timeout' | 'signed-out';

/** Gets and gives back the user's credential: training, CIS2 or the Identity Agent. */
export interface SessionProvider {
  /**
   * Asks the person: a window, a card, a PIN. Asked again to unlock and after a session's end; what it gave before is
   * then replaced, and no `release` comes for it.
   */
  obtain(): Promise<Outcome<Credential>>;
  /**
   * Another credential for the same person without asking them. Problems: `unavailable` when a later try may do;
   * any other kind when only `obtain` helps. Absent where there is no such thing.
   */
  renew?(): Promise<Outcome<Credential>>;
  /** Tells of the end of what was obtained, where the provider can see it. Returns the function that stops it. */
  watchEnd?(listener: (end: ProviderEnd) => void): () => void;
  /**
   * Whether a sign-in could begin now, found out without asking the person for anything. Problems: `not-signed-in`
   * when all is there but a session; any other kind when something is missing. Absent where nobody signs in.
   */
  check?(): Promise<Outcome<void>>;
  release(): Promise<void>;
}

/** What the operating system does to the person at it. */
export type SystemEvent = 'locked' | 'unlocked' | 'suspended' | 'resumed';

/** The lock and the sleep of the operating system. */
export interface SystemEvents {
  /** Returns the function that stops it. Where they cannot be seen, no event ever comes. */
  watch(listener: (event: SystemEvent) => void): () => void;
}

/** Patient details by NHS number (PDS). Problems: not-found, unavailable, restricted. */
export interface PatientDirectory {
  /** `clerk` when a person waits for it, `refresh` for the names of a list. */
  read(nhsNumber: NhsNumber, urgency: 'clerk' | 'refresh'): Promise<Outcome<PatientDetails>>;
}

/** Keeps small secrets (32-byte keys) in the OS keyring. Throws never; `null` when there is no such secret. */
export interface Secrets {
  read(name: string): Promise<Outcome<Uint8Array | null>>;
  write(name: string, value: Uint8Array): Promise<Outcome<void>>;
  remove(name: string): Promise<Outcome<void>>;
}

/** A value that SQLite stores. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** A durable, synchronous SQL store: WAL, synchronous=FULL, one connection. Throws `StorageFault`. */
export interface Storage {
  run(sql: string, ...values: SqlValue[]): void;
  all(sql: string, ...values: SqlValue[]): Record<string, SqlValue>[];
  /** Runs `work` in one transaction; a throw rolls back. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** A fault of the disk or the database file: full, read-only, locked, corrupt, or taken over by a newer instance. */
export class StorageFault extends Error {
  readonly code: 'disk-full' | 'read-only' | 'locked' | 'corrupt' | 'io' | 'sqlite-too-old' | 'lease-lost';
  constructor(code: StorageFault['code'], cause: unknown) {
    super(`storage: ${code}`, { cause });
    this.code = code;
  }
}

export interface PrinterInfo {
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly state: 'ready' | 'busy' | 'stopped' | 'unknown';
  readonly reasons: readonly PrinterReason[];
  readonly canPrintLarge: boolean;
}

export interface PrintRequest {
  readonly printer: string;
  /** Made by the desk; nothing of a patient in it: it is seen in the queue of the printer. */
  readonly title: string;
  readonly pdf: Uint8Array;
  readonly copies: number;
  /** On A3, scaled to fill it. One side of the sheet only, unless the printer is told otherwise. */
  readonly isLarge: boolean;
}

/** Where a job stands. `unknown`: the printer does not tell, or does not know the job any more. */
export interface PrintReport {
  readonly state: 'waiting' | 'printing' | 'held-up' | 'printed' | 'cancelled' | 'failed' | 'unknown';
  readonly reasons: readonly PrinterReason[];
  /** Sheets that the printer says it has done; null when it does not say. */
  readonly sheets: number | null;
}

/**
 * Prints letters and follows each job to its end. Problems: `unavailable` with `no-print-service`, `printer-gone`,
 * `printer-refused`: nothing was taken; with `print-not-answered`: it may come out of the printer all the same.
 */
export interface LetterPrinter {
  list(): Promise<Outcome<readonly PrinterInfo[]>>;
  print(job: PrintRequest): Promise<Outcome<{ readonly jobId: string }>>;
  readJob(printer: string, jobId: string): Promise<Outcome<PrintReport>>;
  cancel(printer: string, jobId: string): Promise<Outcome<void>>;
}

/** The text of one page, line by line, as a reader sees it; a wide gap in a line, as between columns, is a tab. */
export interface PdfPageText {
  readonly lines: readonly string[];
}

/**
 * Reads the text of a PDF away from main's own thread, within a time and a memory bound. Problems: `bad-reply` with
 * `not-a-pdf`, `pdf-encrypted`, `pdf-with-script`, `pdf-not-readable` or `pdf-too-slow`; `unavailable` with
 * `pdf-reader-unavailable`.
 */
export interface PdfReader {
  readText(pdf: Uint8Array): Promise<Outcome<readonly PdfPageText[]>>;
  close(): Promise<void>;
}

export type CardEvent =
  | { readonly kind: 'service'; readonly isUp: boolean }
  | { readonly kind: 'reader-added' | 'reader-removed' | 'card-removed'; readonly reader: string }
  | { readonly kind: 'card-inserted'; readonly reader: string };

/** Smartcard readers, read-only. */
export interface CardReader {
  watch(listener: (event: CardEvent) => void): () => void;
}

/** What is known of the disk under the data folder; null where it cannot be seen. */
export interface DiskFacts {
  readonly freeBytes: number | null;
  readonly databaseBytes: number | null;
  /** The fault that the database was met with last; null when none is known. */
  readonly fault: StorageFault['code'] | null;
  readonly copies: number;
  readonly lastCopyMs: number | null;
}

/** Proxies as `host:port`. */
export interface ProxyFacts {
  /** The one that calls go through; null when they go straight. */
  readonly used: string | null;
  /** Whether that one takes connections. */
  readonly isAnswering: boolean;
  /** One that the machine names and this host does not use; null when it names none. */
  readonly unused: string | null;
  /** The operating system names one that the desk cannot go through: then nothing is sent at all. */
  readonly isUnusable: boolean;
}

/** What the host can say of the machine beneath the desk. Never throws. */
export interface Machine {
  versions(): { readonly engine: string; readonly node: string; readonly system: string };
  readDisk(): Promise<DiskFacts>;
  readProxy(): Promise<ProxyFacts>;
}

/** The feed of releases that this package was made with, unless the organisation named another or none. */
export interface UpdateFeed {
  readonly version: string;
  readonly channel: 'stable' | 'beta';
  /** Public keys of the publisher, in base64 (SPKI). */
  readonly keys: readonly string[];
  readonly isOffByPolicy: boolean;
  /** The bytes that lie there, not believed yet; never throws. Problem: `unavailable`, `feed-not-reached`. */
  read(): Promise<Outcome<Uint8Array>>;
}

/** Native dialogs and fixed links. */
export interface Dialogs {
  /** Opens one of the fixed links in the system browser; no URL crosses a process. */
  openLink(id: 'ers-web-app' | 'service-desk'): Promise<Outcome<void>>;
  confirmQuit(facts: { readonly openItems: number }): Promise<boolean>;
}

/** A file that the clerk asked to save. */
export interface FileToSave {
  /** Made by the desk, with an extension of a fixed list; nothing of a patient or a sender in it. */
  readonly suggestedName: string;
  /** What it is, for the words of the dialog. */
  readonly what: 'attachment' | 'print-log' | 'audit-trail';
  readonly bytes: Uint8Array;
  /** Asked again right before writing: false when the clerk has left the desk meanwhile. */
  readonly isWanted: () => boolean;
}

/** Saves a file where the clerk chooses; the desk never opens what it saved. */
export interface Files {
  /** False when the clerk thought better of it. Problems: `unavailable`, code `files-unavailable` or `not-saved`. */
  saveFile(file: FileToSave): Promise<Outcome<{ readonly isSaved: boolean }>>;
}

/** Fields that a log line may hold; there is no place for patient data (privacy by construction). */
export interface LogFields {
  readonly operation?: string;
  readonly channel?: string;
  readonly status?: number;
  readonly code?: string;
  readonly reason?: string;
  readonly correlationId?: string;
  readonly durationMs?: number;
  readonly count?: number;
}

/** The diagnostic log. */
export interface Log {
  write(level: 'info' | 'warn' | 'error', event: string, fields?: LogFields): void;
}

/** One line of the audit trail (contract.md section 12); sealed and chained by the audit feature. */
export interface AuditEntry {
  readonly type: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'LOCAL';
  readonly resource: string;
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly userId: string;
  readonly onBehalfOf: string;
  readonly organisation: string;
  readonly businessFunction: string;
  readonly correlationId: string;
  readonly host: string;
  readonly outcome: string;
  readonly facts: Facts;
  /** Of which sitting at the desk it was, where the writer knows; else it is that of the person, if they are there. */
  readonly sitting?: number;
}

/** Appends to the audit trail, inside the caller's transaction when there is one. */
export interface Audit {
  append(entry: AuditEntry): void;
}

/** Per-desk settings that decide how the app runs. */
export interface AppSettings {
  readonly environment: 'training' | 'sandbox' | 'integration' | 'live';
  readonly dialect: 'api-platform' | 'spine-session';
  readonly baseUrl: string;
  readonly pdsBaseUrl: string | null;
  readonly asid: string;
  /** Share of the application's 10 requests a second that this desk may take, 0 to 1. */
  readonly rateShare: number;
  /** Reads A004 to A008 in their deprecated DSTU2 form; spine dialect only (contract.md section 8). */
  readonly readsDstu2?: boolean;
  readonly host: 'electron' | 'chromium' | 'test';
  readonly version: string;
  readonly organisationNames: Readonly<Record<string, string>>;
  /** The site's labels of clinicians, by SDS user id: e-RS gives ids only (A040). */
  readonly clinicianNames?: Readonly<Record<string, string>>;
  readonly policies?: SitePolicies;
}

/** What a site may ask for beyond the product's own rules. */
export interface SitePolicies {
  /** A second person confirms the cancellation of a referral with their initials. */
  readonly secondPersonForCancelReferral?: boolean;
  /**
   * What the removal of a smartcard does: the legacy Identity Agent ends the session, Smartcard Connect does not need
   * the card any more (devices.md section 2). `lock` when it is not said.
   */
  readonly cardRemoval?: 'lock' | 'end-session' | 'nothing';
  /** Minutes without a key or the pointer after which the desk locks; 10 when it is not said. */
  readonly idleLockMinutes?: number;
  /** The hour, by the UK's clock, from which the desk reminds of what is not done; 17 when it is not said. */
  readonly dayEndHour?: number;
}

/** Every setting with what holds and where it comes from. */
export type SettledSettings = {
  readonly [K in SettingName]: { readonly value: SettingValues[K]; readonly source: SettingSource };
};

/**
 * The settings of this machine in their layers: what the product sets, what is set at this desk, and above both what
 * the organisation has set. The choices of a person lie between the last two, and are given by who knows the person.
 */
export interface DeskSettings {
  settle(person?: Partial<SettingValues>): SettledSettings;
  /** Files that could not be used, since the start. */
  troubles(): readonly SettingsTrouble[];
  /** Why nothing may be written to e-RS: the organisation has set something and it cannot be read. Null when it may. */
  writesOffReason(): string | null;
  /**
   * Keeps changes at this desk; on disk when it comes back. Problems: `rejected` with `setting-is-managed`,
   * `unavailable` with `settings-not-written`, `settings-not-readable` or `settings-newer`.
   */
  save(changes: Partial<SettingValues>): Outcome<void>;
}

/** Everything `createApp` needs. */
export interface Ports {
  /** What decides how the app runs; names and policies in it are those of `deskSettings`, as they are now. */
  readonly settings: AppSettings;
  readonly deskSettings: DeskSettings;
  readonly clock: Clock;
  readonly network: Network;
  readonly sessionProvider: SessionProvider;
  /** Absent: the app reads PDS through the same network when the settings name its address. */
  readonly patientDirectory: PatientDirectory | null;
  readonly secrets: Secrets;
  readonly storage: Storage;
  readonly printer: LetterPrinter;
  readonly pdfReader: PdfReader;
  readonly cardReader: CardReader;
  readonly systemEvents: SystemEvents;
  readonly dialogs: Dialogs;
  readonly files: Files;
  readonly machine: Machine;
  /** Absent where releases are not announced: in training, and where the package names no feed. */
  readonly updateFeed?: UpdateFeed;
  readonly log: Log;
}

export type { OdsCode };
