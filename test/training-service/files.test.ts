import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFile } from '../../src-main/training-service/files/make-file.ts';
import type { Attachment } from '../../src-main/training-service/world/model.ts';
import { actLater, asAdmin, asClinician, comments, providerFile } from './cancelling-support.ts';
import { codeOf, createBench, ORIGIN, type Answered, type Bench, type Sent } from './support.ts';

const MINUTE = 60_000;
let bench: Bench;
let ubrn: string;
beforeEach(async () => {
  bench = await createBench();
  ubrn = bench.world.findScene('with-attachments')[0] ?? '';
});

const files = () => bench.world.referral(ubrn).attachments;
const named = (title: string): Attachment => {
  const found = files().find((file) => file.title === title);
  if (!found) throw new Error(`no ${title}`);
  return found;
};
const outcome = (answered: Answered) => [answered.status, codeOf(answered)];
const legacyId = (file: Attachment) => `att-${Number(ubrn)}-${file.number}`;
const read = (id: string, headers: Record<string, string> = {}) =>
  bench.platform(`/STU3/Binary/${id}`, { headers });
const locate = (id: string, headers: Record<string, string> = {}) =>
  bench.platform(`/R4/Binary/${id}`, { headers });

describe('the scene of attachments', () => {
  it('has files of every kind that are ready, and one in every other state', () => {
    const ready = files().filter((file) => file.availability === 'AVAILABLE');
    expect(new Set(ready.map((file) => file.title.split('.').at(-1)))).toEqual(
      new Set(['pdf', 'png', 'txt', 'docx', 'tif']),
    );
    expect(new Set(files().map((file) => file.availability)).size).toBe(4);
  });

  it('is there for the provider’s desk as well', () => {
    const states = bench.world.findScene('with-attachments').map((one) => bench.world.referral(one).state);
    expect(new Set(states)).toEqual(new Set(['NOT_BOOKED', 'BOOKED']));
  });
});

describe('A006', () => {
  it('gives a file with its type, name and size, by its own id and by the id of 2021', async () => {
    const pdf = named('referral-letter.pdf');
    for (const id of [pdf.uuid, legacyId(pdf)]) {
      const answered = await read(id);
      expect(answered.status).toBe(200);
      expect(answered.headers.get('content-type')).toBe('application/pdf');
      expect(answered.headers.get('content-disposition')).toBe('attachment; filename="referral-letter.pdf"');
      expect([answered.bytes.length, answered.headers.get('content-length')]).toEqual([
        pdf.bytes,
        String(pdf.bytes),
      ]);
      expect(answered.text).toMatch(/^%PDF-[\s\S]*%%EOF\n$/);
    }
  });

  it('knows its own ids alone in 2021', async () => {
    const text = named('notes.txt');
    const answered = await bench.spine(`/STU3/v1/Binary/${legacyId(text)}`);
    expect([answered.status, answered.headers.get('content-type'), answered.bytes.length]).toEqual([
      200,
      'text/plain',
      text.bytes,
    ]);
    expect(outcome(await bench.spine(`/STU3/v1/Binary/${text.uuid}`))).toEqual([404, 'NO_SUCH_ATTACHMENT']);
  });

  it.each([
    ['supporting-information-1.pdf', 'PENDING'],
    ['supporting-information-2.pdf', 'THREATS_FOUND'],
    ['supporting-information-3.pdf', 'VALIDATION_FAILED'],
    ['scan.tif', 'FILE_SIZE_ERROR'],
  ])('refuses %s with %s', async (title, code) => {
    expect(outcome(await read(named(title).uuid))).toEqual([422, code]);
  });

  it('refuses what is unknown, and whoever has no relationship or no role', async () => {
    const { uuid } = named('notes.txt');
    expect(outcome(await read('19eb7224'))).toEqual([404, undefined]);
    expect(outcome(await read(uuid, asClinician))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(outcome(await read(uuid, asAdmin))).toEqual([400, 'MISSING_HEADER']);
    expect((await read(uuid, { 'NHSD-eRS-Business-Function': 'REFERRING_ADMIN' })).status).toBe(403);
  });
});

describe('A042', () => {
  it('sends to a place that gives the file once, without credentials, for a minute', async () => {
    const image = named('heart-trace.png');
    const place = async () => (await locate(image.uuid)).headers.get('location') ?? '';
    const answered = await locate(image.uuid);
    expect([answered.status, answered.bytes.length]).toEqual([307, 0]);
    const location = answered.headers.get('location') ?? '';
    expect(location).toMatch(new RegExp(`^${ORIGIN}/training/files/[0-9a-f-]{36}\\?signature=`));
    const given = await bench.send(location);
    expect([given.status, given.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(given.bytes.length).toBe(image.bytes);
    expect((await bench.send(location)).status).toBe(403);
    const late = await place();
    await bench.clock.advance(MINUTE);
    expect((await bench.send(late)).status).toBe(403);
  });

  it.each(['Authorization', 'NHSD-eRS-Business-Function', 'HTTP_X_SESSION_KEY', 'XAPI_ASID', 'Cookie'])(
    'has a place that takes offence at %s',
    async (name) => {
      const location = (await locate(named('notes.txt').uuid)).headers.get('location') ?? '';
      expect((await bench.send(location, { headers: { [name]: 'x' } })).status).toBe(400);
      expect((await bench.send(location)).status).toBe(200);
    },
  );

  it('gives what is too large for A006', async () => {
    const location = (await locate(named('scan.tif').uuid)).headers.get('location') ?? '';
    expect((await bench.send(location)).bytes.length).toBe(6_000_000);
  });

  it.each([
    ['supporting-information-1.pdf', 'PENDING'],
    ['supporting-information-2.pdf', 'THREATS_FOUND'],
    ['supporting-information-3.pdf', 'VALIDATION_FAILED'],
  ])('refuses %s with %s', async (title, code) => {
    expect(outcome(await locate(named(title).uuid))).toEqual([422, code]);
  });

  it('speaks R4 in its refusals, and does not exist in 2021', async () => {
    expect(outcome(await locate('19eb7224'))).toEqual([404, 'REC_NOT_FOUND']);
    expect(outcome(await locate(named('notes.txt').uuid, asClinician))).toEqual([403, 'NO_RELATIONSHIP']);
    expect((await bench.spine(`/R4/Binary/${legacyId(named('notes.txt'))}`)).status).toBe(404);
  });
});

describe('A020', () => {
  const bytes = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0x2d, 0xff, 0x00, 0x80);
  const send = (headers: Record<string, string | null> = {}, file: Uint8Array = bytes) =>
    sendFile(
      {
        ...{ 'NHSD-eRS-File-Name': 'plan.pdf', 'NHSD-eRS-Referral-ID': ubrn },
        ...{ 'Content-Type': 'application/pdf', ...asClinician, ...headers },
      },
      file,
    );
  const sendFile = async (headers: Sent['headers'], file: Uint8Array) => {
    const all = { Authorization: `Bearer ${bench.token}`, ...headers };
    const kept = Object.entries(all).filter(([, value]) => value !== null) as [string, string][];
    const request = new Request(`${ORIGIN}/referrals/FHIR/STU3/Binary`, {
      method: 'POST',
      headers: kept,
      ...(file.length === 0 ? {} : { body: new Uint8Array(file) }),
    });
    const response = await bench.service.handle(request);
    const text = await response.text();
    const json: unknown = text === '' ? undefined : safeParse(text);
    return { status: response.status, headers: response.headers, json };
  };
  const safeParse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const codeIn = (json: unknown) =>
    (json as { issue?: { details: { coding: { code: string }[] } }[] } | undefined)?.issue?.[0]?.details
      .coding[0]?.code;

  beforeEach(() => {
    ubrn = bench.world.findScene('booked-for-review')[0] ?? '';
  });

  it('takes a file, which A022 links and A006 gives back byte for byte', async () => {
    const answered = await send();
    expect([answered.status, answered.json]).toEqual([201, undefined]);
    const [, id = ''] = /^Binary\/([0-9a-f-]{36})$/.exec(answered.headers.get('location') ?? '') ?? [];
    expect((await read(id, asClinician)).status).toBe(404);
    expect((await actLater(bench, ubrn, [comments(), providerFile(id)])).status).toBe(200);
    const given = await read(id, asClinician);
    expect([given.bytes, given.headers.get('content-disposition')]).toEqual([
      bytes,
      'attachment; filename="plan.pdf"',
    ]);
    expect(files().at(-1)).toMatchObject({ title: 'plan.pdf', bytes: bytes.length, type: 'PROVIDER' });
  });

  it('names files by referral and number in 2021', async () => {
    const key = await bench.openSession('SERVICE_PROVIDER_CLINICIAN', 'R68');
    const response = await bench.service.handle(
      new Request(`${ORIGIN}/ers-api/STU3/v1/Binary`, {
        method: 'POST',
        headers: {
          ...{ XAPI_ASID: '000000000001', HTTP_X_SESSION_KEY: key, 'Content-Type': 'text/html' },
          ...{ 'X-ERS-XAPI-META-FILE_NAME': 'plan.htm', 'X-ERS-XAPI-META-INTENDED_UBRN': ubrn },
        },
        body: '<html>',
      }),
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toMatch(new RegExp(`^Binary/att-${Number(ubrn)}-\\d+$`));
  });

  it.each<[string, Record<string, string | null>, number, string | undefined]>([
    ['a type that is not taken', { 'Content-Type': 'application/zip' }, 415, undefined],
    ['a type of 2021', { 'Content-Type': 'text/html', 'NHSD-eRS-File-Name': 'a.htm' }, 415, undefined],
    ['no name', { 'NHSD-eRS-File-Name': null }, 422, 'MISSING_VALUE'],
    ['a name without extension', { 'NHSD-eRS-File-Name': 'plan' }, 422, 'INVALID_VALUE'],
    ['too long a name', { 'NHSD-eRS-File-Name': `${'n'.repeat(252)}.pdf` }, 422, 'INVALID_VALUE'],
    ['a name of another type', { 'NHSD-eRS-File-Name': 'plan.txt' }, 422, 'CONFLICTING_VALUES'],
    ['a UBRN that is none', { 'NHSD-eRS-Referral-ID': '12' }, 422, 'INVALID_VALUE'],
    ['an unknown UBRN', { 'NHSD-eRS-Referral-ID': '999999999999' }, 422, 'INAPPROPRIATE_VALUE'],
    ['no role', { 'NHSD-eRS-Business-Function': 'SERVICE_PROVIDER_ADMIN' }, 403, 'FORBIDDEN'],
    ['nobody to act for', asAdmin, 400, 'MISSING_HEADER'],
  ])('refuses a file with %s', async (_what, headers, status, code) => {
    const answered = await send(headers);
    expect([answered.status, codeIn(answered.json)]).toEqual([status, code]);
  });

  it('refuses an empty file and one over 5 MB, and takes one of 5 MB', async () => {
    for (const size of [0, 5_242_881]) {
      const answered = await send({}, new Uint8Array(size));
      expect([answered.status, codeIn(answered.json)]).toEqual([422, 'FILE_SIZE_ERROR']);
    }
    expect((await send({}, new Uint8Array(5_242_880))).status).toBe(201);
  });

  it('knows in the call log which referral a file is for, whatever is in the file', async () => {
    await send({}, new TextEncoder().encode('ReferralRequest/000000000001'));
    expect(bench.service.calls.last('A020')).toMatchObject({ id: 'A020', ubrn });
  });
});

describe('A007', () => {
  const generate = (one: string, headers: Record<string, string> = {}) =>
    bench.platform(`/STU3/ReferralRequest/${one}/$ers.generateCRI`, { method: 'POST', headers });

  it('gives one document of the referral, with its UBRN in the name', async () => {
    const answered = await generate(ubrn);
    expect([answered.status, answered.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(answered.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="${ubrn}_Clinical_Information_\\d{14}\\.pdf"$`),
    );
    expect(answered.text.slice(0, 5)).toBe('%PDF-');
  });

  it('refuses what is no referral, and whoever has no relationship', async () => {
    const [advice = ''] = bench.world.findScene('advice-request');
    const [unusable = ''] = bench.world.findScene('patient-error');
    expect(outcome(await generate(advice))).toEqual([422, 'INVALID_REQUEST_TYPE']);
    expect(outcome(await generate(unusable))).toEqual([422, 'PATIENT_ERROR']);
    expect(outcome(await generate(ubrn, asClinician))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(outcome(await generate('999999999999'))).toEqual([404, undefined]);
  });

  it('has codes of its own in 2021', async () => {
    const [due = ''] = bench.world.findScene('letter-due');
    const ask = (one: string) =>
      bench.spine(`/STU3/v1/ReferralRequest/${one}/$ers.generateCRI`, { method: 'POST' });
    expect((await ask(ubrn)).status).toBe(200);
    expect(outcome(await ask('999999999999'))).toEqual([422, 'NO_SUCH_REQUEST']);
    const hasFiles = bench.world.referral(due).attachments.length > 0;
    expect(outcome(await ask(due))).toEqual(hasFiles ? [200, undefined] : [422, 'NO_CLINICAL_INFO']);
  });
});

describe('made files', () => {
  it.each([20_000, 99_998, 100_004, 419_999])('are PDFs of exactly %i bytes', (size) => {
    const text = Buffer.from(makeFile('application/pdf', 'a (1) é.pdf', size)).toString('latin1');
    expect(text).toHaveLength(size);
    const [, start = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? [];
    expect(text.slice(Number(start), Number(start) + 4)).toBe('xref');
    const [, first = ''] = /f \n(\d{10}) 00000 n/.exec(text) ?? [];
    expect(text.slice(Number(first), Number(first) + 7)).toBe('1 0 obj');
  });

  it('are pictures that a reader takes', () => {
    const png = Buffer.from(makeFile('image/png', 'x.png', 0));
    const length = png.readUInt32BE(33);
    expect([png.subarray(1, 4).toString(), png.subarray(37, 41).toString()]).toEqual(['PNG', 'IDAT']);
    expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(321 * 160);
  });

  it('are zips with a directory at their end', () => {
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    const zip = Buffer.from(makeFile(type, 'x.docx', 0));
    const end = zip.length - 22;
    expect([zip.readUInt32LE(end), zip.readUInt16LE(end + 10)]).toEqual([0x06054b50, 3]);
    expect(zip.readUInt32LE(zip.readUInt32LE(end + 16))).toBe(0x02014b50);
  });
});
