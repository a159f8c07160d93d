/** A caller of the training service for its own tests: made from contract.md, not from the client. */
import { toIso } from '../../src-main/contract/london-time.ts';
import { at } from '../../src-main/training-service/wire/read-body.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import {
  createTrainingService,
  type TrainingService,
  type TrainingServiceOptions,
} from '../../src-main/training-service/create-training-service.ts';
import type { Referral, Slot } from '../../src-main/training-service/world/model.ts';

export const ORIGIN = 'https://training.test';
export const PLATFORM = `${ORIGIN}/referrals/FHIR`;
export const SPINE = `${ORIGIN}/ers-api`;
export const ASID = '000000000001';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
  /** What the JSON body has at a path. */
  at(...path: readonly (string | number)[]): unknown;
  readonly bytes: Uint8Array;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
}

export interface Bench {
  readonly clock: ManualClock;
  readonly service: TrainingService;
  readonly world: TrainingService['world'];
  send(url: string, sent?: Sent): Promise<Answered>;
  /** As a referring clinician's admin of R69 on the platform. */
  platform(path: string, sent?: Sent): Promise<Answered>;
  /** In the spine dialect, in a session of that role. */
  spine(path: string, sent?: Sent, role?: string): Promise<Answered>;
  /** A session key of the spine dialect. */
  openSession(role?: string, organisation?: string): Promise<string>;
  ticket(): Promise<string>;
  token: string;
}

const FHIR = 'application/fhir+json';

async function read(response: Response): Promise<Answered> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  let json: unknown;
  if (isJson) {
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    bytes,
    at: (...path) => at(json, ...path),
  };
}

/** A service on a clock that stands still, with a caller. The main user is signed in. */
export async function createBench(options: Partial<TrainingServiceOptions> = {}): Promise<Bench> {
  const clock = createManualClock();
  const service = createTrainingService({ seed: 7, clock, size: 120, pasDelayMs: 1000, ...options });
  const keys = new Map<string, string>();

  const send: Bench['send'] = async (url, { method = 'GET', headers = {}, body } = {}) => {
    const kept = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request(url, {
      method,
      headers: Object.fromEntries(kept) as Record<string, string>,
      ...(text === undefined ? {} : { body: text }),
    });
    return read(await service.handle(request));
  };
  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    send(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });
  const bench: Bench = {
    clock,
    service,
    world: service.world,
    send,
    token: '',
    platform: (path, sent = {}) =>
      send(PLATFORM + path, {
        ...sent,
        headers: {
          Authorization: `Bearer ${bench.token}`,
          'NHSD-End-User-Organisation-ODS': 'R69',
          'NHSD-eRS-Business-Function': 'REFERRING_CLINICIAN_ADMIN',
          'NHSD-eRS-Comm-Rule-Org': 'R69',
          Accept: '*/*',
          ...(sent.body === undefined ? {} : { 'Content-Type': FHIR }),
          ...sent.headers,
        },
      }),
    async spine(path, sent = {}, role = 'REFERRING_CLINICIAN') {
      const organisation = role.startsWith('REFERRING') ? 'R69' : 'R68';
      const key = keys.get(role) ?? (await bench.openSession(role, organisation));
      keys.set(role, key);
      return send(SPINE + path, {
        ...sent,
        headers: {
          XAPI_ASID: ASID,
          HTTP_X_SESSION_KEY: key,
          'X-ERS-XAPI-COMM-RULE-ORG': 'R69',
          Accept: '*/*',
          ...(sent.body === undefined ? {} : { 'Content-Type': FHIR }),
          ...sent.headers,
        },
      });
    },
    async openSession(role = 'REFERRING_CLINICIAN', organisation = 'R69') {
      const typeInfo = 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession';
      const token = await bench.ticket();
      const created = await post(`${SPINE}/v1/ProfessionalSession`, { typeInfo, token }, { XAPI_ASID: ASID });
      const provisional = String(created.at('id'));
      const selected = await send(`${SPINE}/v1/ProfessionalSession/${provisional}`, {
        method: 'PUT',
        headers: { XAPI_ASID: ASID, HTTP_X_SESSION_KEY: provisional, 'Content-Type': 'application/json' },
        body: { typeInfo, token, permission: { businessFunction: role, orgIdentifier: organisation } },
      });
      return String(selected.at('id'));
    },
    ticket: async () => String((await post(`${ORIGIN}/training/sso-ticket`, {})).at('ticket')),
  };
  bench.token = String((await post(`${ORIGIN}/training/token`, {})).at('token'));
  return bench;
}

/** The first code of an OperationOutcome. */
export const codeOf = (answered: Answered): unknown =>
  answered.at('issue', 0, 'details', 'coding', 0, 'code');

const SERVICE_SYSTEM = 'http://fhir.nhs.net/Id/ers-service';
const NHS_SYSTEM = 'http://fhir.nhs.net/Id/nhs-number';
const PROFILES = [
  'https://fhir.nhs.uk/STU3/StructureDefinition/eRS-Appointment-1',
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1',
];

/** The body of A016 for a referral as it is now, to be changed by `more`. */
export function bookingBody(referral: Referral, slot: Slot | null, more: Record<string, unknown> = {}) {
  const actor = (system: string, value: string) => ({
    actor: { identifier: { system, value } },
    status: 'accepted',
  });
  return {
    id: 'appointment',
    meta: { profile: PROFILES },
    language: 'en',
    resourceType: 'Appointment',
    status: slot ? 'booked' : 'proposed',
    description: 'e-Referral Appointment',
    ...(slot
      ? { start: toIso(slot.startMs), end: toIso(slot.endMs), slot: [{ reference: `Slot/${slot.id}` }] }
      : {}),
    incomingReferral: [{ reference: `ReferralRequest/${referral.ubrn}/_history/${referral.version}` }],
    participant: [
      actor(SERVICE_SYSTEM, slot?.serviceId ?? referral.shortlist[0] ?? ''),
      actor(NHS_SYSTEM, referral.nhsNumber),
    ],
    ...more,
  };
}

/** A deferral's reason. */
export const because = (code: string) => [
  { coding: [{ system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewReason-1', code }] },
];

/** A worklist request. */
export const listBody = (list: string, ...parameters: unknown[]) => ({
  resourceType: 'Parameters',
  meta: { profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/eRS-FetchWorklist-Parameters-1'] },
  parameter: [
    {
      name: 'listType',
      valueCodeableConcept: {
        coding: [{ system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReferralListSelector-1', code: list }],
      },
    },
    ...parameters,
  ],
});

/** The query of A015. */
export const slotQuery = (service: string, more: Record<string, string> = {}) =>
  new URLSearchParams({
    'schedule.actor:HealthcareService': service,
    appointmentType: 'ROUTINE',
    status: 'free',
    _count: '100',
    page: '1',
    ...more,
  }).toString();
