import { CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { checkFile, contentOf, fileHeaders, findFile } from './attachment-checks.ts';

function locate(call: Call): Answer {
  const found = findFile(call, call.params.id ?? '');
  if (!found) return refuse(404, 'REC_NOT_FOUND', 'No such file');
  const refusal = checkFile(found, 403);
  if (refusal) return refusal;
  const { title, contentType } = found.file;
  const key = call.desk.files.put({ title, contentType, content: contentOf(call, found.file) });
  const { origin } = new URL(call.base);
  // No-store: each download needs a place of its own.
  return {
    status: 307,
    headers: { Location: `${origin}/training/files/${key}?signature=training`, 'Cache-Control': 'no-store' },
  };
}

/** A042: where a file lies. Platform only. */
export const locateAttachment: Operation = {
  id: 'A042',
  fhir: 'r4',
  produces: 'nothing',
  consumes: null,
  routes: [{ surface: 'api-platform', method: 'GET', path: '/R4/Binary/:id', permission: CLINICAL }],
  answer: locate,
};

/** Headers that must not reach a store of files: they say who calls, and prove it. */
const SECRET = /^(?:authorization|cookie|nhsd-|xapi|http_x|x-ers)/;

/** The store to which A042 sends: it gives a file once, and only to a caller who brings no credentials. */
export const giveFile: Operation = {
  id: 'file-store',
  fhir: 'stu3',
  produces: 'file',
  consumes: null,
  routes: [{ surface: 'training', method: 'GET', path: '/files/:key', permission: 'open' }],
  answer(call) {
    if ([...call.headers.keys()].some((name) => SECRET.test(name)))
      return { status: 400, text: 'Credentials of e-RS have no place here' };
    const file = call.desk.files.take(call.params.key ?? '');
    if (!file) return { status: 403, text: 'The place has expired' };
    return {
      status: 200,
      headers: fileHeaders(file.title, file.content),
      bytes: file.content,
      contentType: file.contentType,
    };
  },
};
