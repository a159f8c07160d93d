import { describe, expect, test } from 'vitest';
import type { ServiceId, Ubrn } from '../../../src-main/contract/identifiers.ts';
import type { Referral, SearchCriteria } from '../../../src-main/ers/model.ts';
import {
  a031ChangeShortlist as a031,
  carriedOver,
  hasShortlist,
  type A031Input,
} from '../../../src-main/ers/operations/a031-change-shortlist.ts';
import { referralBody } from '../payloads.ts';
import { createTestClient, replyWith } from '../support.ts';
import { UBRN, valueOf } from './read-with.ts';

const profile = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/${name}`;
const system = (name: string) => `https://fhir.nhs.uk/STU3/CodeSystem/${name}`;
const service = (serviceId: string) => ({ serviceId: serviceId as ServiceId });

const CRITERIA: SearchCriteria = [
  { name: 'priority', valueCoding: { system: system('eRS-Priority-1'), code: 'ROUTINE' } },
  { name: 'ageAndGenderAppropriate', valueBoolean: true },
];
const INPUT: A031Input = {
  ubrn: UBRN as Ubrn,
  version: 4,
  services: [service('11021'), service('11000')],
  criteria: CRITERIA,
  letterIntention: 'NEED_TO_ADD_LATER',
  reminderDays: 0,
};

describe('A031', () => {
  test('is pinned to the referral’s version and sends services in order, with the criteria as they came', () => {
    expect(a031.dialects['api-platform']?.build(INPUT)).toEqual({
      method: 'POST',
      path: `/STU3/ReferralRequest/${UBRN}/$ers.changeShortlist`,
      headers: { 'If-Match': 'W/"4"' },
      body: {
        resourceType: 'Parameters',
        meta: { profile: [profile('eRS-ChangeShortlist-Parameters-1')] },
        parameter: [
          {
            name: 'shortlist',
            resource: {
              resourceType: 'List',
              meta: { profile: [profile('eRS-Shortlist-List-1')] },
              status: 'current',
              mode: 'snapshot',
              contained: [
                {
                  resourceType: 'Parameters',
                  id: 'ServiceSearchCriteria-1',
                  meta: { profile: [profile('eRS-ServiceSearchCriteria-Parameters-1')] },
                  parameter: CRITERIA,
                },
              ],
              entry: ['11021', '11000'].map((value) => ({
                item: { identifier: { system: 'http://fhir.nhs.net/Id/ers-service', value } },
              })),
              extension: [
                {
                  url: profile('Extension-eRS-Shortlist-SearchCriteria-1'),
                  valueReference: { reference: '#ServiceSearchCriteria-1' },
                },
              ],
            },
          },
          {
            name: 'intentionToAddReferralLetter',
            valueCoding: { system: system('eRS-ReferralLetterIntention-1'), code: 'NEED_TO_ADD_LATER' },
          },
          { name: 'firstReminderLetterFollowUpDays', valueUnsignedInt: 0 },
        ],
      },
    });
  });

  test('does not exist in the spine dialect', async () => {
    const { client, sent } = createTestClient(replyWith(200), { dialect: 'spine-session' });
    expect((await client.call(a031, INPUT)).kind).toBe('not-in-dialect');
    expect(sent).toEqual([]);
  });

  test.each<[string, Partial<A031Input>, boolean]>([
    ['the services that were asked for, in any order', {}, true],
    ['one service only', { services: [service('11000')] }, false],
    ['another service', { services: [service('11000'), service('11022')] }, false],
    ['another referral', { ubrn: '000000999999' as Ubrn }, false],
    ['no newer version', { version: 5 }, false],
  ])('takes a reply with %s for an answer: %j %s', (_what, change, isEcho) => {
    const referral = valueOf(a031, referralBody(UBRN));
    expect(a031.echoes?.(referral, { ...INPUT, ...change })).toBe(isEcho);
  });

  test('has no echo in a shortlist that repeats a service', () => {
    const entry = (serviceId: string) => ({ ...service(serviceId), name: '' });
    expect(hasShortlist({ shortlist: [entry('1'), entry('2')] }, ['1', '2'])).toBe(true);
    expect(hasShortlist({ shortlist: [entry('1'), entry('1')] }, ['1', '2'])).toBe(false);
  });
});

describe('what a change carries over', () => {
  const referral = (change: Partial<Referral>) => ({
    searchCriteria: CRITERIA,
    clinicalInfoSince: null,
    attachments: [],
    ...change,
  });
  const file = (code: string) =>
    valueOf(a031, referralBody(UBRN)).attachments.map((one) => ({ ...one, type: { code, display: '' } }));

  test.each<[string, Partial<Referral>, 'NEED_TO_ADD_LATER' | 'NOT_INTENDING_TO_ADD', number]>([
    ['nothing is there', {}, 'NEED_TO_ADD_LATER', 0],
    ['it is not known what is there', { clinicalInfoSince: null }, 'NEED_TO_ADD_LATER', 0],
    ['only the provider added a file', { attachments: file('PROVIDER') }, 'NEED_TO_ADD_LATER', 0],
    ['a letter is there', { attachments: file('REFERRER') }, 'NOT_INTENDING_TO_ADD', 1],
    [
      'clinical information is there',
      { clinicalInfoSince: '2027-01-01T00:00:00.000Z' },
      'NOT_INTENDING_TO_ADD',
      1,
    ],
  ])('when %s', (_what, change, letterIntention, reminderDays) =>
    expect(carriedOver(referral(change))).toEqual({ criteria: CRITERIA, letterIntention, reminderDays }),
  );

  test('is nothing without the criteria: then the shortlist cannot be changed here', () => {
    expect(carriedOver(referral({ searchCriteria: null }))).toBeNull();
    expect(carriedOver(referral({ searchCriteria: [] }))).toBeNull();
    const { searchCriteria: _none, ...old } = referral({});
    expect(carriedOver(old)).toBeNull();
  });
});
