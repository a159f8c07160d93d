/**
 * What DSTU2 called things, and what the later form calls them (contract.md section 8). Replies are renamed on the way
 * in, so that one reader serves both.
 */
import { fixedCodeSystem, ersProfile, ID_SYSTEMS } from '../fhir/systems.ts';

const VALUE_SET = 'http://fhir.nhs.uk/ValueSet';

export const DSTU2_SPECIALTY = `${VALUE_SET}/ers-specialty-1`;

/** Code systems, identifier systems and extensions: the old name, then the new one. */
const PAIRS: readonly (readonly [string, string])[] = [
  ...(
    [
      ['ers-priority-1', 'eRS-Priority-1'],
      ['ers-attachmenttype-1', 'eRS-AttachmentType-1'],
      ['ers-requestcontextstatus-1', 'eRS-RequestContextStatus-1'],
      ['ers-referraltype-1', 'eRS-ReferralType-1'],
      ['ers-referrallistselector-1', 'eRS-ReferralListSelector-1'],
      ['ers-assignedindicator-1', 'eRS-AssignedIndicator-1'],
    ] as const
  ).map(([old, next]) => [`${VALUE_SET}/${old}`, fixedCodeSystem(next)] as const),
  ['http://fhir.nhs.uk/Id/ers-service', ID_SYSTEMS.service],
  ['http://fhir.nhs.uk/Id/sds-user-id', ID_SYSTEMS.sdsUser],
  ['http://fhir.nhs.uk/Id/nhs-number', ID_SYSTEMS.nhsNumber],
  ['http://fhir.nhs.uk/Id/ods-site-code', ID_SYSTEMS.directoryOrganisation],
  ...(
    [
      ['extension-ers-appointment-1', 'Extension-eRS-Appointment-1'],
      ['extension-ers-clinicalinfofirstsubmitted-1', 'Extension-eRS-ClinicalInfoFirstSubmitted-1'],
      ['extension-ers-clinicalinfolastupdated-1', 'Extension-eRS-ClinicalInfoLastUpdated-1'],
      ['extension-ers-attachedby-1', 'Extension-eRS-AttachedBy-1'],
      ['extension-ers-referralsforreview-worklistitem-1', 'Extension-eRS-ReferralsforReview-WorkListItem-1'],
    ] as const
  ).map(([old, next]) => [`http://fhir.nhs.uk/StructureDefinition/${old}`, ersProfile(next)] as const),
];

const NEXT = new Map(PAIRS);
const OLD = new Map(PAIRS.map(([old, next]) => [next, old]));

/** Renames every text that is an old name; sites of the drafts wrote `fhir.nhs.net` for `fhir.nhs.uk`. */
export function toLaterNames(value: unknown): unknown {
  return renamed(value, (text) => NEXT.get(text.replace('//fhir.nhs.net/', '//fhir.nhs.uk/')) ?? text);
}

/** The reverse, for what is sent. */
export function toDstu2Names(value: unknown): unknown {
  return renamed(value, (text) => OLD.get(text) ?? text);
}

/** Depth is bounded by the caps of every body, and by our own requests. */
function renamed(value: unknown, name: (text: string) => string): unknown {
  if (typeof value === 'string') return name(value);
  if (Array.isArray(value)) return value.map((item) => renamed(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, name)]));
}
