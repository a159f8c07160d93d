import { describe, expect, it } from 'vitest';
import {
  judgeFile,
  MOST_FILES,
  type HeldFile,
} from '../../../src-main/features/cancellation/review-files.ts';

const PDF = '%PDF-1.7 something';
const around = { dialect: 'api-platform', attached: [], held: [] } as const;
const given = (name: string, content: string | Uint8Array = PDF, description = '') => ({
  name,
  description,
  content: Buffer.from(content as string).toString('base64'),
});

const codeOf = (outcome: ReturnType<typeof judgeFile>) => (outcome.ok ? '' : outcome.problem.code);

/** The first bytes of a file of each type that e-RS takes. */
const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ['a.txt', Buffer.from('Plain words, ünd more')],
  ['a.pdf', Buffer.from(PDF)],
  ['a.PDF', Buffer.from(PDF)],
  ['a.xml', Buffer.from('﻿<?xml version="1.0"?><a/>')],
  ['a.rtf', Buffer.from('{\\rtf1 x}')],
  ['a.au', Buffer.from('.snd    ')],
  ['a.mp3', Buffer.from('ID3 ...')],
  ['a.mp3', Buffer.from([0xff, 0xfb, 0x90, 0x64])],
  ['a.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
  ['a.gif', Buffer.from('GIF89a')],
  ['a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['a.tif', Buffer.from([0x49, 0x49, 0x2a, 0])],
  ['a.mpg', Buffer.from([0, 0, 1, 0xba])],
  ['a.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['a.docx', Buffer.from([0x50, 0x4b, 3, 4, 0])],
  ['a.dcm', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')])],
];

describe('a file for a cancellation', () => {
  it.each(SAMPLES)('%s is taken when it is one', (name, bytes) => {
    expect(judgeFile(given(name, bytes), around)).toMatchObject({
      ok: true,
      value: { name, bytes: bytes.length },
    });
  });

  it.each(SAMPLES.filter(([name]) => name !== 'a.txt'))('%s is refused when it is something else', (name) => {
    const other = name === 'a.pdf' || name === 'a.PDF' ? 'MZ something' : '  not that';
    expect(codeOf(judgeFile(given(name, other), around))).toBe('file-type-differs');
  });

  it('text with zero bytes in it is no text', () => {
    expect(codeOf(judgeFile(given('a.txt', Buffer.from([0x4d, 0x5a, 0, 3])), around))).toBe(
      'file-type-differs',
    );
  });

  it.each([
    ['no extension', 'letter', 'file-name-characters'],
    ['an unknown type', 'letter.exe', 'file-type-not-allowed'],
    ['a type of the other dialect', 'letter.htm', 'file-type-not-allowed'],
    ['two extensions, the last not allowed', 'letter.pdf.js', 'file-type-not-allowed'],
    ['a name of 256 characters', `${'a'.repeat(252)}.pdf`, 'file-name-too-long'],
    ['a control character', 'let\u0007ter.pdf', 'file-name-characters'],
    ['a turned direction of reading', 'letter\u202efdp.exe.pdf', 'file-name-characters'],
    ['an invisible sign', 'let\u200bter.pdf', 'file-name-characters'],
    ['a path', '../letter.pdf', 'file-name-characters'],
    ['a line break', 'letter\r\nX-Other: 1.pdf', 'file-name-characters'],
  ])('is refused for %s', (_name, name, code) => {
    expect(codeOf(judgeFile(given(name), around))).toBe(code);
  });

  it('takes a name of exactly 255 characters, and htm in the spine dialect', () => {
    expect(judgeFile(given(`${'a'.repeat(251)}.pdf`), around).ok).toBe(true);
    const spine = { ...around, dialect: 'spine-session' } as const;
    expect(judgeFile(given('letter.htm', '<p>'), spine).ok).toBe(true);
    expect(codeOf(judgeFile(given('scan.dcm'), spine))).toBe('file-type-not-allowed');
  });

  it('has at least one byte and at most 5 MB', () => {
    const ofBytes = (length: number) => {
      const bytes = Buffer.alloc(length, ' ');
      bytes.write(PDF.slice(0, Math.min(length, PDF.length)));
      return codeOf(judgeFile(given('a.pdf', bytes), around));
    };
    expect(ofBytes(0)).toBe('FILE_SIZE_ERROR');
    expect(ofBytes(5_242_880)).toBe('');
    expect(ofBytes(5_242_881)).toBe('FILE_SIZE_ERROR');
  });

  it('has a name that neither the referral nor the panel has, whatever the case of its letters', () => {
    const held = [{ name: 'Plan.pdf' }] as unknown as HeldFile[];
    expect(codeOf(judgeFile(given('plan.PDF'), { ...around, held }))).toBe('DUPLICATE_FILENAME');
    expect(codeOf(judgeFile(given('Letter.pdf'), { ...around, attached: ['letter.pdf'] }))).toBe(
      'DUPLICATE_FILENAME',
    );
  });

  it('is one of ten at most', () => {
    const held = Array.from({ length: MOST_FILES }, (_, i) => ({
      name: `${i}.pdf`,
    })) as unknown as HeldFile[];
    expect(codeOf(judgeFile(given('a.pdf'), { ...around, held }))).toBe('too-many-files');
    expect(judgeFile(given('a.pdf'), { ...around, held: held.slice(1) }).ok).toBe(true);
  });

  it('has a description without misleading signs, and content that is what it says', () => {
    expect(codeOf(judgeFile(given('a.pdf', PDF, 'see \u202eabove'), around))).toBe('file-name-characters');
    const broken = { name: 'a.pdf', description: '', content: 'JVBERi0x=' };
    expect(codeOf(judgeFile(broken, around))).toBe('file-not-readable');
  });
});
