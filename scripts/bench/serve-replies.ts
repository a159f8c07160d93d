/**
 * The local service, in a process of its own so that its work is not counted as the client's. `--smooth` makes it
 * answer as the gateway does: 120 to 200 ms later, and 429 to a request within 100 ms of the last one it took.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { appointmentText, referralText, SLOT_PAGES, slotPageBody } from './payloads.ts';

const isSmooth = process.argv.includes('--smooth');
const SPACING_MS = 100;
const pages = Array.from({ length: SLOT_PAGES }, (_, at) => Buffer.from(slotPageBody(at + 1)));
const referral = Buffer.from(referralText());
const appointment = Buffer.from(appointmentText());
let lastTakenMs = Number.NEGATIVE_INFINITY;

/** 120 to 200 ms, always the same for a page, so that every strategy meets the same service. */
const latencyMs = (page: number) => 120 + ((page * 37) % 81);

function isTooSoon(): boolean {
  const now = performance.now();
  if (now - lastTakenMs < SPACING_MS) return true;
  lastTakenMs = now;
  return false;
}

function answer(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', 'content-length': body.length });
  response.end(body);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isSmooth && isTooSoon()) return answer(response, 429, Buffer.alloc(0));
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.endsWith('/Slot')) {
    const page = Number(url.searchParams.get('page'));
    if (isSmooth) await setTimeout(latencyMs(page));
    return answer(response, 200, pages[page - 1] ?? Buffer.alloc(0));
  }
  if (request.method === 'GET') return answer(response, 200, referral);
  request.resume();
  request.once('end', () => answer(response, 201, appointment));
}

const server = createServer((request, response) => void serve(request, response));
// Whoever started this process ends it; a lost parent ends it too.
process.once('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
