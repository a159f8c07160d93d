/** A request as the service takes it in: routed, its body read, the referral that it is about named. */
import type { Speech } from './wire/frame-refusal.ts';
import { route, type Routed } from './router.ts';
import { intendedUbrn } from './intended-ubrn.ts';
import { parseBody } from './parse-body.ts';
import type { World } from './world/create-world.ts';

export interface Received extends Routed {
  readonly request: Request;
  readonly headers: Headers;
  /** Catalogue id, or `unknown`. */
  readonly id: string;
  readonly ubrn: string | null;
  /** Empty for a file, which is no text. */
  readonly bodyText: string;
  readonly bytes: Uint8Array;
  readonly body: unknown;
  readonly isBodyBroken: boolean;
  /** In whose words it is refused. */
  readonly speech: Speech;
}

/** The UBRN in the path, the query or the body, or of the appointment in the path. */
function findUbrn(url: URL, headers: Headers, routed: Routed, bodyText: string, world: World): string | null {
  const { params, operation } = routed.match ?? {};
  if (operation?.consumes === 'file') return intendedUbrn(headers);
  if (params?.ubrn !== undefined) return params.ubrn;
  if (operation?.id === 'A034' || operation?.id === 'A038')
    return world.findReferralByAppointment(params?.id ?? '')?.ubrn ?? null;
  const reference = /(?:Referral|Communication)Request\/(\d{12})/;
  const asked = url.searchParams.get('focus') ?? url.searchParams.get('based-on') ?? '';
  return (reference.exec(asked) ?? reference.exec(bodyText))?.[1] ?? null;
}

/** Reads a request whole. */
export async function receive(request: Request, world: World): Promise<Received> {
  const url = new URL(request.url);
  const routed = route(request.method, url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const isFile = routed.match?.operation.consumes === 'file';
  const bodyText = isFile ? '' : new TextDecoder().decode(bytes);
  const id = routed.match?.operation.id ?? 'unknown';
  const isR4 = routed.match?.operation.fhir === 'r4' || url.pathname.includes('/FHIR/R4/');
  return {
    ...routed,
    ...parseBody(bodyText),
    request,
    headers: request.headers,
    id,
    ubrn: findUbrn(url, request.headers, routed, bodyText, world),
    bodyText,
    bytes,
    speech: { surface: routed.surface ?? 'training', fhir: isR4 ? 'r4' : 'stu3', id },
  };
}
