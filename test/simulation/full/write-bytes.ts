/** What the bytes of a request say, read apart from the product: which write it is, under which version, and whose. */
import type { WireRequest } from '../../../src-main/app/ports.ts';

export interface SentWrite {
  readonly operation: 'A016' | 'A022' | 'A034';
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

/** The write of a request; null when it is none of the outbox's. */
export function readWrite(request: WireRequest): SentWrite | null {
  const { method, path } = request;
  if (method === 'GET') return null;
  if (method === 'POST' && path.endsWith('/Appointment')) return readAppointmentWrite('A016', request);
  if (method === 'PUT' && /\/Appointment\/[^/]+$/.test(path)) return readAppointmentWrite('A034', request);
  const [, ubrn] = /\/ReferralRequest\/(\d{12})\/\$ers\.cancelappointmentactionlater$/i.exec(path) ?? [];
  if (ubrn === undefined) return null;
  return {
    operation: 'A022',
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
