/** The parameters of A011, A021, A031 and A032 and the rules of their shape (contract.md section 7). */
import type { Call, Refusal } from '../service-types.ts';
import { PRIORITY_DISPLAY } from '../wire/displays.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { codeSystem, ERS_SERVICE, profile } from '../wire/systems.ts';
import type { Priority } from '../world/model.ts';
import { bad, refuseShape } from './appointment-request.ts';

/** Which of the operations that send a shortlist it is. */
export interface ShortlistShape {
  /** The name of the profile, without its address. */
  readonly profile: string;
  /** Parameters besides the three that all of them need. */
  readonly more: readonly string[];
}

export interface ShortlistRequest {
  readonly serviceIds: readonly string[];
  readonly priority: Priority;
  /** The criteria as they came. */
  readonly criteria: unknown;
  /** All parameters by their name. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly intention: 'NEED_TO_ADD_LATER' | 'NOT_INTENDING_TO_ADD';
  readonly reminderDays: number;
}

const NAMES = ['shortlist', 'intentionToAddReferralLetter', 'firstReminderLetterFollowUpDays'];
const MOST_SERVICES = 20;

const isPriority = (code: string): code is Priority => Object.hasOwn(PRIORITY_DISPLAY, code);

const A031: ShortlistShape = { profile: 'eRS-ChangeShortlist-Parameters-1', more: [] };

function readParameters(call: Call, shape: ShortlistShape): ReadonlyMap<string, unknown> | Refusal {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Parameters') return refuseShape(call, 'Parameters');
  const profiles = listAt(body, 'meta', 'profile');
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!profiles.includes(profile(shape.profile))) return bad('INVALID_VALUE', 'meta.profile');
  const found = new Map<string, unknown>();
  for (const [i, parameter] of listAt(body, 'parameter').entries()) {
    const name = textAt(parameter, 'name') ?? '';
    if (![...NAMES, ...shape.more].includes(name) || found.has(name))
      return bad('INVALID_VALUE', `parameter[${i}].name`);
    found.set(name, parameter);
  }
  const missing = NAMES.find((name) => !found.has(name));
  return missing === undefined ? found : bad('MISSING_VALUE', missing);
}

function readServices(list: unknown): readonly string[] | Refusal {
  const ids: string[] = [];
  for (const entry of listAt(list, 'entry')) {
    const value = textAt(entry, 'item', 'identifier', 'value');
    if (textAt(entry, 'item', 'identifier', 'system') !== ERS_SERVICE || value === undefined)
      return bad('INVALID_VALUE', 'shortlist.entry');
    if (ids.includes(value)) return bad('DUPLICATE_SERVICE', 'shortlist.entry');
    ids.push(value);
  }
  if (ids.length === 0) return bad('MISSING_VALUE', 'shortlist.entry');
  return ids.length > MOST_SERVICES ? bad('TOO_MANY_ITEMS', 'shortlist.entry') : ids;
}

/** The priority of the criteria that the list's extension names; they must have it, and say whom they suit. */
function readCriteria(list: unknown): { readonly priority: Priority; readonly criteria: unknown } | Refusal {
  const reference = textAt(list, 'extension', 0, 'valueReference', 'reference') ?? '';
  const criteria = listAt(list, 'contained').find((one) => `#${textAt(one, 'id') ?? ''}` === reference);
  if (criteria === undefined) return bad('MISSING_VALUE', 'shortlist.contained');
  const parameterOf = (name: string): unknown =>
    listAt(criteria, 'parameter').find((one) => textAt(one, 'name') === name);
  if (typeof at(parameterOf('ageAndGenderAppropriate'), 'valueBoolean') !== 'boolean')
    return bad('MISSING_VALUE', 'ageAndGenderAppropriate');
  const code = textAt(parameterOf('priority'), 'valueCoding', 'code') ?? '';
  if (code === '') return bad('MISSING_VALUE', 'priority');
  return isPriority(code) ? { priority: code, criteria } : bad('INVALID_CODE', 'priority');
}

/** The request, or the refusal of its shape. */
export function readShortlistRequest(call: Call, shape = A031): ShortlistRequest | Refusal {
  const found = readParameters(call, shape);
  if ('isRefusal' in found) return found;
  const list = at(found.get('shortlist'), 'resource');
  const isList =
    textAt(list, 'resourceType') === 'List' &&
    listAt(list, 'meta', 'profile').includes(profile('eRS-Shortlist-List-1')) &&
    textAt(list, 'status') === 'current' &&
    textAt(list, 'mode') === 'snapshot';
  if (!isList) return bad('INVALID_VALUE', 'shortlist');
  const serviceIds = readServices(list);
  if ('isRefusal' in serviceIds) return serviceIds;
  const searched = readCriteria(list);
  if ('isRefusal' in searched) return searched;
  const coding = at(found.get('intentionToAddReferralLetter'), 'valueCoding');
  const intention = textAt(coding, 'code');
  const isKnown = intention === 'NEED_TO_ADD_LATER' || intention === 'NOT_INTENDING_TO_ADD';
  if (!isKnown || textAt(coding, 'system') !== codeSystem('eRS-ReferralLetterIntention-1'))
    return bad('INVALID_CODE', 'intentionToAddReferralLetter');
  const reminderDays = at(found.get('firstReminderLetterFollowUpDays'), 'valueUnsignedInt');
  return typeof reminderDays === 'number' && Number.isInteger(reminderDays) && reminderDays >= 0
    ? { serviceIds, ...searched, parameters: found, intention, reminderDays }
    : bad('INVALID_VALUE', 'firstReminderLetterFollowUpDays');
}
