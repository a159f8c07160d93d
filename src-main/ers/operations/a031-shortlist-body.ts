/** The Parameters that A031 sends, from the app's values, and back (contract.md section 7, A031). */
import { parseServiceId, type ServiceId, type Ubrn } from '../../contract/identifiers.ts';
import { identifierValue } from '../fhir/codings.ts';
import { asObject, integerAt, objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { containedResource } from '../fhir/references.ts';
import { ersProfile, fixedCodeSystem, ID_SYSTEMS } from '../fhir/systems.ts';
import type { Referral, SearchCriteria } from '../model.ts';

export type LetterIntention = 'NEED_TO_ADD_LATER' | 'NOT_INTENDING_TO_ADD';

/** What A031 asks for besides the services; `carriedOver` takes it from the referral. */
export interface CarriedOver {
  /** The referral's own search criteria, sent back as they came. */
  readonly criteria: SearchCriteria;
  readonly letterIntention: LetterIntention;
  readonly reminderDays: number;
}

export interface ShortlistValues extends CarriedOver {
  /** 1 to 20 services in the order of preference; only their ids are sent. */
  readonly services: readonly { readonly serviceId: ServiceId }[];
}

export interface A031Input extends ShortlistValues {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
}

export const SHORTLIST_PARAMETERS = [
  'shortlist',
  'intentionToAddReferralLetter',
  'firstReminderLetterFollowUpDays',
];
const INTENTIONS: readonly LetterIntention[] = ['NEED_TO_ADD_LATER', 'NOT_INTENDING_TO_ADD'];
const INTENTION_SYSTEM = fixedCodeSystem('eRS-ReferralLetterIntention-1');
const CRITERIA_ID = 'ServiceSearchCriteria-1';

/**
 * What a change of the shortlist carries over from the referral as it is now; null when its search criteria are not
 * known, and then the shortlist cannot be changed from here.
 *
 * A031 demands the referrer's intention to add a letter, which no read gives. The rule errs towards the letter: only a
 * referral that already has clinical information, or a file of its referrer, is said to need no more
 * (`NOT_INTENDING_TO_ADD`); any other `NEED_TO_ADD_LATER`, which at worst leaves one row too many on LETTERS_OUTSTANDING
 * and never takes one off. The days to the first reminder are those of the published examples for either case, 1 and 0.
 */
export function carriedOver(
  referral: Pick<Referral, 'searchCriteria' | 'clinicalInfoSince' | 'attachments'>,
): CarriedOver | null {
  const criteria = referral.searchCriteria ?? null;
  if (criteria === null || criteria.length === 0) return null;
  const hasLetter =
    (referral.clinicalInfoSince ?? null) !== null ||
    referral.attachments.some(({ type }) => type.code === 'REFERRER');
  return hasLetter
    ? { criteria, letterIntention: 'NOT_INTENDING_TO_ADD', reminderDays: 1 }
    : { criteria, letterIntention: 'NEED_TO_ADD_LATER', reminderDays: 0 };
}

/** `profile` is that of A031 or of A032, whose bodies differ in nothing else. */
export function buildShortlistBody(input: A031Input, profile = 'eRS-ChangeShortlist-Parameters-1'): unknown {
  return {
    resourceType: 'Parameters',
    meta: { profile: [ersProfile(profile)] },
    parameter: buildShortlistParameters(input),
  };
}

/** The three parameters that A011, A021, A031 and A032 share. */
export function buildShortlistParameters(input: ShortlistValues): readonly unknown[] {
  return [
    { name: 'shortlist', resource: buildList(input) },
    {
      name: 'intentionToAddReferralLetter',
      valueCoding: { system: INTENTION_SYSTEM, code: input.letterIntention },
    },
    { name: 'firstReminderLetterFollowUpDays', valueUnsignedInt: input.reminderDays },
  ];
}

/** A shortlist with the criteria that its services were searched by, as A031 and A044 send it. */
export const buildList = ({ services, criteria }: Pick<A031Input, 'services' | 'criteria'>): unknown => ({
  resourceType: 'List',
  meta: { profile: [ersProfile('eRS-Shortlist-List-1')] },
  status: 'current',
  mode: 'snapshot',
  contained: [
    {
      resourceType: 'Parameters',
      id: CRITERIA_ID,
      meta: { profile: [ersProfile('eRS-ServiceSearchCriteria-Parameters-1')] },
      parameter: criteria,
    },
  ],
  entry: services.map(({ serviceId }) => ({
    item: { identifier: { system: ID_SYSTEMS.service, value: serviceId } },
  })),
  extension: [
    {
      url: ersProfile('Extension-eRS-Shortlist-SearchCriteria-1'),
      valueReference: { reference: `#${CRITERIA_ID}` },
    },
  ],
});

/** The reverse, without what path and headers say; null when the body is none that `buildShortlistBody` makes. */
export function readShortlistBody(body: unknown): ShortlistValues | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters') return null;
  return hasOnlyParameters(parameters, SHORTLIST_PARAMETERS) ? readShortlistParameters(parameters) : null;
}

/** The values of the three shared parameters; null when they are none that `buildShortlistParameters` makes. */
export function readShortlistParameters(parameters: Json | null): ShortlistValues | null {
  const shortlist = readList(objectAt(parameterNamed(parameters, 'shortlist'), 'resource'));
  const intention = objectAt(parameterNamed(parameters, 'intentionToAddReferralLetter'), 'valueCoding');
  const letterIntention = INTENTIONS.find((one) => one === textAt(intention, 'code'));
  const reminder = parameterNamed(parameters, 'firstReminderLetterFollowUpDays');
  const reminderDays = integerAt(reminder, 'valueUnsignedInt');
  if (shortlist === null || letterIntention === undefined || reminderDays === null) return null;
  return { ...shortlist, letterIntention, reminderDays };
}

/** The reverse of `buildList`; null without services or criteria. */
export function readList(list: Json | null): Pick<A031Input, 'services' | 'criteria'> | null {
  const criteria = list === null ? null : containedResource(list, `#${CRITERIA_ID}`);
  const ids = objectsAt(list, 'entry').map((entry) =>
    parseServiceId(identifierValue(objectAt(entry, 'item'))),
  );
  const services = ids.flatMap((serviceId) => (serviceId === null ? [] : [{ serviceId }]));
  if (criteria === null || services.length === 0 || services.length !== ids.length) return null;
  return { services, criteria: objectsAt(criteria, 'parameter') };
}
