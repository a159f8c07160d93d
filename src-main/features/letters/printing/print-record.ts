/** What a line of the print log says of its letter, worked out. Pure. */
import { createHash } from 'node:crypto';
import type { PrintJob, PrintLogRow } from '../../../contract/channels/letters.ts';
import type { AuditEntry } from '../../../app/ports.ts';
import type { Referral } from '../../../ers/model.ts';
import type { PrintRecord } from './print-schemas.ts';

export type { PrintRecord } from './print-schemas.ts';

/** What a letter tells the patient of the referral, as a digest: attachments and the like change only the version. */
export function standOf({ state, appointment, shortlist }: Referral): string {
  const { status, start, serviceId, clinicianId } = appointment ?? {};
  const told = [
    state?.code,
    status,
    start,
    serviceId,
    clinicianId,
    shortlist.map((entry) => entry.serviceId),
  ];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}

export const hashOf = (pdf: Uint8Array): string => createHash('sha256').update(pdf).digest('hex');

const ENDED: readonly PrintRecord['state'][] = ['printed', 'cancelled', 'failed', 'unknown'];

/** True once nothing more is heard from the printer. */
export const isEnded = ({ state }: Pick<PrintRecord, 'state'>): boolean => ENDED.includes(state);

/** False only where it is certain that no sheet came out. */
export function mayBeOnPaper({ state, sheetsCounted, sheetsReported }: PrintRecord): boolean {
  if (sheetsCounted !== null) return sheetsCounted > 0;
  return (state !== 'failed' && state !== 'cancelled') || (sheetsReported ?? 0) > 0;
}

export const sheetsOf = ({ pages, copies }: Pick<PrintRecord, 'pages' | 'copies'>): number => pages * copies;

export function jobOf(record: PrintRecord): PrintJob {
  const { printId, ubrn, state, code, printer, pages, copies, sheetsCounted, at } = record;
  return {
    ...{ printId, ubrn, state, code, printer, pages, copies, sheetsCounted, at },
    sheetsExpected: sheetsOf(record),
  };
}

export function logRowOf(record: PrintRecord): PrintLogRow {
  const { printId, at, userId, userName, ubrn, printer, pages, copies, version, hash } = record;
  const { reason, state, sheetsCounted, supersededAt } = record;
  return {
    ...{ printId, at, userId, userName, ubrn, printer, pages, copies, hash, reason, state, sheetsCounted },
    version: String(version),
    isSuperseded: supersededAt !== null,
  };
}

/** The audit entry of a step of a print: no text of a person in it, so of the reason its code alone. */
export function printEntry(host: string, record: PrintRecord, outcome: string): AuditEntry {
  const { userId, onBehalfOf, organisation, businessFunction, ubrn, nhsNumber } = record;
  const { printId, batchId, printer, pages, copies, isLarge, version, hash, sheetsCounted } = record;
  const { reason, isReadByClerk, isPhoned } = record;
  return {
    type: 'Print letter',
    method: 'LOCAL',
    resource: 'Patient Letter',
    ...{ ubrn, nhsNumber, userId, onBehalfOf, organisation, businessFunction, host, outcome },
    correlationId: printId,
    facts: {
      ...{ printer, pages, copies, isLarge, version, hash, isReadByClerk, isPhoned },
      reason: /^[a-z-]*/.exec(reason)?.[0] ?? '',
      ...(batchId === null ? {} : { batchId }),
      ...(sheetsCounted === null ? {} : { sheetsCounted }),
    },
  };
}
