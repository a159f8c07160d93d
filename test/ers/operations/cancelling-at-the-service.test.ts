/** The client's cancellations against the training service, which was written apart from it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { ErsClient, ErsIdentity } from '../../../src-main/ers/client.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import type { Ubrn } from '../../../src-main/contract/identifiers.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import { a004RetrieveReferenceData } from '../../../src-main/ers/operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a008FetchWorklist } from '../../../src-main/ers/operations/a008-fetch-worklist.ts';
import {
  a022CancelAppointmentActionLater,
  isLeftForActionLater,
  type A022Input,
} from '../../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import {
  a034CancelAppointment,
  type A034Input,
} from '../../../src-main/ers/operations/a034-cancel-appointment.ts';
import { a038RetrieveAppointment } from '../../../src-main/ers/operations/a038-retrieve-appointment.ts';
import { a040RetrieveOnBehalfOfPractitioners } from '../../../src-main/ers/operations/a040-retrieve-on-behalf-of-practitioners.ts';
import type { BusinessFunction } from '../../../src-main/ers/roles.ts';
import { ASID, createBench, PLATFORM, SPINE, type Bench } from '../../training-service/support.ts';
import { createInstantClock } from '../support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

function clientAs(identity: ErsIdentity): ErsClient {
  const { dialect } = identity;
  return createErsClient({
    settings: {
      dialect,
      baseUrl: dialect === 'api-platform' ? PLATFORM : SPINE,
      pdsBaseUrl: null,
      rateShare: 1,
    },
    network: createInProcessNetwork(bench.service),
    clock: createInstantClock(),
    log: { write: () => {} },
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
  const sessionKey = await bench.openSession(businessFunction, 'R68');
  return clientAs({ dialect: 'spine-session', asid: ASID, sessionKey });
}

function valueOf<T>(outcome: ErsOutcome<T>): T {
  if (outcome.kind !== 'success') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

const find = (name: Parameters<Bench['world']['findScene']>[0]) =>
  (bench.world.findScene(name)[0] ?? '') as Ubrn;

async function laterFor(client: ErsClient, ubrn: Ubrn, more: Partial<A022Input> = {}): Promise<A022Input> {
  const { version } = valueOf(await client.call(a005RetrieveReferral, { ubrn }));
  const fields = { comment: 'Please rebook', priority: null, isCancelledInPas: null, attachments: [] };
  return { ubrn, version, ...fields, ...more };
}

describe('A022', () => {
  test('leaves the referral for later on the platform, and reads the same back', async () => {
    const client = platformAs('SERVICE_PROVIDER_CLINICIAN');
    const ubrn = find('booked-for-review');
    const input = await laterFor(client, ubrn, { priority: 'URGENT' });
    const referral = valueOf(await client.call(a022CancelAppointmentActionLater, input));
    expect(valueOf(await client.call(a005RetrieveReferral, { ubrn }))).toEqual(referral);
    expect(referral).toMatchObject({
      version: input.version + 1,
      state: { code: 'TRIAGED_PROVIDER_TO_ACTION', comments: 'Please rebook' },
      priority: { code: 'URGENT' },
      appointment: { status: 'proposed', comment: 'Please rebook', start: null, slotId: null },
    });
    const appointmentId = referral.appointmentId;
    if (appointmentId === null) throw new Error('no appointment');
    expect(isLeftForActionLater(valueOf(await client.call(a038RetrieveAppointment, { appointmentId })))).toBe(
      true,
    );
  });

  test('carries attachments, for an indirect booking, for an admin', async () => {
    const [userId = null] = valueOf(
      await platformAs('SERVICE_PROVIDER_CLINICIAN_ADMIN').call(a040RetrieveOnBehalfOfPractitioners, {}),
    );
    const client = platformAs('SERVICE_PROVIDER_CLINICIAN_ADMIN', userId);
    const ubrn = find('booked-indirectly');
    const { uuid } = bench.world.upload({ ubrn, title: 'plan.pdf' });
    const attachments = [{ binaryId: uuid, description: 'Plan', indexed: '2026-11-18T13:24:53.000Z' }];
    const input = await laterFor(client, ubrn, { isCancelledInPas: false, attachments });
    const referral = valueOf(await client.call(a022CancelAppointmentActionLater, input));
    expect(referral.attachments.at(-1)).toMatchObject({
      title: 'plan.pdf',
      description: 'Plan',
      type: { code: 'PROVIDER' },
      url: `Binary/${uuid}`,
    });
  });

  test('leaves it for later in the spine dialect', async () => {
    const client = await spineAs('SERVICE_PROVIDER_CLINICIAN');
    const ubrn = find('booked-for-review');
    const input = await laterFor(client, ubrn);
    const referral = valueOf(await client.call(a022CancelAppointmentActionLater, input));
    expect(referral).toMatchObject({ state: null, appointment: { status: 'cancelled' } });
    expect(valueOf(await client.call(a005RetrieveReferral, { ubrn }))).toEqual(referral);
    expect(await client.call(a022CancelAppointmentActionLater, input)).toMatchObject({
      kind: 'refused',
      code: 'VERSION_CONFLICT',
    });
  });

  test('tells its candidates by their type in the review list', async () => {
    const { entries } = valueOf(
      await platformAs('SERVICE_PROVIDER_CLINICIAN').call(a008FetchWorklist, {
        kind: 'REFERRALS_FOR_REVIEW',
      }),
    );
    const typeOf = (ubrn: Ubrn) => entries.find((entry) => entry.ubrn === ubrn)?.referralType?.code;
    expect([typeOf(find('booked-for-review')), typeOf(find('awaiting-triage'))]).toEqual([
      'APPOINTMENT',
      'TRIAGE_DEFERRAL',
    ]);
  });
});

describe('A034', () => {
  async function cancellationOf(client: ErsClient, ubrn: Ubrn): Promise<A034Input> {
    const { appointmentId } = valueOf(await client.call(a005RetrieveReferral, { ubrn }));
    if (appointmentId === null) throw new Error('no appointment');
    const read = valueOf(await client.call(a038RetrieveAppointment, { appointmentId }));
    const set = valueOf(
      await client.call(a004RetrieveReferenceData, { set: 'APPOINTMENT-CANCELLATION-REASON' }),
    );
    const { version, referral, serviceId, serviceName, nhsNumber, clinicianId } = read;
    if (version === null || referral === null || serviceId === null || nhsNumber === null)
      throw new Error('not a whole appointment');
    return {
      ...{ appointmentId, appointmentVersion: version, ubrn, referralVersion: referral.version },
      ...{ serviceId, serviceName, nhsNumber, clinicianId },
      reason: { system: set.url, code: 'PATIENT_HOLIDAY' },
      comment: '',
    };
  }

  test('cancels every kind of direct booking, and reads the same back', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    for (const ubrn of bench.world.findScene('booked-cancellable') as Ubrn[]) {
      const input = await cancellationOf(client, ubrn);
      const appointment = valueOf(await client.call(a034CancelAppointment, input));
      expect(appointment).toMatchObject({
        status: 'cancelled',
        version: input.appointmentVersion + 1,
        referral: { ubrn, version: input.referralVersion + 1 },
        reason: { system: input.reason.system, code: 'PATIENT_HOLIDAY' },
      });
      const { appointmentId } = input;
      expect(valueOf(await client.call(a038RetrieveAppointment, { appointmentId }))).toEqual(appointment);
      const referral = valueOf(await client.call(a005RetrieveReferral, { ubrn }));
      expect(referral.state).toMatchObject({
        code: 'APPT_CANCELLED_BY_PATIENT',
        reason: { code: 'PATIENT_HOLIDAY' },
      });
    }
  });

  test('is refused in the service’s words', async () => {
    const client = platformAs('REFERRING_CLINICIAN_ADMIN');
    const input = await cancellationOf(client, find('booked-cancellable'));
    const send = (more: Partial<A034Input>) => client.call(a034CancelAppointment, { ...input, ...more });
    const reason = { ...input.reason, code: 'PATIENT_OTHER_ENGAGEMENT' };
    expect(await send({ reason })).toMatchObject({ kind: 'refused', code: 'MISSING_VALUE' });
    expect(await send({ reason: { ...reason, code: 'CLINIC_CANCELLED' } })).toMatchObject({
      code: 'INAPPROPRIATE_VALUE',
    });
    expect(await send({ appointmentVersion: 9 })).toMatchObject({ kind: 'refused', facts: { status: 409 } });
    expect(await send({ referralVersion: 1 })).toMatchObject({ kind: 'refused', facts: { status: 409 } });
    bench.service.faults.add({ on: { id: 'A034' }, do: { kind: 'truncated-json' } });
    expect(await send({})).toMatchObject({ kind: 'unreadable', reason: 'bad-json' });
    expect(bench.world.referral(input.ubrn).state).toBe('APPT_CANCELLED_BY_PATIENT');
  });
});
