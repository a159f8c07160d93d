import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../src-main/ers/catalogue.ts';
import type { DialectName, PublishedRequest } from '../../../src-main/ers/operation.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';

const DIALECTS: readonly DialectName[] = ['api-platform', 'spine-session'];

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const ubrn = digits(12);
const sdsUser = digits(12);
const serviceId = fc.integer({ min: 1, max: 999_999_999 }).map(String);
const version = fc.integer({ min: 0, max: 999_999 });
const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => toIso(seconds * 1_000 + 123));
const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/).filter((text) => text !== 'appointment');
const odsCode = fc.stringMatching(/^[A-Z0-9]{3,6}$/);
const code = fc.stringMatching(/^[A-Z][A-Z_]{2,20}$/);
const words = fc.string({ maxLength: 40 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const token = fc.stringMatching(/^[\x21-\x7e]{1,80}$/);
const sessionKey = fc.stringMatching(/^[\x21-\x7e]{1,60}$/).filter((key) => key !== '.' && key !== '..');

const target = { ubrn, version, serviceId, nhsNumber: digits(10), clinicianId: maybe(sdsUser) };
const withoutUndefined = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

const filters = fc
  .record(
    {
      serviceId,
      specialty: fc.oneof(fc.constant('not-assigned'), fc.record({ system: fc.webUrl(), code })),
      location: odsCode,
      clinicianId: fc.oneof(fc.constant('not-assigned'), sdsUser),
    },
    { requiredKeys: [] },
  )
  .filter((one) => Object.keys(one).length > 0);

const LISTS = [
  ...['AWAITING_BOOKING', 'LETTERS_OUTSTANDING', 'REJECTED_TRIAGE_RESPONSE'],
  ...['ASSESSMENT_RETURNED_CANCELLED_DNA', 'APPOINTMENT_SLOT_ISSUES', 'REFERRALS_FOR_REVIEW'],
];

const priority = fc.constantFrom('ROUTINE', 'URGENT', 'TWO_WEEK_WAIT');
const someWords = fc.string({ minLength: 1, maxLength: 40 });
const attachment = fc.record({ binaryId: id, description: words, indexed: instant });
const files = fc.array(attachment, { maxLength: 3 });
const criteria = fc.array(
  fc.record({ name: someWords, valueCoding: fc.record({ system: fc.webUrl(), code }) }),
  { minLength: 1, maxLength: 4 },
);
const shortlist = {
  services: fc.array(fc.record({ serviceId }), { minLength: 1, maxLength: 20 }),
  criteria,
  letterIntention: fc.constantFrom('NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'),
  reminderDays: fc.integer({ min: 0, max: 60 }),
};
const newReferral = fc.record({
  ...shortlist,
  nhsNumber: digits(10),
  referringClinician: maybe(sdsUser),
  pathwayStart: maybe(instant),
});

/** Inputs of every operation. */
const INPUTS: Record<string, fc.Arbitrary<unknown>> = {
  A001: fc.record({ token }),
  A002: fc
    .record({
      ...{ sessionKey, token, businessFunction: code, organisation: odsCode },
      onBehalfOf: fc.option(sdsUser, { nil: undefined }),
    })
    .map(withoutUndefined),
  A003: fc.record({ sessionKey }),
  A004: fc.record({ set: fc.stringMatching(/^[A-Z][A-Z-]{0,40}$/) }),
  A005: fc.record({ ubrn, version: fc.option(version, { nil: undefined }) }).map(withoutUndefined),
  A006: fc.record({ id }),
  A007: fc.record({ ubrn }),
  A008: fc
    .record({ kind: fc.constantFrom(...LISTS), filters: fc.option(filters, { nil: undefined }) })
    .map(withoutUndefined),
  A010: fc.record({
    requestType: fc.constantFrom('APPOINTMENT_REQUEST', 'ADVICE_AND_GUIDANCE_REQUEST'),
    sortBy: fc.constantFrom('DISTANCE', 'IWT'),
    nhsNumber: digits(10),
    criteria,
    referringClinician: maybe(sdsUser),
    commissioningOrg: maybe(odsCode),
  }),
  A011: newReferral,
  A012: fc.record({ ubrn, version, letters: fc.array(attachment, { minLength: 1, maxLength: 3 }) }),
  A013: fc.record({ ubrn, version }),
  A014: fc.record({
    ubrn,
    version,
    reason: fc.record({
      system: fc.constant('_baseUrl_/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON'),
      code,
    }),
    comment: words,
    isCancelledInPas: maybe(fc.boolean()),
  }),
  A015: fc.record({
    serviceId,
    priority: fc.constantFrom('ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'),
    commissioningOrg: odsCode,
    page: fc.integer({ min: 1, max: 500 }),
    count: fc.integer({ min: 1, max: 100 }),
    clinicianId: maybe(sdsUser),
  }),
  A016: fc.oneof(
    fc.record({ use: fc.constant('book'), ...target, slotId: id, start: instant, end: instant }),
    fc.record({
      use: fc.constant('defer'),
      ...target,
      reason: fc.constant('SLOT_NOT_AVAILABLE'),
      slotId: id,
      comment: words,
    }),
    fc.record({
      use: fc.constant('defer'),
      ...target,
      reason: fc.constantFrom('NO_SLOTS_AT_SERVICE', 'BOOKING_ATTEMPT_PROBLEM'),
      slotId: fc.constant(null),
      comment: words,
    }),
    fc.record({ use: fc.constant('triage'), ...target, comment: words }),
  ),
  A019: fc.record({ ubrn }),
  A020: fc.record({
    ubrn,
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,40}$/).map((stem) => `${stem}.txt`),
    mediaType: fc.constant('text/plain'),
    content: fc.uint8Array({ minLength: 1, maxLength: 60 }),
  }),
  A021: newReferral,
  A022: fc.record({
    ubrn,
    version,
    comment: words,
    priority: maybe(fc.constantFrom('ROUTINE', 'URGENT', 'TWO_WEEK_WAIT')),
    isCancelledInPas: maybe(fc.boolean()),
    attachments: fc.array(fc.record({ binaryId: id, description: words, indexed: instant }), {
      maxLength: 3,
    }),
  }),
  A023: fc.record({ filters: fc.option(filters, { nil: undefined }) }).map(withoutUndefined),
  A024: fc.record({ ubrn, version: fc.option(version, { nil: undefined }) }).map(withoutUndefined),
  A025: fc.record({ ubrn, version }),
  A026: fc.oneof(
    fc.record({
      ...{ ubrn, version, guidance: someWords, priority, attachments: files },
      outcome: fc.constant('RETURN_TO_REFERRER_WITH_ADVICE'),
      recommendation: fc.constantFrom('ADVICE_ONLY_NO_REFERRAL_RECOMMENDED', 'REFERRAL_RECOMMENDED', 'OTHER'),
    }),
    fc.record({
      ...{ ubrn, version, guidance: someWords, priority, attachments: files },
      outcome: fc.constant('REQUIRE_FURTHER_INFORMATION'),
      recommendation: fc.constant(null),
    }),
  ),
  A027: fc.record({
    ...{ ubrn, version, guidance: someWords, priority, comments: someWords },
    ...{ guidanceFiles: files, reviewFiles: files },
  }),
  A028: fc.record({
    ...{ ubrn, version, comment: words, priority: maybe(priority), attachments: files },
    outcome: fc.constantFrom('ACCEPT_REFER_BOOK_LATER', 'RETURN_TO_REFERRER_WITH_ADVICE'),
  }),
  A029: fc.record({ ubrn, version }),
  A030: fc.constant({}),
  A031: fc.record({
    ubrn,
    version,
    services: fc.array(fc.record({ serviceId }), { minLength: 1, maxLength: 20 }),
    criteria: fc.array(fc.record({ name: words, valueCoding: fc.record({ system: fc.webUrl(), code }) }), {
      maxLength: 4,
    }),
    letterIntention: fc.constantFrom('NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'),
    reminderDays: fc.integer({ min: 0, max: 60 }),
  }),
  A032: fc.record({ ubrn, version, ...shortlist }),
  A033: fc.record({ serviceId }),
  A034: fc.record({
    appointmentId: id,
    appointmentVersion: version,
    ubrn,
    referralVersion: version,
    serviceId,
    serviceName: words,
    nhsNumber: digits(10),
    clinicianId: maybe(sdsUser),
    reason: fc.record({
      system: fc.constantFrom(
        'https://ers.test/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON',
        '_baseUrl_/STU3/CodeSystem/APPOINTMENT-CANCELLATION-REASON',
      ),
      code,
    }),
    comment: words,
  }),
  A035: fc.record({ serviceIds: fc.array(serviceId, { minLength: 1, maxLength: 20 }) }),
  A036: fc.record({
    ubrn,
    version,
    reason: fc.record({
      system: fc.constantFrom(
        'https://ers.test/STU3/CodeSystem/REFERRAL-CANCELLATION-REASON',
        '_baseUrl_/STU3/CodeSystem/REQUEST-CANCELLATION-REASON',
      ),
      code,
    }),
    comment: words,
  }),
  A037: fc.record({ serviceId }),
  A038: fc
    .record({ appointmentId: id, version: fc.option(version, { nil: undefined }) })
    .map(withoutUndefined),
  A040: fc.constant({}),
  A041: fc.record({ ubrn }),
  A042: fc.record({ id }),
  A043: fc.record({ ubrn }),
  A044: fc.record({
    ...{ nhsNumber: digits(10), serviceId, criteria, request: someWords, attachments: files },
    isConversionAuthorised: fc.boolean(),
    referringClinician: maybe(sdsUser),
  }),
  PDS: fc.record({ nhsNumber: digits(10) }),
};

const cases = [...catalogue.values()].flatMap((operation) =>
  DIALECTS.flatMap((dialect) => {
    const framing = operation.dialects[dialect];
    return framing === undefined
      ? []
      : [{ title: `${operation.id} in ${dialect}`, id: operation.id, framing }];
  }),
);

describe.each(cases)('$title', ({ id: operationId, framing }) => {
  const published = (input: unknown): PublishedRequest => {
    const { method, path, query = [], headers = {}, body, file } = framing.build(input);
    const type = file === undefined ? {} : { 'content-type': file.mediaType };
    return {
      method,
      path,
      query: Object.fromEntries(query),
      headers: {
        ...type,
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      },
      body: file?.bytes ?? (body === undefined ? undefined : (JSON.parse(JSON.stringify(body)) as unknown)),
    };
  };
  const inputs = INPUTS[operationId];
  if (inputs === undefined) throw new Error(`no inputs for ${operationId}`);

  test('reads back what it builds', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(framing.readRequest(published(input))).toEqual(input);
      }),
      { numRuns: 60 },
    );
  });

  test('is not deceived by another method, path or body', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const request = published(input);
        expect(framing.readRequest({ ...request, method: 'PATCH' })).toBeNull();
        expect(framing.readRequest({ ...request, path: `${request.path}/more` })).toBeNull();
        expect(framing.readRequest({ ...request, path: `/other${request.path.slice(1)}` })).toBeNull();
        if (request.body !== undefined) expect(framing.readRequest({ ...request, body: {} })).toBeNull();
      }),
      { numRuns: 20 },
    );
  });

  test('never throws, whatever body comes', () => {
    fc.assert(
      fc.property(inputs, fc.jsonValue(), (input, body) => {
        expect(() => framing.readRequest({ ...published(input), body })).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });
});
