/** One request handed to the training service, and its reply as bytes. */
import type { WireReply, WireRequest } from '../../../src-main/app/ports.ts';
import { parseUbrn } from '../../../src-main/contract/identifiers.ts';
import type { Play } from './play.ts';
import type { WireCall } from './stage.ts';
import { textOfBody } from './write-bytes.ts';

/** A letter takes a real PDF much longer to make than a schedule may last: this one has its first and last bytes. */
const LETTER: WireReply = {
  kind: 'reply',
  status: 200,
  headers: {
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="000000000000_Appointment_Request_20261119000000.pdf"',
  },
  body: new TextEncoder().encode('%PDF-1.7\n/Count 1\n%%EOF\n'),
};

export async function exchange(play: Play, request: WireRequest, call: WireCall): Promise<WireReply> {
  if (request.path.endsWith('$ers.generatePatientLetter')) return LETTER;
  const { stage } = play;
  const response = await stage.calls.run(call, () => stage.service.handle(toRequest(request)));
  const body = new Uint8Array(await response.arrayBuffer());
  const reply: WireReply = {
    kind: 'reply',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body,
  };
  noteTruth(play, request, response.status, body);
  return reply;
}

function toRequest(request: WireRequest): Request {
  const { baseUrl, path, query, method, headers, body } = request;
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  const url = `${baseUrl}${path}${query.length > 0 ? `?${search.toString()}` : ''}`;
  return new Request(url, { method, headers, ...(body === null ? {} : { body: textOfBody(request) }) });
}

/** What the checker takes from true replies: who a session key stands for, and what permits a deferral. */
function noteTruth(play: Play, request: WireRequest, status: number, body: Uint8Array): void {
  const { path } = request;
  if (path.includes('/ProfessionalSession') && status < 300 && body.length > 0)
    play.checker.onSpineSession(JSON.parse(new TextDecoder().decode(body)));
  if (play.action !== 'defer') return;
  const atMs = play.time.monotonicMs();
  if (path.endsWith('/Slot') && status === 200)
    noteSearch(play, request, new TextDecoder().decode(body), atMs);
  if (path.endsWith('/Appointment') && status === 504) {
    const [, ubrn = ''] = /ReferralRequest\/(\d{12})/.exec(textOfBody(request)) ?? [];
    const serviceId = parseUbrn(ubrn) === null ? '' : (play.stage.referral(ubrn).shortlist[0] ?? '');
    play.evidenceAtMs.set(`silence ${ubrn} ${serviceId}`, atMs);
  }
}

function noteSearch(play: Play, { query }: WireRequest, text: string, atMs: number): void {
  const asked = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  const isEmpty = (JSON.parse(text) as { readonly total?: number }).total === 0;
  for (const serviceId of play.stage.world.services.map(({ id }) => id)) {
    if (!asked.includes(serviceId)) continue;
    const refused = [...play.intents.values()].some(
      ({ wish }) =>
        wish.reason === 'SLOT_NOT_AVAILABLE' &&
        wish.serviceId === serviceId &&
        wish.slotIds.every((slotId) => !text.includes(slotId)),
    );
    if (isEmpty || refused) play.evidenceAtMs.set(`search ${serviceId}`, atMs);
  }
}
