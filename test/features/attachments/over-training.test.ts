import { describe, expect, it } from 'vitest';
import type { FileToSave } from '../../../src-main/app/ports.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createAuditLog } from '../../../src-main/features/audit/audit-log.ts';
import { openVault } from '../../../src-main/features/vault/vault.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';
import { openDesk, type TestDesk, type TestDeskOptions } from '../../support/desk.ts';

async function openWithFiles(dialect: 'api-platform' | 'spine-session', more: TestDeskOptions = {}) {
  const saved: FileToSave[] = [];
  const files = {
    saveFile: async (file: FileToSave) => {
      saved.push(file);
      return ok({ isSaved: true });
    },
  };
  const desk = await openDesk({ dialect, files, ...more });
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene('with-attachments');
  const secondIdentifier = desk.service.world.referral(ubrn).nhsNumber.slice(-4);
  const view = await desk.must('referral/open', { ubrn, secondIdentifier });
  return { desk, ubrn, view, saved };
}

async function readAll(desk: TestDesk, ubrn: string, count: number) {
  const told: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const answer = await desk.ask('attachments/read', { ubrn, index });
    told.push(
      answer.ok
        ? `${answer.value.name}: ${answer.value.kind}`
        : `${answer.problem.kind} ${answer.problem.code}`,
    );
  }
  return told;
}

describe.each(['api-platform', 'spine-session'] as const)('%s', (dialect) => {
  it('reads each file of a referral as what it is', async () => {
    const { desk, ubrn, view } = await openWithFiles(dialect);
    const told = await readAll(desk, ubrn, view.attachments.length);
    expect(told.slice(0, 4)).toEqual([
      'referral-letter.pdf: pdf',
      ...['rejected PENDING', 'rejected THREATS_FOUND', 'rejected VALIDATION_FAILED'],
    ]);
    expect(told.slice(4)).toEqual([
      ...['heart-trace.png: image', 'notes.txt: text', 'history.docx: other'],
      // 6 MB: more than A006 gives.
      dialect === 'api-platform' ? 'scan.tif: other' : 'rejected file-too-large',
    ]);
    // e-RS is not asked for what its own list says cannot be had.
    const asked = desk.service.calls.count(dialect === 'api-platform' ? 'A042' : 'A006');
    expect(asked).toBe(dialect === 'api-platform' ? told.length - 3 : told.length);
  });

  it('makes the clinical information, and saves a file under its own name', async () => {
    const { desk, ubrn, view, saved } = await openWithFiles(dialect);
    expect(await desk.must('attachments/read-clinical-information', { ubrn })).toMatchObject({
      kind: 'pdf',
      name: 'Clinical information',
    });
    const docx = view.attachments.findIndex(({ title }) => title.endsWith('.docx'));
    expect(await desk.must('attachments/save', { ubrn, index: docx })).toEqual({ isSaved: true });
    expect(saved.map(({ suggestedName }) => suggestedName)).toEqual([`referral-attachment-${docx + 1}.docx`]);
    const reread = await desk.must('referral/reread', { ubrn });
    expect(reread.history.map(({ code }) => code)).toContain('attachment-saved');
  });
});

it('audits whose file it was, and leaves nothing of it in the log', async () => {
  const [storage, secrets] = [openSqliteStorage(':memory:'), createMemorySecrets()];
  const { desk, ubrn } = await openWithFiles('api-platform', { storage, secrets });
  await desk.must('attachments/read', { ubrn, index: 0 });
  const { nhsNumber, attachments } = desk.service.world.referral(ubrn);
  const vault = await openVault(secrets, storage, desk.clock);
  if (!vault.ok) throw new Error(vault.problem.code);
  const trail = createAuditLog({ storage, clock: desk.clock, vault: vault.value }).read();
  const entry = trail.map((row) => row.entry).find(({ facts }) => facts['operation'] === 'A042');
  expect(entry).toMatchObject({
    ...{ type: 'API Retrieve Clinical Attachment', resource: 'Clinical Attachment', ubrn, nhsNumber },
    facts: {
      attachmentId: attachments[0]?.uuid,
      attachmentType: 'REFERRER',
      fileName: 'referral-letter.pdf',
    },
  });
  const log = desk.logLines.join('\n');
  for (const word of [ubrn, 'referral-letter', nhsNumber]) expect(log).not.toContain(word);
});

it('is not the next person’s to ask for', async () => {
  const { desk, ubrn } = await openWithFiles('api-platform');
  await desk.must('session/lock', {});
  expect(await desk.ask('attachments/read', { ubrn, index: 0 })).toMatchObject({
    problem: { kind: 'not-signed-in' },
  });
});

it('a provider reads the files of what is theirs to review', async () => {
  const desk = await openDesk();
  await desk.signIn('R68.SERVICE_PROVIDER_CLINICIAN');
  const ubrn = desk.service.world.findScene('with-attachments')[1] ?? '';
  const secondIdentifier = desk.service.world.referral(ubrn).nhsNumber.slice(-4);
  await desk.must('referral/open', { ubrn, secondIdentifier });
  expect(await desk.must('attachments/read', { ubrn, index: 0 })).toMatchObject({ kind: 'pdf' });
  expect(await desk.must('attachments/read-clinical-information', { ubrn })).toMatchObject({ kind: 'pdf' });
});
