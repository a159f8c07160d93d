import { describe, expect, it } from 'vitest';
import { judgeFile, MOST_BYTES_SHOWN } from '../../../src-main/features/attachments/judge-file.ts';
import { bytesOf, DOCX, HTML, makeGif, makeJpegHead, makePng, PDF, PROGRAM, RTF } from './file-samples.ts';

const briefly = (bytes: Uint8Array) => {
  const { kind, mediaType, extension, isProgram } = judgeFile(bytes);
  return [kind, mediaType, extension, isProgram];
};
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe('a file is what its bytes prove', () => {
  it.each([
    ['a PDF', PDF, ['pdf', 'application/pdf', 'pdf', false]],
    ['a PNG', makePng(3, 2), ['image', 'image/png', 'png', false]],
    ['a JPEG', makeJpegHead(640, 480), ['image', 'image/jpeg', 'jpg', false]],
    ['a progressive JPEG', makeJpegHead(640, 480, 0xc2), ['image', 'image/jpeg', 'jpg', false]],
    ['a GIF', makeGif([4, 4], [4, 4]), ['image', 'image/gif', 'gif', false]],
    ['text', bytesOf('Dear colleague,\r\n\tthe knee.'), ['text', 'text/plain', 'txt', false]],
    ['RTF', RTF, ['other', 'application/rtf', 'rtf', false]],
    ['a Word document', DOCX, ['other', expect.stringContaining('wordprocessingml'), 'docx', false]],
    [
      'an old Word document',
      bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      ['other', 'application/msword', 'doc', false],
    ],
    ['a TIFF', bytesOf('II*\0....'), ['other', 'image/tiff', 'tif', false]],
    ['DICOM', joined(new Uint8Array(128), bytesOf('DICM')), ['other', 'application/dicom', 'dcm', false]],
    ['an archive', bytesOf('PK\x03\x04 setup.exe'), ['other', 'application/zip', 'bin', false]],
    ['something else', Uint8Array.from([1, 2, 3, 0]), ['other', '', 'bin', false]],
    ['nothing', new Uint8Array(0), ['other', '', 'bin', false]],
  ])('%s', (_name, bytes, expected) => expect(briefly(bytes)).toEqual(expected));

  it.each([
    ['a page', HTML],
    ['a page behind spaces and a mark', joined(Uint8Array.from([0xef, 0xbb, 0xbf]), bytesOf('\n  '), HTML)],
    ['a drawing with a script', bytesOf('<svg onload="alert(1)"/>')],
    ['XML', bytesOf('<?xml version="1.0"?><a/>')],
    ['text with a script in it', bytesOf('Dear colleague <script src="x"></script>')],
  ])('%s is not shown, and is saved as text only', (_name, bytes) =>
    expect(briefly(bytes)).toEqual(['other', 'text/html', 'txt', false]),
  );

  it.each([
    ['a Windows program', PROGRAM],
    ['a Linux program', bytesOf('\x7fELF\x02')],
    ['a shell script', bytesOf('#!/bin/sh\nrm -rf ~')],
    ['a Windows link', bytesOf('L\0\0\0\x01\x14\x02\0')],
    ['a program that ends as a PDF', joined(PROGRAM, PDF)],
  ])('%s is a program', (_name, bytes) =>
    expect(briefly(bytes)).toEqual(['other', 'application/x-executable', 'bin', true]),
  );

  it('takes a PDF for one at its very start only, and whole only', () => {
    expect(judgeFile(joined(HTML, PDF)).kind).toBe('other');
    expect(judgeFile(joined(bytesOf(' '), PDF)).kind).not.toBe('pdf');
    expect(briefly(PDF.subarray(0, 40))).toEqual(['other', 'application/pdf', 'pdf', false]);
    // A PDF with an archive behind it shows as the PDF that it is, unless its end mark is far away.
    expect(judgeFile(joined(PDF, DOCX)).kind).toBe('pdf');
    expect(judgeFile(joined(PDF, new Uint8Array(2000))).kind).toBe('other');
  });
});

describe('what is too large to show is only saved', () => {
  it.each([
    ['a PNG of a few bytes that unfolds to 10 gigapixels', makePng(100_000, 100_000, bytesOf('x'))],
    ['a PNG of 2^32 - 1', makePng(0xffffffff, 0xffffffff, bytesOf('x'))],
    ['a PNG of 100 megapixels with no long side', makePng(10_000, 10_000, bytesOf('x'))],
    ['a thin, endless PNG', makePng(1, 20_000, bytesOf('x'))],
    ['a JPEG of 65535 by 65535', makeJpegHead(65_535, 65_535)],
    ['a GIF whose frame is wider than its screen', makeGif([4, 4], [65_535, 4])],
    ['a GIF whose frame is higher than its screen', makeGif([4, 4], [4, 65_535])],
  ])('%s', (_name, bytes) => {
    const judged = judgeFile(bytes);
    expect([judged.kind, judged.content.length]).toEqual(['other', 0]);
    expect(judged.mediaType).toMatch(/^image\//);
  });

  it.each([
    ['no width', makePng(0, 9, bytesOf('x'))],
    ['no frame header', Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3])],
    ['a cut header', makePng(3, 2).subarray(0, 20)],
    ['a JPEG cut in its segments', makeJpegHead(640, 480).subarray(0, 18)],
  ])('a picture with %s is none', (_name, bytes) => expect(judgeFile(bytes).kind).toBe('other'));

  it('more than 10 MB, and text of more than 1 MB', () => {
    const filler = new Uint8Array(MOST_BYTES_SHOWN).fill(0x20);
    expect(briefly(joined(bytesOf('%PDF-1.7'), filler, bytesOf('%%EOF')))).toEqual([
      ...['other', 'application/pdf', 'pdf'],
      false,
    ]);
    const long = new Uint8Array(1024 * 1024 + 1).fill(0x61);
    expect(briefly(long)).toEqual(['other', 'text/plain', 'txt', false]);
    expect(judgeFile(long.subarray(1)).kind).toBe('text');
  });
});

describe('text', () => {
  const textOf = (bytes: Uint8Array) => Buffer.from(judgeFile(bytes).content).toString('utf8');

  it('is read in each encoding and handed on as UTF-8', () => {
    expect(textOf(new Uint8Array(Buffer.from('Siân Żółć', 'utf8')))).toBe('Siân Żółć');
    expect(
      textOf(joined(Uint8Array.from([0xff, 0xfe]), new Uint8Array(Buffer.from('Siân', 'utf16le')))),
    ).toBe('Siân');
    expect(textOf(bytesOf('Si\xe2n \x93quoted\x94'))).toBe('Siân “quoted”');
    expect(textOf(bytesOf('one\r\ntwo\rthree'))).toBe('one\ntwo\nthree');
  });

  it('holds no control characters', () => {
    for (const code of [0, 7, 8, 0x0b, 0x1b, 0x7f])
      expect(judgeFile(bytesOf(`Dear ${String.fromCharCode(code)} colleague`)).kind).toBe('other');
  });
});
