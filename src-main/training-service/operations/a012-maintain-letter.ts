import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { pinnedVersion } from '../if-match.ts';
import { refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { referralBody } from '../wire/referral-body.ts';
import { at } from '../wire/read-body.ts';
import type { Attachment, Referral } from '../world/model.ts';
import { bad } from './appointment-request.ts';
import { readFile, readNamedParameters, refuseUnknown } from './decision-parameters.ts';
import { checkPinnedWrite, findReferral } from './referral-checks.ts';

const FILE = 'referralLetterFile';
const SHAPE = { profile: 'eRS-MaintainReferralLetter-Parameters-1', names: [FILE], repeating: FILE };

interface NamedFile {
  readonly binaryId: string;
  readonly description: string;
}

/** The letters that are to be there, in their order. */
function readFiles(call: Call): { readonly files: readonly NamedFile[] } | Refusal {
  const parameters = readNamedParameters(call, SHAPE);
  if ('isRefusal' in parameters) return parameters;
  const files: NamedFile[] = [];
  for (const [i, parameter] of (parameters.get(FILE) ?? []).entries()) {
    const file = readFile(at(parameter, 'resource'), `${FILE}[${i}]`, 'REFERRER');
    if ('isRefusal' in file) return file;
    files.push(file);
  }
  return files.length === 0 ? bad('MISSING_VALUE', FILE) : { files };
}

const isNamed = ({ uuid, number }: Attachment, { ubrn }: Referral, { binaryId }: NamedFile): boolean =>
  binaryId === uuid || binaryId === `att-${Number(ubrn)}-${number}`;

/** A letter that is there and stays, or a file that was uploaded for this referral and is linked nowhere yet. */
function resolve(call: Call, referral: Referral, file: NamedFile, where: string): Attachment | Refusal {
  const { world, clock } = call.desk;
  const kept = referral.attachments.find((one) => isNamed(one, referral, file));
  if (kept !== undefined)
    return kept.type === 'REFERRER'
      ? { ...kept, description: file.description }
      : bad('INAPPROPRIATE_VALUE', where);
  const upload = world.findUpload(file.binaryId);
  if (!upload) return bad('REFERENCE_NOT_FOUND', where);
  if (upload.ubrn !== referral.ubrn) return bad('INAPPROPRIATE_VALUE', where);
  if (upload.isLinked) return bad('INVALID_STATE', where);
  const { number, uuid, title, contentType, bytes } = upload;
  const { userId, organisation } = call.caller;
  return {
    ...{ number, uuid, type: 'REFERRER', title, description: file.description, contentType, bytes },
    ...{ indexedMs: clock.nowMs(), availability: 'AVAILABLE', attachedBy: { userId, organisation } },
  };
}

function readLetters(
  call: Call,
  referral: Referral,
  files: readonly NamedFile[],
): { readonly letters: readonly Attachment[] } | Refusal {
  const letters: Attachment[] = [];
  for (const [i, file] of files.entries()) {
    const where = `${FILE}[${i}]`;
    const letter = resolve(call, referral, file, where);
    if ('isRefusal' in letter) return letter;
    if (letters.some(({ uuid }) => uuid === letter.uuid)) return bad('CONFLICTING_VALUES', where);
    if (letters.some(({ title }) => title === letter.title)) return bad('DUPLICATE_FILENAME', where);
    letters.push(letter);
  }
  return { letters };
}

/** The same letters with the same descriptions are no change. */
function isAsBefore(referral: Referral, letters: readonly Attachment[]): boolean {
  const before = referral.attachments.filter(({ type }) => type === 'REFERRER');
  const keyOf = ({ uuid, description }: Attachment) => `${uuid} ${description}`;
  const keys = new Set(before.map(keyOf));
  return before.length === letters.length && letters.every((letter) => keys.has(keyOf(letter)));
}

const checkState = ({ state }: Referral): Refusal | null =>
  state === 'CANCELLED_REFERRAL' ? refuse(422, 'INVALID_REQUEST_STATE', 'The referral is cancelled') : null;

function answer(call: Call): Answer {
  const named = readFiles(call);
  if ('isRefusal' in named) return named;
  const referral = findReferral(call, call.params.ubrn ?? '', refuseUnknown(call));
  if ('isRefusal' in referral) return referral;
  const refusal = checkPinnedWrite(call, referral, pinnedVersion(call)) ?? checkState(referral);
  if (refusal) return refusal;
  const read = readLetters(call, referral, named.files);
  if ('isRefusal' in read) return read;
  if (isAsBefore(referral, read.letters)) return bad('NO_CHANGES_DETECTED', FILE);
  const { world } = call.desk;
  for (const { uuid } of read.letters) {
    const upload = world.findUpload(uuid);
    if (upload) upload.isLinked = true;
  }
  world.replaceLetters(referral, read.letters);
  return { status: 200, headers: { ETag: `W/"${referral.version}"` }, json: referralBody(call, referral) };
}

/** A012: the whole set of the referrer's letters; those that are not named are gone. */
export const maintainLetter: Operation = {
  id: 'A012',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: 'application/fhir+json',
  isPinned: true,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.maintainReferralLetter',
      permission: REFERRER_CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.maintainReferralLetter',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer,
};
