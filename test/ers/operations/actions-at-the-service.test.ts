/** The client's newer operations against the training service, which was written apart from it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { SdsUserId, ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import { createAttachmentReader } from '../../../src-main/ers/attachment-reader.ts';
import type { ErsClient, ErsIdentity } from '../../../src-main/ers/client.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import type { AttachmentRecord, ReferenceSet } from '../../../src-main/ers/model.ts';
import { a001CreateProfessionalSession } from '../../../src-main/ers/operations/a001-create-professional-session.ts';
import { a002SelectRole } from '../../../src-main/ers/operations/a002-select-role.ts';
import { a004RetrieveReferenceData } from '../../../src-main/ers/operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a007GenerateClinicalInformation } from '../../../src-main/ers/operations/a007-generate-clinical-information.ts';
import {
  a008FetchWorklist,
  type WorklistFilters,
} from '../../../src-main/ers/operations/a008-fetch-worklist.ts';
import {
  a016BookOrDeferAppointment,
  type TriageInput,
} from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a020UploadFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import { a022CancelAppointmentActionLater } from '../../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import { a031ChangeShortlist, carriedOver } from '../../../src-main/ers/operations/a031-change-shortlist.ts';
import { a033RetrieveHealthcareService } from '../../../src-main/ers/operations/a033-retrieve-healthcare-service.ts';
import { a036CancelReferral } from '../../../src-main/ers/operations/a036-cancel-referral.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import type { BusinessFunction } from '../../../src-main/ers/roles.ts';
import { ASID, createBench, PLATFORM, SPINE, type Bench } from '../../training-service/support.ts';
import { createInstantClock } from '../support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const baseUrlOf = ({ dialect }: ErsIdentity) => (dialect === 'api-platform' ? PLATFORM : SPINE);
const noLog = { write: () => {} };

function clientAs(identity: ErsIdentity): ErsClient {
  const { dialect } = identity;
  return createErsClient({
    settings: { dialect, baseUrl: baseUrlOf(identity), pdsBaseUrl: null, rateShare: 1 },
    network: createInProcessNetwork(bench.service),
    clock: createInstantClock(),
    log: noLog,
    identity: () => identity,
  });
}

const platformAs = (businessFunction: BusinessFunction, onBehalfOf: string | null = null) =>
  clientAs({
    dialect: 'api-platform',
    bearer: bench.token,
    organisation: businessFunction.startsWith('REFERRING') ? 'R69' : 'R68',
    businessFunction,
    onBehalfOf,
  });

async function spineAs(businessFunction: BusinessFunction) {
  const organisation = businessFunction.startsWith('REFERRING') ? 'R69' : 'R68';
  const sessionKey = await bench.openSession(businessFunction, organisation);
  return clientAs({ dialect: 'spine-session', asid: ASID, sessionKey });
}

function valueOf<T>(outcome: ErsOutcome<T>): T {
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const find = (name: Parameters<Bench['world']['findScene']>[0], i = 0) =>
  (bench.world.findScene(name)[i] ?? '') as Ubrn;
const read = async (client: ErsClient, ubrn: Ubrn) =>
  valueOf(await client.call(a005RetrieveReferral, { ubrn }));

describe('A031', () => {
  test('puts services on the shortlist, and loses requirements as the service does', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    const ubrn = find('with-requirements');
    const before = await read(client, ubrn);
    const carried = carriedOver(before);
    if (carried === null) throw new Error('no criteria');
    const services = [{ serviceId: '11000' as ServiceId, name: 'General Cardiology Clinic' }];
    const input = { ubrn, version: before.version, services, ...carried };
    const after = valueOf(await client.call(a031ChangeShortlist, input));
    expect(after).toMatchObject({ shortlist: services, state: { code: 'NOT_BOOKED' } });
    expect(after.searchCriteria).toEqual(before.searchCriteria);
    expect([before.additionalRequirements.length, after.additionalRequirements.length]).toEqual([2, 0]);
    expect(await read(client, ubrn)).toEqual(after);
    expect(await client.call(a031ChangeShortlist, input)).toMatchObject({
      kind: 'refused',
      code: '',
      facts: { status: 409 },
    });
  });
});

describe('A016 for triage', () => {
  test('sends to a triage service of the shortlist, and is not in the spine dialect', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    const ubrn = find('triage-service');
    const { version, nhsNumber, shortlist } = await read(client, ubrn);
    const serviceId = shortlist[0]?.serviceId ?? ('' as ServiceId);
    const input: TriageInput = {
      ...{ use: 'triage', ubrn, version, serviceId, nhsNumber, clinicianId: null },
      comment: 'Please look soon',
    };
    expect(valueOf(await client.call(a016BookOrDeferAppointment, input))).toMatchObject({
      status: 'proposed',
      reason: { code: 'TRIAGE' },
      comment: 'Please look soon',
      slotId: null,
      referral: { ubrn },
    });
    expect((await read(client, ubrn)).state?.code).toBe('AWAITING_TRIAGE');
    const spine = await spineAs('REFERRING_CLINICIAN');
    expect((await spine.call(a016BookOrDeferAppointment, input)).kind).toBe('not-in-dialect');
  });
});

describe('A036', () => {
  const reasonOf = ({ url }: ReferenceSet, code: string) => ({ system: url, code });
  const reasons = async (client: ErsClient) =>
    valueOf(await client.call(a004RetrieveReferenceData, { set: 'REFERRAL-CANCELLATION-REASON' }));

  test('cancels a referral with its appointment, as a referrer', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    const ubrn = find('booked-cancellable');
    const { version, appointmentId } = await read(client, ubrn);
    const reason = reasonOf(await reasons(client), 'PATIENT_REQUEST_CANCELLATION_OTHER');
    const input = { ubrn, version, reason, comment: 'Moved away' };
    const { referral, appointment } = valueOf(await client.call(a036CancelReferral, input));
    expect(appointment).toMatchObject({ id: appointmentId, status: 'cancelled', slotId: null });
    expect(referral).toMatchObject({ status: 'cancelled', state: { comments: 'Moved away' } });
    expect(await read(client, ubrn)).toEqual(referral);
  });

  test('cancels for a clinician, as an admin of the provider', async () => {
    const client = platformAs('SERVICE_PROVIDER_CLINICIAN_ADMIN', '021600556514');
    const ubrn = find('awaiting-triage');
    const { version } = await read(client, ubrn);
    const reason = reasonOf(await reasons(client), 'TRIAGE_ENDED');
    const done = await client.call(a036CancelReferral, { ubrn, version, reason, comment: '' });
    expect(valueOf(done)).toMatchObject({ appointment: null, referral: { ubrn } });
  });
});

describe('A020', () => {
  test.each([
    ['the platform', () => platformAs('SERVICE_PROVIDER_CLINICIAN')],
    ['the spine dialect', () => spineAs('SERVICE_PROVIDER_CLINICIAN')],
  ] as const)('uploads what A022 then attaches, in %s', async (_what, open) => {
    const client = await open();
    const ubrn = find('booked-for-review');
    const content = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 31) % 256);
    const upload = { ubrn, name: 'plan.pdf', mediaType: 'application/pdf', content };
    const { documentId } = valueOf(await client.call(a020UploadFile, upload));
    const { version } = await read(client, ubrn);
    const referral = valueOf(
      await client.call(a022CancelAppointmentActionLater, {
        ...{ ubrn, version, comment: 'Please rebook', priority: null, isCancelledInPas: null },
        attachments: [{ binaryId: documentId, description: 'Plan', indexed: '2026-11-18T13:24:53.000Z' }],
      }),
    );
    const file = referral.attachments.at(-1);
    expect(file).toMatchObject({ title: 'plan.pdf', bytes: 5_000, type: { code: 'PROVIDER' } });
    expect(valueOf(await readerFor(client).read(file ?? { url: '' })).bytes).toEqual(content);
  });
});

const readerFor = (client: ErsClient) =>
  createAttachmentReader({
    ers: client,
    network: createInProcessNetwork(bench.service),
    clock: createInstantClock(),
    log: noLog,
    baseUrl: client.dialect === 'api-platform' ? PLATFORM : SPINE,
  });

describe('the files of a referral', () => {
  const named = (files: readonly AttachmentRecord[], title: string): AttachmentRecord => {
    const found = files.find((file) => file.title === title);
    if (!found) throw new Error(`no ${title}`);
    return found;
  };

  test.each([
    ['the platform', () => platformAs('REFERRING_CLINICIAN_ADMIN')],
    ['the spine dialect', () => spineAs('REFERRING_CLINICIAN')],
  ] as const)('come one by one in %s, each as large as it says', async (_what, open) => {
    const client = await open();
    const { attachments } = await read(client, find('with-attachments'));
    for (const title of ['referral-letter.pdf', 'heart-trace.png', 'notes.txt', 'history.docx']) {
      const file = named(attachments, title);
      const reply = valueOf(await readerFor(client).read(file));
      expect([reply.fileName, reply.contentType, reply.bytes.length]).toEqual([
        title,
        file.contentType,
        file.bytes,
      ]);
    }
    const pending = named(attachments, 'supporting-information-1.pdf');
    expect(await readerFor(client).read(pending)).toMatchObject({ kind: 'refused', code: 'PENDING' });
  });

  test('may be larger than 5 MB on the platform alone', async () => {
    const large = async (client: ErsClient) =>
      readerFor(client).read(named((await read(client, find('with-attachments'))).attachments, 'scan.tif'));
    expect(valueOf(await large(platformAs('REFERRING_CLINICIAN_ADMIN'))).bytes.length).toBe(6_000_000);
    expect(await large(await spineAs('REFERRING_CLINICIAN'))).toMatchObject({ code: 'FILE_SIZE_ERROR' });
  });

  test('and their clinical information come as a PDF', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    const ubrn = find('with-attachments');
    const { pdf, fileName } = valueOf(await client.call(a007GenerateClinicalInformation, { ubrn }));
    expect(pdf.length).toBeGreaterThan(1_000);
    expect(fileName).toContain(`${ubrn}_Clinical_Information_`);
  });
});

describe('A008 with filters', () => {
  const fetch = async (filters: WorklistFilters, kind: 'REFERRALS_FOR_REVIEW' | 'APPOINTMENT_SLOT_ISSUES') =>
    platformAs('SERVICE_PROVIDER_CLINICIAN').call(a008FetchWorklist, { kind, filters });
  const entriesOf = async (filters: WorklistFilters) =>
    valueOf(await fetch(filters, 'REFERRALS_FOR_REVIEW')).entries;
  const clinicianOf = (ubrn: string) => bench.world.referral(ubrn).appointment?.clinicianId ?? null;

  test('shows one service, one specialty, one clinician, or those without a clinician', async () => {
    const all = await entriesOf({});
    const [service, clinician] = ['11001' as ServiceId, '021600556514' as SdsUserId];
    const ofService = await entriesOf({ serviceId: service });
    expect(ofService.length).toBeGreaterThan(0);
    expect(ofService).toEqual(all.filter((entry) => entry.serviceId === service));
    const ofClinician = await entriesOf({ clinicianId: clinician });
    expect(ofClinician.map(({ ubrn }) => ubrn)).toEqual(
      all.map(({ ubrn }) => ubrn).filter((ubrn) => clinicianOf(ubrn) === clinician),
    );
    const unassigned = await entriesOf({ clinicianId: 'not-assigned' });
    expect(unassigned.length).toBeGreaterThan(0);
    expect(unassigned.every(({ ubrn }) => clinicianOf(ubrn) === null)).toBe(true);
    const system = `${PLATFORM}/STU3/CodeSystem/SPECIALTY`;
    const ofSpecialty = await entriesOf({ specialty: { system, code: 'ORTHOPAEDICS' } });
    expect(new Set(ofSpecialty.map((entry) => entry.serviceId))).toEqual(new Set(['11002']));
  });

  test('is refused for what is unknown, and for a referral without any specialty', async () => {
    const kind = 'APPOINTMENT_SLOT_ISSUES';
    expect(await fetch({ serviceId: '99' as ServiceId }, kind)).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
    });
    expect(await fetch({ specialty: 'not-assigned' }, kind)).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await fetch({ serviceId: '11010' as ServiceId }, kind)).toMatchObject({ code: 'NO_RELATIONSHIP' });
  });

  test('says of slot issues what is there and since when', async () => {
    const { entries } = valueOf(await fetch({}, 'APPOINTMENT_SLOT_ISSUES'));
    const codes = new Set(entries.map((entry) => entry.clinicalInformation?.code));
    expect([codes.has('PRESENT'), codes.has('OVERDUE') || codes.has('NOT_DUE')]).toEqual([true, true]);
    expect(entries.every((entry) => entry.pathwayStart !== null)).toBe(true);
  });
});

describe('the three stages of a clinician’s admin in the spine dialect', () => {
  test('end in a session that acts for the clinician', async () => {
    const open = (sessionKey: string | null) =>
      clientAs({ dialect: 'spine-session', asid: ASID, sessionKey });
    const token = await bench.ticket();
    const session = valueOf(await open(null).call(a001CreateProfessionalSession, { token }));
    const role = { businessFunction: 'SERVICE_PROVIDER_CLINICIAN_ADMIN', organisation: 'R68' as never };
    const half = valueOf(
      await open(session.sessionKey).call(a002SelectRole, {
        ...{ sessionKey: session.sessionKey, token: session.token, ...role },
      }),
    );
    const [onBehalfOf] = half.clinicians ?? [];
    if (onBehalfOf === undefined) throw new Error('nobody to act for');
    const kind = 'REFERRALS_FOR_REVIEW' as const;
    const early = await open(half.sessionKey).call(a008FetchWorklist, { kind });
    expect(early).toMatchObject({ kind: 'refused', code: 'FORBIDDEN' });
    const whole = valueOf(
      await open(half.sessionKey).call(a002SelectRole, {
        ...{ sessionKey: half.sessionKey, token: half.token, ...role, onBehalfOf },
      }),
    );
    expect(whole.clinicians).toEqual([]);
    const { entries } = valueOf(await open(whole.sessionKey).call(a008FetchWorklist, { kind }));
    expect(entries.length).toBeGreaterThan(0);
  });
});

test('A033 says how a service is reached', async () => {
  const client = platformAs('REFERRING_CLINICIAN_ADMIN');
  const serviceId = '11000' as ServiceId;
  expect(valueOf(await client.call(a033RetrieveHealthcareService, { serviceId }))).toMatchObject({
    version: 1,
    contacts: [{ purpose: { code: 'PATINF' }, system: 'phone', value: '01632 960100' }],
    types: [{ code: 'FIRST_OUTPATIENT' }],
    characteristics: [{ code: 'BOOKABLE' }, { code: 'DIRECTLY_BOOKABLE' }],
  });
});
