import { CLINICAL } from '../../ers/roles.ts';
import { intendedUbrn } from '../intended-ubrn.ts';
import { nameOf, refuseMediaType } from '../media-types.ts';
import { isSpine, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { bad } from './appointment-request.ts';

/** Extensions and their types as the specification lists them; the last of each dialect are its own (section 7). */
const TYPES: readonly (readonly [string, string, 'both' | 'platform' | '2021'])[] = [
  ['txt', 'text/plain', 'both'],
  ['pdf', 'application/pdf', 'both'],
  ['xml', 'text/xml', 'both'],
  ['rtf', 'text/rtf', 'both'],
  ['au', 'audio/basic', 'both'],
  ['mp3', 'audio/mpeg', 'both'],
  ['png', 'image/png', 'both'],
  ['gif', 'image/gif', 'both'],
  ['jpg', 'image/jpeg', 'both'],
  ['tif', 'image/tiff', 'both'],
  ['mpg', 'video/mpeg', 'both'],
  ['doc', 'application/msword', 'both'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'both'],
  ['dcm', 'application/dicom', 'platform'],
  ['htm', 'text/html', '2021'],
];
const LARGEST = 5_242_880;
const LONGEST_NAME = 255;

const fileName = (call: Call): string =>
  (isSpine(call) ? call.headers.get('x-ers-xapi-meta-file_name') : call.headers.get('nhsd-ers-file-name')) ??
  '';

/** The name must be there, of a kind that the dialect takes, and agree with the type. */
function checkName(call: Call, name: string, type: string): Refusal | null {
  const own = isSpine(call) ? '2021' : 'platform';
  const taken = TYPES.filter(([, , where]) => where === 'both' || where === own);
  if (!taken.some(([, one]) => one === type)) return refuseMediaType();
  if (name === '') return bad('MISSING_VALUE', 'file name');
  if (name.length > LONGEST_NAME || /[/\\]/.test(name)) return bad('INVALID_VALUE', 'file name');
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  const expected = taken.find(([one]) => one === extension)?.[1];
  if (expected === undefined) return bad('INVALID_VALUE', 'file name');
  return expected === type ? null : bad('CONFLICTING_VALUES', 'file name and type');
}

/** The referral that the file is for; null for a request that is not created yet. */
function checkReferral(call: Call, ubrn: string | null): Refusal | null {
  if (ubrn === null) return null;
  if (!/^\d{12}$/.test(ubrn)) return bad('INVALID_VALUE', 'referral');
  const { world } = call.desk;
  return world.findReferral(ubrn)?.kind === 'referral' || world.findAdvice(ubrn) !== undefined
    ? null
    : bad('INAPPROPRIATE_VALUE', 'referral');
}

function answer(call: Call): Answer {
  const contentType = nameOf(call.headers.get('content-type') ?? '');
  const [title, ubrn] = [fileName(call), intendedUbrn(call.headers)];
  const refusal = checkName(call, title, contentType) ?? checkReferral(call, ubrn);
  if (refusal) return refusal;
  const { bytes: content } = call;
  if (content.byteLength === 0 || content.byteLength > LARGEST) return bad('FILE_SIZE_ERROR', 'file');
  const { number, uuid } = call.desk.world.upload({ ubrn, title, contentType, content });
  const id = isSpine(call) ? `att-${Number(ubrn ?? 0)}-${number}` : uuid;
  return { status: 201, headers: { Location: `Binary/${id}` } };
}

/** A020: takes a file for a later write; it is nobody's until that links it. */
export const uploadFile: Operation = {
  id: 'A020',
  fhir: 'stu3',
  produces: 'nothing',
  consumes: 'file',
  routes: [
    { surface: 'api-platform', method: 'POST', path: '/STU3/Binary', permission: CLINICAL },
    { surface: 'spine-session', method: 'POST', path: '/STU3/v1/Binary', permission: CLINICAL },
  ],
  answer,
};
