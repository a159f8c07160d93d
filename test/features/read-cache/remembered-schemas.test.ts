import { expect, it } from 'vitest';
import { remembered } from '../../../build/generated/record-validators.js';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import type { Ubrn } from '../../../src-main/contract/identifiers.ts';
import { createErsClient } from '../../../src-main/ers/create-ers-client.ts';
import { a004RetrieveReferenceData } from '../../../src-main/ers/operations/a004-retrieve-reference-data.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a035SearchHealthcareServices } from '../../../src-main/ers/operations/a035-search-healthcare-services.ts';
import { createInstantClock } from '../../ers/support.ts';
import { createTrainingService } from '../../../src-main/training-service/create-training-service.ts';
import { MAIN_USER_ID } from '../../../src-main/training-service/world/staff.ts';
import { openDesk } from '../../support/desk.ts';

/** A client of the training service, signed in by hand. */
async function openClient() {
  const clock = createInstantClock();
  const service = createTrainingService({ seed: 3, clock, pasDelayMs: 0 });
  const network = createInProcessNetwork(service, clock);
  const origin = 'https://training.bookingdesk.invalid';
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ userId: MAIN_USER_ID });
  const signedIn = await service.handle(
    new Request(`${origin}/training/token`, { method: 'POST', headers, body }),
  );
  const { token } = (await signedIn.json()) as { token: string };
  const client = createErsClient({
    settings: {
      dialect: 'api-platform',
      baseUrl: `${origin}/referrals/FHIR`,
      pdsBaseUrl: null,
      rateShare: 1,
    },
    network,
    clock,
    log: { write: () => undefined },
    identity: () => ({
      dialect: 'api-platform',
      bearer: token,
      organisation: 'R69',
      businessFunction: 'REFERRING_CLINICIAN_ADMIN',
      onBehalfOf: null,
    }),
  });
  return { client, service };
}

it('fits every referral of the training world with its services, also after its way through the disk', async () => {
  const { client, service } = await openClient();
  let read = 0;
  for (const ubrn of service.world.listReferrals().map((referral) => referral.ubrn as Ubrn)) {
    const answer = await client.call(a005RetrieveReferral, { ubrn });
    if (answer.kind !== 'success') continue;
    const serviceIds = answer.value.shortlist.map((entry) => entry.serviceId);
    const found =
      serviceIds.length > 0 ? await client.call(a035SearchHealthcareServices, { serviceIds }) : null;
    const services = found?.kind === 'success' ? found.value : [];
    const value = JSON.parse(JSON.stringify({ referral: answer.value, services })) as object;
    expect(remembered.referral(value), JSON.stringify(remembered.referral.errors)).toBe(true);
    expect(remembered.referral({ ...value, more: 1 })).toBe(false);
    read += 1;
  }
  expect(read).toBeGreaterThan(100);
});

it('fits the reference sets', async () => {
  const { client } = await openClient();
  for (const set of ['SPECIALTY', 'PRIORITY', 'APPOINTMENT-CANCELLATION-REASON']) {
    const answer = await client.call(a004RetrieveReferenceData, { set });
    if (answer.kind !== 'success') throw new Error(answer.kind);
    expect(remembered['reference-set'](answer.value)).toBe(true);
    expect(remembered['reference-set']({ ...answer.value, concepts: [{}] })).toBe(false);
  }
});

it('fits what a list shows', async () => {
  const desk = await openDesk();
  await desk.signIn();
  const list = await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
  expect(remembered.worklist(list)).toBe(true);
  expect(remembered.worklist({ ...list, rows: [{}] })).toBe(false);
});
