/** The Parameters of a provider's decision (A014, A022, A028) and the rules of their fields. */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { Attachment, Priority, Service } from '../world/model.ts';
import { PRIORITY_DISPLAY } from '../wire/displays.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { codeSystem, profile } from '../wire/systems.ts';
import { bad, refuseShape } from './appointment-request.ts';

/** Parameters by their name. */
export type NamedParameters = ReadonlyMap<string, readonly unknown[]>;

export interface ParametersShape {
  /** The name of the profile, without its address. */
  readonly profile: string;
  readonly names: readonly string[];
  /** The one that may repeat, or those; null when none may. */
  readonly repeating: string | readonly string[] | null;
}

const LONGEST_COMMENT = 2000;

const isPriority = (code: string): code is Priority => Object.hasOwn(PRIORITY_DISPLAY, code);

/** The parameters, or the refusal of their shape. */
export function readNamedParameters(call: Call, shape: ParametersShape): NamedParameters | Refusal {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Parameters') return refuseShape(call, 'Parameters');
  const profiles = listAt(body, 'meta', 'profile');
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!profiles.includes(profile(shape.profile))) return bad('INVALID_VALUE', 'meta.profile');
  const found = new Map<string, unknown[]>();
  for (const [i, parameter] of listAt(body, 'parameter').entries()) {
    const name = textAt(parameter, 'name') ?? '';
    if (!shape.names.includes(name)) return bad('INVALID_VALUE', `parameter[${i}].name`);
    found.set(name, [...(found.get(name) ?? []), parameter]);
  }
  const repeating = [shape.repeating].flat();
  const twice = [...found].find(([name, all]) => !repeating.includes(name) && all.length > 1);
  return twice ? bad('INVALID_VALUE', twice[0]) : found;
}

/** A comment of at most 2000 characters; empty when it was left out. */
export function readComment(
  parameters: NamedParameters,
  name: string,
): { readonly comment: string } | Refusal {
  const comment = textAt(parameters.get(name)?.[0], 'valueString') ?? '';
  return comment.length > LONGEST_COMMENT ? bad('INVALID_VALUE', name) : { comment };
}

/** The new priority, where there is one. */
export function readPriority(
  parameters: NamedParameters,
  name: string,
): { readonly priority: Priority | null } | Refusal {
  const parameter = parameters.get(name)?.[0];
  if (parameter === undefined) return { priority: null };
  const code = textAt(parameter, 'valueCoding', 'code');
  if (code === undefined) return bad('MISSING_VALUE', name);
  const isSystem = textAt(parameter, 'valueCoding', 'system') === codeSystem('eRS-Priority-1');
  return isSystem && isPriority(code) ? { priority: code } : bad('INVALID_CODE', name);
}

/** The flag that an indirectly bookable service needs and a directly bookable one forbids. */
export function readPasFlag(
  parameters: NamedParameters,
  service: Service,
): { readonly isCancelledInPas: boolean | null } | Refusal {
  const parameter = parameters.get('appointmentCancelledInPAS')?.[0];
  const isIndirect = service.kind === 'indirectly-bookable';
  if (parameter === undefined)
    return isIndirect ? bad('VALUE_IS_REQUIRED', 'appointmentCancelledInPAS') : { isCancelledInPas: null };
  if (!isIndirect) return bad('FIELD_NOT_PERMITTED', 'appointmentCancelledInPAS');
  const value = at(parameter, 'valueBoolean');
  return typeof value === 'boolean'
    ? { isCancelledInPas: value }
    : bad('INVALID_VALUE', 'appointmentCancelledInPAS');
}

/** The Binary that an attachment names, and its description. */
export function readFile(
  resource: unknown,
  where: string,
  wanted: Attachment['type'],
): { binaryId: string; description: string } | Refusal {
  const isDocument =
    textAt(resource, 'resourceType') === 'DocumentReference' &&
    listAt(resource, 'meta', 'profile').includes(profile('eRS-DocumentReference-1'));
  if (!isDocument || textAt(resource, 'status') !== 'current') return bad('INVALID_VALUE', where);
  const type = textAt(resource, 'type', 'coding', 0, 'code');
  if (type === undefined) return bad('MISSING_VALUE', `${where}.type`);
  if (type !== wanted) return bad('INVALID_CODE', `${where}.type`);
  if (textAt(resource, 'indexed') === undefined) return bad('MISSING_VALUE', `${where}.indexed`);
  const url = textAt(resource, 'content', 0, 'attachment', 'url');
  if (url === undefined) return bad('MISSING_VALUE', `${where}.content[0].attachment.url`);
  const binaryId = /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(url)?.[1];
  if (binaryId === undefined) return bad('INVALID_VALUE', `${where}.content[0].attachment.url`);
  const description = textAt(resource, 'description') ?? '';
  return description.length > 200 ? bad('INVALID_VALUE', `${where}.description`) : { binaryId, description };
}

export interface LinkedFile {
  readonly binaryId: string;
  readonly attachment: Attachment;
}

/** The files to link: uploaded for this referral, linked nowhere yet, under names that it does not have. */
export function readFiles(
  call: Call,
  parameters: NamedParameters,
  name: string,
  referral: { readonly ubrn: string | null; readonly attachments: readonly Attachment[] },
  type: Attachment['type'] = 'PROVIDER',
): { readonly files: readonly LinkedFile[] } | Refusal {
  const { world, clock } = call.desk;
  const titles = new Set(referral.attachments.map((one) => one.title));
  const files: LinkedFile[] = [];
  for (const [i, parameter] of (parameters.get(name) ?? []).entries()) {
    const where = `${name}[${i}]`;
    const file = readFile(at(parameter, 'resource'), where, type);
    if ('isRefusal' in file) return file;
    const upload = world.findUpload(file.binaryId);
    if (!upload) return bad('REFERENCE_NOT_FOUND', where);
    if (upload.ubrn !== referral.ubrn) return bad('INAPPROPRIATE_VALUE', where);
    if (upload.isLinked || files.some((one) => one.binaryId === upload.uuid))
      return bad('INVALID_STATE', where);
    if (titles.has(upload.title)) return bad('DUPLICATE_FILENAME', where);
    titles.add(upload.title);
    const { number, uuid, title, contentType, bytes } = upload;
    const { userId, organisation } = call.caller;
    const attachment: Attachment = {
      ...{ number, uuid, type, title, description: file.description, contentType, bytes },
      ...{ indexedMs: clock.nowMs(), availability: 'AVAILABLE', attachedBy: { userId, organisation } },
    };
    files.push({ binaryId: uuid, attachment });
  }
  return { files };
}

/** Marks the uploads as used: a file is linked once. */
export function linkUploads(call: Call, files: readonly LinkedFile[]): void {
  for (const { binaryId } of files) {
    const upload = call.desk.world.findUpload(binaryId);
    if (upload) upload.isLinked = true;
  }
}

/** 404 for a UBRN that nobody knows; 2021 says so by a code too. */
export const refuseUnknown = (call: Call): Refusal =>
  refuse(404, isSpine(call) ? 'NO_SUCH_REQUEST' : '', 'No such UBRN');
