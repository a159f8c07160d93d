import type { CheckResult } from '../../contract/channels/diagnostics.ts';
import { toIso } from '../../contract/london-time.ts';
import type { AppSettings } from '../../app/ports.ts';

interface Parts {
  readonly settings: Pick<AppSettings, 'environment' | 'dialect' | 'host' | 'version'>;
  readonly nowMs: number;
  readonly businessFunction: string | null;
  readonly found: readonly { readonly result: CheckResult; readonly atMs: number }[];
}

const LONGEST = 8000;

/** Plain text for the service desk, made of codes and figures of this desk alone: it quotes no person and no text of one. */
export function writeReport({ settings, nowMs, businessFunction, found }: Parts): string {
  const { environment, dialect, host, version } = settings;
  const lines = [
    `Booking Desk ${version}, ${environment}, ${dialect}, ${host}`,
    `Made ${toIso(nowMs)}`,
    `Role: ${businessFunction ?? 'nobody has a role here'}`,
    '',
    ...found.map(({ result, atMs }) => lineOf(result, atMs)),
    ...(found.length === 0 ? ['No check has run.'] : []),
  ];
  return lines.join('\n').slice(0, LONGEST);
}

function lineOf({ id, verdict, code, facts }: CheckResult, atMs: number): string {
  const named = facts.map(({ name, value }) => `${name}=${String(value).replace(/\s+/g, ' ')}`);
  return [`${toIso(atMs).slice(11, 19)}Z ${id}: ${verdict.toUpperCase()} ${code}`, ...named].join(', ');
}
