/** The ports of the application: the outside world as `createApp` sees it. Adapters implement one each. */
import type { NhsNumber, OdsCode, SdsUserId } from '../contract/identifiers.ts';
import type { Facts, Outcome } from '../contract/outcome.ts';
import type { PatientDetails } from '../contract/channels/patient.ts';

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
      readonly userId: SdsUserId;
      readonly userName: string;
    }
  | { readonly kind: 'sso-ticket'; readonly ticket: string };

/** Gets and gives back the user's credential: training, CIS2 or the Identity Agent. */
export interface SessionProvider {
  obtain(): Promise<Outcome<Credential>>;
  release(): Promise<void>;
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
  readonly isDefault: boolean;
  readonly state: 'ready' | 'busy' | 'stopped' | 'unknown';
  readonly reasons: readonly string[];
}

/** Prints letters and follows the job to its end. */
export interface LetterPrinter {
  list(): Promise<Outcome<readonly PrinterInfo[]>>;
  print(job: {
    readonly printer: string;
    readonly pdf: Uint8Array;
    readonly copies: number;
  }): Promise<Outcome<{ readonly jobId: string }>>;
}

export type CardEvent =
  | { readonly kind: 'service'; readonly isUp: boolean }
  | { readonly kind: 'reader-added' | 'reader-removed' | 'card-removed'; readonly reader: string }
  | { readonly kind: 'card-inserted'; readonly reader: string };

/** Smartcard readers, read-only. */
export interface CardReader {
  watch(listener: (event: CardEvent) => void): () => void;
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
}

/** Everything `createApp` needs. */
export interface Ports {
  readonly settings: AppSettings;
  readonly clock: Clock;
  readonly network: Network;
  readonly sessionProvider: SessionProvider;
  /** Absent: the app reads PDS through the same network when the settings name its address. */
  readonly patientDirectory: PatientDirectory | null;
  readonly secrets: Secrets;
  readonly storage: Storage;
  readonly printer: LetterPrinter;
  readonly cardReader: CardReader;
  readonly dialogs: Dialogs;
  readonly files: Files;
  readonly log: Log;
}

export type { OdsCode };
