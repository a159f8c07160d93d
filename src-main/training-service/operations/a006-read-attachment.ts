import { CLINICAL } from '../../ers/roles.ts';
import { isSpine, refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { checkFile, contentOf, fileHeaders, findFile } from './attachment-checks.ts';

/** 5 MB (contract.md section 4.6). */
const LARGEST = 5_242_880;

function answer(call: Call): Answer {
  const found = findFile(call, call.params.id ?? '');
  if (!found) return isSpine(call) ? refuse(404, 'NO_SUCH_ATTACHMENT', 'No such file') : refuse(404, '');
  const refusal = checkFile(found, 422);
  if (refusal) return refusal;
  const content = contentOf(call, found.file);
  if (content.byteLength > LARGEST) return refuse(422, 'FILE_SIZE_ERROR', 'The file is too large');
  const { title, contentType } = found.file;
  return { status: 200, headers: fileHeaders(title, content), bytes: content, contentType };
}

/** A006: a file of a referral; deprecated on the platform. */
export const readAttachment: Operation = {
  id: 'A006',
  fhir: 'stu3',
  produces: 'file',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/Binary/:id', permission: CLINICAL },
    { surface: 'spine-session', method: 'GET', path: '/STU3/v1/Binary/:id', permission: CLINICAL },
  ],
  answer,
};
