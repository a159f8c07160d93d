/** The parameters of A022 and the rules of its fields (contract.md A022). */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import type { Attachment, Priority, Service } from '../world/model.ts';
import { PRIORITY_DISPLAY } from '../wire/displays.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { codeSystem, profile } from '../wire/systems.ts';
import { bad, refuseShape } from './appointment-request.ts';

/** Parameters by their name; `providerAttachmentFile` may repeat. */
export type ActionLaterParameters = ReadonlyMap<string, readonly unknown[]>;

const NAMES = ['priority', 'comments', 'appointmentCancelledInPAS', 'providerAttachmentFile'];
const LONGEST_COMMENT = 2000;

const isPriority = (code: string): code is Priority => Object.hasOwn(PRIORITY_DISPLAY, code);

/** The parameters, or the refusal of their shape. */
export function readParameters(call: Call): ActionLaterParameters | Refusal {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Parameters') return refuseShape(call, 'Parameters');
  const suffix = isSpine(call) ? 'Operation-1' : 'Parameters-1';
  const profiles = listAt(body, 'meta', 'profile');
  if (profiles.length === 0) return bad('MISSING_VALUE', 'meta.profile');
  if (!profiles.includes(profile(`eRS-cancelAppointmentActionLater-${suffix}`)))
    return bad('INVALID_VALUE', 'meta.profile');
  const found = new Map<string, unknown[]>();
  for (const [i, parameter] of listAt(body, 'parameter').entries()) {
    const name = textAt(parameter, 'name') ?? '';
    if (!NAMES.includes(name)) return bad('INVALID_VALUE', `parameter[${i}].name`);
    found.set(name, [...(found.get(name) ?? []), parameter]);
  }
  const twice = [...found].find(([name, all]) => name !== 'providerAttachmentFile' && all.length > 1);
  return twice ? bad('INVALID_VALUE', twice[0]) : found;
}

/** The comment: there must be one, of at most 2000 characters. */
export function readComment(parameters: ActionLaterParameters): { readonly comment: string } | Refusal {
  const comment = textAt(parameters.get('comments')?.[0], 'valueString') ?? '';
  if (comment.trim() === '') return bad('MISSING_VALUE', 'comments');
  return comment.length > LONGEST_COMMENT ? bad('INVALID_VALUE', 'comments') : { comment };
}

/** The new priority, where there is one. */
export function readPriority(
  parameters: ActionLaterParameters,
): { readonly priority: Priority | null } | Refusal {
  const parameter = parameters.get('priority')?.[0];
  if (parameter === undefined) return { priority: null };
  const code = textAt(parameter, 'valueCoding', 'code');
  if (code === undefined) return bad('MISSING_VALUE', 'priority');
  const isSystem = textAt(parameter, 'valueCoding', 'system') === codeSystem('eRS-Priority-1');
  return isSystem && isPriority(code) ? { priority: code } : bad('INVALID_CODE', 'priority');
}

/** The flag that an indirectly bookable service needs and a directly bookable one forbids. */
export function readPasFlag(
  parameters: ActionLaterParameters,
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
function readFile(resource: unknown, where: string): { binaryId: string; description: string } | Refusal {
  const isDocument =
    textAt(resource, 'resourceType') === 'DocumentReference' &&
    listAt(resource, 'meta', 'profile').includes(profile('eRS-DocumentReference-1'));
  if (!isDocument || textAt(resource, 'status') !== 'current') return bad('INVALID_VALUE', where);
  const type = textAt(resource, 'type', 'coding', 0, 'code');
  if (type === undefined) return bad('MISSING_VALUE', `${where}.type`);
  if (type !== 'PROVIDER') return bad('INVALID_CODE', `${where}.type`);
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
  parameters: ActionLaterParameters,
  referral: { readonly ubrn: string; readonly attachments: readonly Attachment[] },
): { readonly files: readonly LinkedFile[] } | Refusal {
  const { world, clock } = call.desk;
  const titles = new Set(referral.attachments.map((one) => one.title));
  const files: LinkedFile[] = [];
  for (const [i, parameter] of (parameters.get('providerAttachmentFile') ?? []).entries()) {
    const where = `providerAttachmentFile[${i}]`;
    const file = readFile(at(parameter, 'resource'), where);
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
      ...{ number, uuid, type: 'PROVIDER', title, description: file.description, contentType, bytes },
      ...{ indexedMs: clock.nowMs(), availability: 'AVAILABLE', attachedBy: { userId, organisation } },
    };
    files.push({ binaryId: uuid, attachment });
  }
  return { files };
}

/** 404 for a UBRN that nobody knows; 2021 says so by a code too. */
export const refuseUnknown = (call: Call): Refusal =>
  refuse(404, isSpine(call) ? 'NO_SUCH_REQUEST' : '', 'No such UBRN');
