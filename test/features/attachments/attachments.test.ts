import { beforeEach, describe, expect, it } from 'vitest';
import type { FileToSave } from '../../../src-main/app/ports.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import type { ErsClient } from '../../../src-main/ers/client.ts';
import type { AttachmentRecord, FileReply } from '../../../src-main/ers/model.ts';
import type { ErsOutcome } from '../../../src-main/ers/outcome.ts';
import {
  createAttachments,
  type AttachmentInput,
  type AttachmentsFeature,
} from '../../../src-main/features/attachments/attachments.ts';
import type { OpenReferral } from '../../../src-main/features/referral/referral.ts';
import type { Desk } from '../../../src-main/features/session/session.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { bytesOf, DOCX, HTML, makePng, PDF, PROGRAM } from './file-samples.ts';

const UBRN = '000049000001';
const REPLY_FACTS = {
  ...{ status: 200, correlationId: 'c', transactionId: '', etagVersion: null },
  ...{ durationMs: 1, receivedAtMs: 0 },
};

function makeFile(changes: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return {
    ...{ id: 'a1b2', title: 'referral-letter.pdf', description: 'Letter', contentType: 'application/pdf' },
    ...{ url: 'Binary/a1b2', bytes: 20_000 },
    availability: { code: 'AVAILABLE', display: '' },
    type: { code: 'REFERRER', display: '' },
    ...changes,
  };
}
const inState = (code: string) => makeFile({ availability: { code, display: '' } });
const refusal = (code: string): ErsOutcome<never> => ({
  ...{ kind: 'refused', code, codes: [code], retryAfterMs: null },
  facts: { ...REPLY_FACTS, status: 422 },
});
const reply = (bytes: Uint8Array): ErsOutcome<FileReply> => ({
  kind: 'success',
  value: { bytes, contentType: 'application/pdf', fileName: '../../evil.exe' },
  facts: REPLY_FACTS,
});

let clock: ReturnType<typeof createManualClock>;
let desk: Desk | null;
let open: OpenReferral | null;
let answer: ErsOutcome<FileReply>;
let information: ErsOutcome<{ pdf: Uint8Array; fileName: string }>;
let asked: AttachmentInput[];
let saved: FileToSave[];
let events: string[];
let whileFetching: () => void;
let whileSaving: () => void;
let saving: Outcome<{ isSaved: boolean }>;
let feature: AttachmentsFeature;

function opened(files: readonly AttachmentRecord[], changes: object = {}): OpenReferral {
  const referral = { ubrn: UBRN, nhsNumber: '9990000018', attachments: files };
  const view = { readAt: toIso(clock.nowMs()), patientProblem: null };
  return { referral, view, patient: null, ...changes } as unknown as OpenReferral;
}

beforeEach(() => {
  clock = createManualClock();
  desk = { sitting: 1 } as unknown as Desk;
  open = opened([makeFile()]);
  answer = reply(PDF);
  information = { kind: 'success', value: { pdf: PDF, fileName: '' }, facts: REPLY_FACTS };
  [asked, saved, events] = [[], [], []];
  [whileFetching, whileSaving] = [() => undefined, () => undefined];
  saving = ok({ isSaved: true });
  feature = createAttachments({
    clock,
    client: () =>
      ({
        call: async () => {
          whileFetching();
          return information;
        },
      }) as unknown as ErsClient,
    desk: () => desk,
    opened: (ubrn) => (ubrn === UBRN ? open : null),
    fetchFile: async (_file, input) => {
      asked.push(input);
      whileFetching();
      return answer;
    },
    files: {
      saveFile: async (file) => {
        whileSaving();
        saved.push(file);
        return file.isWanted() ? saving : ok({ isSaved: false });
      },
    },
    auditEvent: (ubrn, code) => void events.push(`${ubrn} ${code}`),
  });
});

const read = (index = 0, ubrn = UBRN) => feature.handlers['attachments/read']({ ubrn, index });
const save = (index = 0) => feature.handlers['attachments/save']({ ubrn: UBRN, index });
const readInformation = (ubrn = UBRN) => feature.handlers['attachments/read-clinical-information']({ ubrn });
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.problem.code);

describe('reading a file of the open referral', () => {
  it('takes the id from its own list, and tells the audit what it was', async () => {
    open = opened([
      makeFile(),
      makeFile({ id: 'c3', title: 'scan.png', type: { code: 'PROVIDER', display: '' } }),
    ]);
    answer = reply(makePng(3, 2));
    const outcome = await read(1);
    expect(outcome).toMatchObject({
      ok: true,
      value: { name: 'scan.png', kind: 'image', mediaType: 'image/png' },
    });
    expect(asked).toEqual([
      { id: 'c3', ubrn: UBRN, nhsNumber: '9990000018', attachmentType: 'PROVIDER', fileName: 'scan.png' },
    ]);
  });

  it('gives the bytes of a PDF, and none of a file that is only saved', async () => {
    expect(await read()).toMatchObject({
      value: { kind: 'pdf', bytes: PDF.length, content: Buffer.from(PDF).toString('base64') },
    });
    for (const bytes of [HTML, DOCX, PROGRAM]) {
      answer = reply(bytes);
      expect(await read()).toMatchObject({ value: { kind: 'other', content: '', bytes: bytes.length } });
    }
  });

  it('shows a name without what turns or hides it', async () => {
    open = opened([makeFile({ title: 'letter\u202Efdp.exe\0' })]);
    expect(await read()).toMatchObject({ value: { name: 'letterfdp.exe' } });
    open = opened([makeFile({ title: ' \u200b' })]);
    expect(await read()).toMatchObject({ value: { name: 'Without a title' } });
  });

  it('refuses what is not there, not open, or nobody’s', async () => {
    expect(codeOf(await read(1))).toBe('no-such-attachment');
    expect(codeOf(await read(0, '000049000002'))).toBe('referral-not-open');
    desk = null;
    expect([codeOf(await read()), codeOf(await save()), codeOf(await readInformation())]).toEqual([
      ...['not-signed-in', 'not-signed-in', 'not-signed-in'],
    ]);
    expect(asked).toEqual([]);
  });

  it('keeps a restricted record shut', async () => {
    open = opened([makeFile()], { patient: { isSensitive: true } });
    expect([codeOf(await read()), codeOf(await save()), codeOf(await readInformation())]).toEqual([
      ...['patient-sensitive', 'patient-sensitive', 'patient-sensitive'],
    ]);
    open = opened([makeFile()], { view: { readAt: toIso(clock.nowMs()), patientProblem: 'restricted' } });
    expect(codeOf(await read())).toBe('patient-sensitive');
    expect(asked).toEqual([]);
  });

  it('shows nothing to the next person, nor of a referral closed meanwhile', async () => {
    whileFetching = () => (desk = { sitting: 2 } as unknown as Desk);
    expect(codeOf(await read())).toBe('not-signed-in');
    expect(codeOf(await readInformation())).toBe('ok');
    whileFetching = () => (desk = null);
    expect(codeOf(await readInformation())).toBe('not-signed-in');
    desk = { sitting: 3 } as unknown as Desk;
    whileFetching = () => (open = null);
    expect(codeOf(await read())).toBe('referral-not-open');
  });

  it('tells a file that is too large from a broken answer', async () => {
    answer = { kind: 'unreadable', reason: 'too-large', status: 200, correlationId: 'c' };
    expect(await read()).toMatchObject({ problem: { kind: 'rejected', code: 'file-too-large' } });
    answer = { kind: 'unreadable', reason: 'html', status: 200, correlationId: 'c' };
    expect(await read()).toMatchObject({ problem: { kind: 'bad-reply', code: 'html' } });
  });
});

describe('the scan for threats', () => {
  it.each(['THREATS_FOUND', 'VALIDATION_FAILED', 'FILE_SIZE_ERROR'])('%s is not asked for', async (code) => {
    open = opened([inState(code)]);
    expect(await read()).toMatchObject({ problem: { kind: 'rejected', code } });
    expect(codeOf(await save())).toBe(code);
    expect(asked).toEqual([]);
  });

  it('asks for a pending file after five minutes and not before', async () => {
    open = opened([inState('PENDING')]);
    await clock.advance(60_000);
    expect(await read()).toMatchObject({ problem: { code: 'PENDING', facts: { waitMs: 240_000 } } });
    await clock.advance(239_999);
    expect(codeOf(await read())).toBe('PENDING');
    expect(asked).toEqual([]);
    await clock.advance(1);
    expect(codeOf(await read())).toBe('ok');
  });

  it('remembers that e-RS said so, until a newer referral says that the file is there', async () => {
    answer = refusal('PENDING');
    await clock.advance(1000);
    expect(codeOf(await read())).toBe('PENDING');
    answer = reply(PDF);
    expect(codeOf(await read())).toBe('PENDING');
    expect(asked).toHaveLength(1);
    await clock.advance(1000);
    open = opened([makeFile()]);
    expect(codeOf(await read())).toBe('ok');
  });

  it('hands on what e-RS answers', async () => {
    answer = refusal('FILE_SIZE_ERROR');
    expect(await read()).toMatchObject({ problem: { kind: 'rejected', code: 'file-too-large' } });
    for (const code of ['THREATS_FOUND', 'VALIDATION_FAILED']) {
      answer = refusal(code);
      expect(await read()).toMatchObject({ problem: { kind: 'rejected', code } });
    }
    answer = refusal('NO_RELATIONSHIP');
    expect(await read()).toMatchObject({ problem: { kind: 'forbidden' } });
  });
});

describe('clinical information', () => {
  it('is a PDF or it is not shown', async () => {
    expect(await readInformation()).toMatchObject({
      value: { name: 'Clinical information', kind: 'pdf', mediaType: 'application/pdf' },
    });
    information = { kind: 'success', value: { pdf: HTML, fileName: '' }, facts: REPLY_FACTS };
    expect(codeOf(await readInformation())).toBe('not-a-pdf');
    information = refusal('NO_CLINICAL_INFO');
    expect(codeOf(await readInformation())).toBe('NO_CLINICAL_INFO');
    expect(codeOf(await readInformation('000049000002'))).toBe('referral-not-open');
  });
});

describe('saving', () => {
  it('names the file itself: no name of the sender, nothing of the patient', async () => {
    answer = reply(DOCX);
    await read();
    expect(await save()).toEqual(ok({ isSaved: true }));
    expect(saved.map(({ suggestedName, bytes }) => [suggestedName, bytes])).toEqual([
      ['referral-attachment-1.docx', DOCX],
    ]);
    expect(asked).toHaveLength(1);
    expect(events).toEqual([`${UBRN} attachment-saved`]);
  });

  it('fetches what was not read last, and judges it', async () => {
    open = opened([makeFile(), makeFile({ id: 'c3', title: 'notes.pdf' })]);
    await read(0);
    answer = reply(HTML);
    await save(1);
    expect(asked.map(({ id }) => id)).toEqual(['a1b2', 'c3']);
    expect(saved[0]?.suggestedName).toBe('referral-attachment-2.txt');
    answer = reply(PROGRAM);
    feature.forget();
    expect(codeOf(await save(1))).toBe('file-is-a-program');
    expect(saved).toHaveLength(1);
  });

  it('says so when the clerk thought better of it, or the disk would not have it', async () => {
    saving = ok({ isSaved: false });
    expect(await save()).toEqual(ok({ isSaved: false }));
    saving = fail('unavailable', 'not-saved', { reason: 'ENOSPC' });
    expect(codeOf(await save())).toBe('not-saved');
    expect(events).toEqual([]);
  });

  it('writes nothing when the desk was locked while the dialog stood open', async () => {
    whileSaving = () => (desk = null);
    expect(codeOf(await save())).toBe('not-signed-in');
    expect([saved[0]?.isWanted(), events]).toEqual([false, []]);
  });

  it('holds no bytes after its clerk left', async () => {
    await read();
    feature.forget();
    answer = reply(bytesOf('another'));
    await save();
    expect(asked).toHaveLength(2);
    expect(saved[0]?.bytes).toEqual(bytesOf('another'));
  });
});
