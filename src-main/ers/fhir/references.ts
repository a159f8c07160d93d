/** References to resources. Only type, id and version are taken: never the host (contract.md section 4.7). */
import { parseUbrn, type Ubrn } from '../../contract/identifiers.ts';
import { objectsAt, textAt, type Json } from './json.ts';

const REFERRAL = /(?:^|\/)ReferralRequest\/(\d{12})(?:\/_history\/(\d{1,9}))?$/;

/** `ReferralRequest/{ubrn}[/_history/{n}]`, with or without a base before it. */
export function parseReferralReference(
  reference: string,
): { readonly ubrn: Ubrn; readonly version: number | null } | null {
  const [, digits, version] = REFERRAL.exec(reference) ?? [];
  const ubrn = parseUbrn(digits ?? '');
  return ubrn === null ? null : { ubrn, version: version === undefined ? null : Number(version) };
}

export function referralReference(ubrn: Ubrn, version: number): string {
  return `ReferralRequest/${ubrn}/_history/${version}`;
}

const ADVICE = /(?:^|\/)CommunicationRequest\/(\d{12})(?:\/_history\/(\d{1,9}))?$/;

/** `CommunicationRequest/{ubrn}[/_history/{n}]`, with or without a base before it. */
export function parseAdviceReference(
  reference: string,
): { readonly ubrn: Ubrn; readonly version: number | null } | null {
  const [, digits, version] = ADVICE.exec(reference) ?? [];
  const ubrn = parseUbrn(digits ?? '');
  return ubrn === null ? null : { ubrn, version: version === undefined ? null : Number(version) };
}

export function adviceReference(ubrn: Ubrn, version: number): string {
  return `CommunicationRequest/${ubrn}/_history/${version}`;
}

/** The id of a reference such as `Slot/228385`; '' when it is of another type. */
export function idOfReference(reference: string, type: string): string {
  const [, found] =
    new RegExp(`(?:^|/)${type}/([A-Za-z0-9\\-.]{1,64})(?:/_history/\\d+)?$`).exec(reference) ?? [];
  return found ?? '';
}

/** The contained resource that `#id` names. */
export function containedResource(holder: Json, reference: string): Json | null {
  if (!reference.startsWith('#')) return null;
  const id = reference.slice(1);
  return objectsAt(holder, 'contained').find((contained) => textAt(contained, 'id') === id) ?? null;
}
