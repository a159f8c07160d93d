import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutUtf8, encodeIppRequest, type IppField } from '../../../src-main/adapters/printing/ipp-encode.ts';
import {
  decodeIppReply,
  findGroup,
  readFlag,
  readNumber,
  readText,
  readTexts,
} from '../../../src-main/adapters/printing/ipp-decode.ts';
import { readPrinterFacts, readPrintReport } from '../../../src-main/adapters/printing/ipp-printer-facts.ts';
import { ippReply, field } from './ipp-replies.ts';

const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);
const fields: fc.Arbitrary<IppField> = fc.oneof(
  fc.record({
    name: names,
    tag: fc.constantFrom('text', 'name', 'keyword', 'uri', 'mimeMediaType'),
    values: fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    name: names,
    tag: fc.constantFrom('integer', 'enum'),
    values: fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 5 }),
  }),
);

describe('what is sent', () => {
  it('is read back as it was meant, whatever the attributes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fields, { selector: ({ name }) => name, maxLength: 8 }), (sent) => {
        const bytes = encodeIppRequest({ operation: 2, requestId: 7, fields: [], jobFields: sent });
        const read = decodeIppReply(bytes);
        expect(read).toMatchObject({ status: 2, requestId: 7 });
        const group = read && findGroup(read, 0x02);
        sent.forEach(({ name, values }) => expect(group?.attributes.get(name)).toEqual(values));
      }),
    );
  });

  it('begins with charset and language and ends with the document', () => {
    const document = Buffer.from('%PDF-1.7');
    const bytes = encodeIppRequest({ operation: 2, requestId: 1, fields: [], document });
    expect(bytes.subarray(0, 8).toString('hex')).toBe('0101000200000001');
    expect(bytes.subarray(9).toString('latin1')).toMatch(
      /^G\0\x12attributes-charset\0\x05utf-8H\0\x1battributes-natural-language\0\x02en\x03%PDF-1\.7$/,
    );
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀'), maxLength: 40 }),
        fc.nat(30),
        (text, most) => {
          const cut = cutUtf8(text, most);
          expect(text.startsWith(cut)).toBe(true);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

describe('what comes back', () => {
  const whole = ippReply(0, [
    [0x01, [field(0x47, 'attributes-charset', 'utf-8')]],
    [
      0x04,
      [
        field(0x42, 'printer-name', 'Desk\u0007 one'),
        field(0x23, 'printer-state', 3),
        field(0x22, 'printer-is-accepting-jobs', true),
        field(0x44, 'media-supported', 'iso_a4_210x297mm'),
        field(0x44, '', 'iso_a3_297x420mm'),
        field(0x34, 'media-col-default', ''),
        field(0x4a, '', 'media-size'),
        field(0x34, '', ''),
        field(0x4a, '', 'x-dimension'),
        field(0x21, '', 21000),
        field(0x37, '', ''),
        field(0x37, '', ''),
        field(0x13, 'printer-location', ''),
        field(0x35, 'printer-info', Buffer.from('\0\x02en\0\x05Ward2', 'latin1')),
        field(0x33, 'copies-supported', Buffer.alloc(8)),
      ],
    ],
  ]);

  it('is read with its lists, its collections passed over, its texts without control characters', () => {
    const read = decodeIppReply(whole);
    const group = read && findGroup(read, 0x04);
    if (!group) throw new Error('no group');
    expect(readText(group, 'printer-name')).toBe('Desk  one');
    expect(readText(group, 'printer-info')).toBe('Ward2');
    expect(readNumber(group, 'printer-state')).toBe(3);
    expect(readFlag(group, 'printer-is-accepting-jobs')).toBe(true);
    expect(readTexts(group, 'media-supported')).toEqual(['iso_a4_210x297mm', 'iso_a3_297x420mm']);
    expect(group.attributes.get('media-col-default')).toEqual([]);
    expect(readText(group, 'printer-location')).toBe('');
    expect(readNumber(group, 'unheard-of')).toBeNull();
  });

  it('is refused when it is cut, wherever', () => {
    for (let size = 0; size < whole.length; size += 1)
      expect(decodeIppReply(whole.subarray(0, size))).toBeNull();
  });

  it.each([
    ['another protocol', Buffer.from('<html><body>It works!</body></html>')],
    ['another version', Buffer.concat([Buffer.from([9, 9]), whole.subarray(2)])],
    [
      'a value before its group',
      Buffer.concat([whole.subarray(0, 8), field(0x21, 'a', 1), Buffer.from([3])]),
    ],
    ['a value before its name', ippReply(0, [[0x04, [field(0x21, '', 1)]]])],
    ['a collection without end', ippReply(0, [[0x04, [field(0x34, 'a', ''), field(0x4a, '', 'b')]]])],
    ['an end without a collection', ippReply(0, [[0x04, [field(0x37, 'a', '')]]])],
    [
      'collections in collections',
      ippReply(0, [[0x04, [field(0x34, 'a', ''), ...Array.from({ length: 50 }, () => field(0x34, '', ''))]]]),
    ],
    ['a number of three bytes', ippReply(0, [[0x04, [field(0x21, 'a', Buffer.alloc(3))]]])],
    ['a group without end', Buffer.concat([whole.subarray(0, 8), Buffer.alloc(20_000, 0x04)])],
    ['a tag of 0', Buffer.concat([whole.subarray(0, 8), Buffer.from([0, 3])])],
  ])('is refused when it is %s', (_name, bytes) => {
    expect(decodeIppReply(bytes)).toBeNull();
  });

  it('is read or refused, whatever bytes it has', () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    const spoiled = fc
      .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 })
      .map((changes) => {
        const bytes = Buffer.from(whole);
        changes.forEach(([at, value]) => bytes.writeUInt8(value, at));
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(noise, spoiled), (bytes) => {
        const read = decodeIppReply(bytes);
        expect(read === null || Number.isInteger(read.status)).toBe(true);
        read?.groups.forEach((group) => {
          const facts = readPrinterFacts(group, 'Ward', false);
          expect(facts.info.reasons.length).toBeLessThanOrEqual(20);
          expect(facts.info.description.length).toBeLessThanOrEqual(200);
          expect(readPrintReport(group, facts).sheets ?? 0).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 2000 },
    );
  });
});
