import { beforeEach, describe, expect, it } from 'vitest';
import { asAdmin, asClinician, onBehalfOf } from './cancelling-support.ts';
import { codeOf, createBench, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});

const ask = (headers: Record<string, string>, query = '?_query=onBehalfOf') =>
  bench.platform(`/R4/Practitioner${query}`, { headers });

describe('A040', () => {
  it('names the clinicians of the organisation who share a service, before one is chosen', async () => {
    const answered = await ask(asAdmin);
    expect([answered.status, answered.at('type'), answered.at('total')]).toEqual([200, 'searchset', 3]);
    expect(answered.at('entry', 0)).toEqual({
      fullUrl: 'Practitioner/021600556514',
      resource: {
        id: '021600556514',
        resourceType: 'Practitioner',
        meta: { lastUpdated: answered.at('timestamp') },
        identifier: { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '021600556514' },
      },
      search: { mode: 'match' },
    });
    expect(answered.text).not.toMatch(/Consultant|555000000101/);
  });

  it('names those whom the service then takes', async () => {
    const [ubrn = ''] = bench.world.findScene('booked-for-review');
    const chosen = String((await ask(asAdmin)).at('entry', 2, 'resource', 'id'));
    const read = await bench.platform(`/STU3/ReferralRequest/${ubrn}`, { headers: onBehalfOf(chosen) });
    expect(read.status).toBe(200);
    expect((await ask(onBehalfOf(chosen))).status).toBe(200);
  });

  it('is for admins who act for others alone, and for this query', async () => {
    const refused = await ask(asClinician);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'REC_FORBIDDEN']);
    for (const query of ['', '?_query=all']) {
      const wrong = await ask(asAdmin, query);
      expect([wrong.status, codeOf(wrong)]).toEqual([400, 'REC_BAD_REQUEST']);
    }
    expect((await ask(onBehalfOf('555000000211'))).status).toBe(403);
    expect((await bench.spine('/R4/Practitioner?_query=onBehalfOf')).status).toBe(404);
  });
});
