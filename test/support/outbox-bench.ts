/** The outbox with its keys over a training service, its own disk, and a desk whose person a test seats by hand. */
import { openRecords, type OpenRecords } from '../../src-main/app/open-records.ts';
import type { Ports, Storage } from '../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import type { OutboxItem, OutboxSummary } from '../../src-main/contract/channels/outbox.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import { createAuditLog } from '../../src-main/features/audit/audit-log.ts';
import { createOutboxKeys, type OutboxKeys } from '../../src-main/features/outbox/outbox-keys.ts';
import type { Intent, IntentOwner } from '../../src-main/features/outbox/record-schemas.ts';
import type { OpenReferral } from '../../src-main/features/referral/referral.ts';
import { abilitiesOf } from '../../src-main/features/session/abilities.ts';
import type { Desk } from '../../src-main/features/session/session.ts';
import { openActionBench, type ActionBench, type ActionBenchOptions } from './action-bench.ts';
import { COLLEAGUE, OWNER } from './intents.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { openMemorySettings } from './memory-settings.ts';

export interface OutboxBench extends ActionBench {
  readonly records: OpenRecords;
  /** The trail, to be read. */
  readonly audit: ReturnType<typeof createAuditLog>;
  readonly keys: OutboxKeys;
  readonly storage: Storage;
  readonly secrets: Ports['secrets'];
  /** Who holds the desk; `seat` begins a sitting. */
  readonly place: { desk: Desk | null; isLocked: boolean; isOffline: boolean };
  seat(owner: IntentOwner | null): void;
  readonly items: OutboxItem[];
  readonly summaries: OutboxSummary[];
  readonly logged: string[];
  readonly audited: string[];
  readonly opened: Map<string, OpenReferral>;
  /** Asks as the person at the desk; throws when it is refused. */
  ask(intent: Intent): OutboxItem;
  /** The item as it is shown now. */
  item(intentId: string): OutboxItem | undefined;
  pass(seconds: number): Promise<void>;
}

export interface OutboxBenchOptions extends ActionBenchOptions {
  /** The parts of an earlier start of the same desk. */
  readonly before?: Pick<OutboxBench, 'storage' | 'secrets'>;
  readonly storage?: Storage;
}

export const mustBe = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.problem.kind} ${outcome.problem.code}`);
  return outcome.value;
};

let sittings = 0;

/** Opens it with the training world's main user seated, in the role of the client. */
export async function openOutboxBench(options: OutboxBenchOptions = {}): Promise<OutboxBench> {
  const bench = await openActionBench(options);
  const storage = options.before?.storage ?? options.storage ?? openSqliteStorage(':memory:');
  const secrets = options.before?.secrets ?? createMemorySecrets();
  const place: OutboxBench['place'] = { desk: null, isLocked: false, isOffline: false };
  const [items, summaries, logged, audited]: [OutboxItem[], OutboxSummary[], string[], string[]] = [
    [],
    [],
    [],
    [],
  ];
  const opened = new Map<string, OpenReferral>();
  const deskNow = () => (place.isLocked ? null : place.desk);
  const answer = await openRecords(
    {
      storage,
      secrets,
      clock: bench.clock,
      settings: { asid: '', organisationNames: {} },
      deskSettings: openMemorySettings(),
      log: { write: (level, event, fields) => void logged.push(JSON.stringify({ level, event, ...fields })) },
    },
    {
      client: () => bench.client,
      desk: deskNow,
      seated: () => place.desk,
      isOffline: () => place.isOffline,
      auditHost: 'ers.test',
      onItem: (_stored, item) => void items.push(item),
      onSummary: (summary) => void summaries.push(summary),
    },
  );
  if (!answer.ok) throw new Error(answer.reason);
  const { records } = answer;
  const keys = createOutboxKeys({
    store: () => records.store,
    outbox: () => records.outbox,
    writesOffReason: () => 'not-in-tests',
    desk: deskNow,
    client: () => bench.client,
    clock: bench.clock,
    opened: (ubrn) => opened.get(ubrn) ?? null,
    auditHandover: (count) => void audited.push(`handover ${count}`),
    auditReadBack: (ubrn) => void audited.push(`read-back ${ubrn}`),
  });
  const seat = (owner: IntentOwner | null) => {
    sittings += 1;
    place.desk = owner && { ...owner, sitting: sittings, can: abilitiesOf(owner.businessFunction) };
    if (owner !== null) records.outbox.resume();
  };
  const businessFunction = options.businessFunction ?? OWNER.businessFunction;
  const organisation = businessFunction.startsWith('REFERRING') ? 'R69' : 'R68';
  seat({ ...OWNER, businessFunction, organisation });
  return {
    ...bench,
    records,
    audit: createAuditLog({ storage, clock: bench.clock, vault: records.vault }),
    keys,
    storage,
    secrets,
    place,
    seat,
    items,
    summaries,
    logged,
    audited,
    opened,
    ask(intent) {
      if (place.desk === null) throw new Error('nobody is at the desk');
      return mustBe(records.outbox.ask(place.desk, intent));
    },
    item: (intentId) => mustBe(keys.readItems()).items.find((item) => item.intentId === intentId),
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) await bench.clock.advance(1_000);
    },
  };
}

export { COLLEAGUE, OWNER };
