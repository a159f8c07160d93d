/** What the bytes of a request say, read apart from the product: which write it is, under which version, and whose. */
import type { WireRequest } from '../../../src-main/app/ports.ts';

export interface SentWrite {
  readonly operation: 'A013' | 'A014' | 'A016' | 'A022' | 'A028' | 'A031' | 'A034' | 'A036';
  readonly ubrn: string;
  /** The referral's version in the bytes; null where they name none. */
  readonly referralVersion: number | null;
  /** The appointment's version in the bytes; null where they name none. */
  readonly appointmentVersion: number | null;
  /** The slot that is to be booked; null for everything else. */
  readonly slotId: string | null;
}

interface Body {
  readonly incomingReferral?: readonly { readonly reference?: string }[];
  readonly slot?: readonly { readonly reference?: string }[];
  readonly status?: string;
}

/** What a request carries, as text; empty when nothing. */
export function textOfBody({ body }: WireRequest): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array());
}

/** The names of the writes on a referral, which the dialects spell with capitals of their own. */
const OPERATIONS: Readonly<Record<string, SentWrite['operation']>> = {
  cancelappointmentactionlater: 'A022',
  changeshortlist: 'A031',
  cancelreferral: 'A036',
  acceptreferral: 'A013',
  rejectreferral: 'A014',
  recordreviewoutcome: 'A028',
};

/** The write of a request; null when it is none of the outbox's. */
export function readWrite(request: WireRequest): SentWrite | null {
  const { method, path } = request;
  if (method === 'GET') return null;
  if (method === 'POST' && path.endsWith('/Appointment')) return readAppointmentWrite('A016', request);
  if (method === 'PUT' && /\/Appointment\/[^/]+$/.test(path)) return readAppointmentWrite('A034', request);
  const [, ubrn, name] = /\/ReferralRequest\/(\d{12})\/\$ers\.(\w+)$/.exec(path) ?? [];
  const operation = OPERATIONS[name?.toLowerCase() ?? ''];
  if (ubrn === undefined || operation === undefined) return null;
  return {
    operation,
    ubrn,
    referralVersion: ifMatch(request),
    appointmentVersion: null,
    slotId: null,
  };
}

function readAppointmentWrite(operation: 'A016' | 'A034', request: WireRequest): SentWrite {
  const body = JSON.parse(textOfBody(request) || '{}') as Body;
  const reference = body.incomingReferral?.[0]?.reference ?? '';
  const [, ubrn = '', version] = /ReferralRequest\/(\d{12})(?:\/_history\/(\d+))?$/.exec(reference) ?? [];
  const slotId =
    body.status === 'booked' ? (body.slot?.[0]?.reference?.replace(/^Slot\//, '') ?? null) : null;
  return {
    operation,
    ubrn,
    referralVersion: version === undefined ? null : Number(version),
    appointmentVersion: operation === 'A034' ? ifMatch(request) : null,
    slotId,
  };
}

function ifMatch({ headers }: WireRequest): number | null {
  const [, version] = /^W\/"(\d+)"$/.exec(headers['If-Match'] ?? '') ?? [];
  return version === undefined ? null : Number(version);
}

/** The name of a call for the story: the last words of its path, without an identifier. */
export function nameOfCall({ method, path }: WireRequest): string {
  const words = path.split('/').filter((word) => word !== '' && !/\d/.test(word));
  return `${method} ${words.slice(-2).join('/')}`;
}
