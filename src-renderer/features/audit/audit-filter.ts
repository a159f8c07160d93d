/** The fields of the filter as they are typed, and what they ask for. */
import type { AuditFilter } from '../../../src-main/contract/channels/audit.ts';
import { parseSdsUserId, parseTypedNhsNumber, parseUbrn } from '../../../src-main/contract/identifiers.ts';
import { parseAuditTime } from './parse-audit-time.ts';

export interface FilterForm {
  readonly user: string;
  readonly ubrn: string;
  readonly nhsNumber: string;
  /** Empty is every action. */
  readonly action: string;
  readonly outcome: AuditFilter['outcome'];
  readonly from: string;
  readonly to: string;
}

export type FilterField = Exclude<keyof FilterForm, 'action' | 'outcome'>;

export const EMPTY_FORM: FilterForm = {
  ...{ user: '', ubrn: '', nhsNumber: '', action: '', outcome: 'any', from: '', to: '' },
};

export const EMPTY_FILTER: AuditFilter = {
  ...{ userId: null, ubrn: null, nhsNumber: null, action: null, outcome: 'any', from: null, before: null },
};

export type ReadForm =
  | { readonly ok: true; readonly filter: AuditFilter }
  | { readonly ok: false; readonly faults: Readonly<Partial<Record<FilterField, string>>> };

const blank = (text: string) => text.trim() === '';

/** What the form asks for, or what is wrong in which field. */
export function readForm(form: FilterForm, nowMs: number): ReadForm {
  const faults: Partial<Record<FilterField, string>> = {};
  const userId = blank(form.user) ? null : parseSdsUserId(form.user.replaceAll(' ', ''));
  if (userId === null && !blank(form.user)) faults.user = 'A user id has 12 digits.';
  const ubrn = blank(form.ubrn) ? null : parseUbrn(form.ubrn);
  if (ubrn === null && !blank(form.ubrn)) faults.ubrn = 'A UBRN has 12 digits.';
  const number = blank(form.nhsNumber) ? null : parseTypedNhsNumber(form.nhsNumber);
  if (number !== null && !number.ok)
    faults.nhsNumber = 'This is not an NHS number: it has 10 digits and a check digit.';
  const [from, to] = [parseAuditTime(form.from, 'from', nowMs), parseAuditTime(form.to, 'to', nowMs)];
  if (!from.ok) faults.from = from.reason;
  if (!to.ok) faults.to = to.reason;
  if (from.ok && to.ok && from.at !== null && to.at !== null && from.at >= to.at)
    faults.to = 'This is before the time from which you want to look.';
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return {
    ok: true,
    filter: {
      ...{ userId, ubrn, outcome: form.outcome, action: form.action || null },
      nhsNumber: number?.ok ? number.nhsNumber : null,
      from: from.ok ? from.at : null,
      before: to.ok ? to.at : null,
    },
  };
}
