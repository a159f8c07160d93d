import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatForPatient, toIso } from '../../src-main/contract/london-time.ts';
import { composeLetter } from '../../src-main/training-service/letters/letter-text.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { Patient } from '../../src-main/training-service/world/model.ts';
import { codeOf, createBench, type Bench } from './support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});

const scene = (name: SceneName, i = 0) => bench.world.findScene(name)[i] ?? '';
const ask = (ubrn: string) =>
  bench.platform(`/STU3/ReferralRequest/${ubrn}/$ers.generatePatientLetter`, { method: 'POST' });
const askSpine = (ubrn: string) =>
  bench.spine(`/STU3/v1/ReferralRequest/${ubrn}/$ers.generatePatientLetter`, { method: 'POST' });

async function openPdf(bytes: Uint8Array) {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
}

async function readPages(bytes: Uint8Array): Promise<string[]> {
  const pdf = await openPdf(bytes);
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join('\n'));
  }
  return pages;
}

/** Text without its line breaks: a long line is written on several. */
const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ');

describe('a confirmation letter', () => {
  it('names patient, NHS number and appointment on page 1, only UBRN and code on page 2', async () => {
    const ubrn = scene('booked');
    const referral = bench.world.referral(ubrn);
    const patient = bench.world.patients.find((one) => one.nhsNumber === referral.nhsNumber) as Patient;
    const letter = await ask(ubrn);
    expect([letter.status, letter.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const [first, second, ...more] = (await readPages(letter.bytes)).map(flat);
    expect(more).toEqual([]);
    const grouped = patient.nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
    for (const text of [
      [patient.prefix, ...patient.given, patient.family].join(' '),
      grouped,
      formatForPatient(toIso(referral.appointment?.startMs ?? 0)),
      'General Cardiology Clinic',
      'Northfield General Hospital',
      ...patient.address,
    ]) {
      expect(first).toContain(text);
    }
    expect(second).toContain(ubrn.replace(/(\d{4})(?=\d)/g, '$1 '));
    expect(second).toContain(`Access code: ${referral.accessCode}`);
    for (const text of [patient.family, grouped, patient.nhsNumber]) expect(second).not.toContain(text);
    expect([first, second].map((text) => /Page \d of \d/.exec(text ?? '')?.[0])).toEqual([
      'Page 1 of 2',
      'Page 2 of 2',
    ]);
    for (const text of [first, second]) expect(text).toContain('TRAINING');
  });

  it('is a tagged A4 document in British English with a title and headings', async () => {
    const pdf = await openPdf((await ask(scene('booked'))).bytes);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: 'en-GB', Title: 'Your appointment' });
    const markInfo = (await pdf.getMarkInfo()) as unknown as ReadonlyMap<string, boolean> | null;
    expect(markInfo?.get('Marked')).toBe(true);
    const page = await pdf.getPage(1);
    expect(page.view.map(Math.round)).toEqual([0, 0, 595, 842]);
    const tree = JSON.stringify(await page.getStructTree());
    for (const role of ['"H1"', '"H2"', '"P"']) expect(tree).toContain(role);
  });

  it('has a file name with the UBRN, the kind and the London time', async () => {
    const ubrn = scene('booked');
    const letter = await ask(ubrn);
    expect(letter.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="${ubrn}_Appointment_Confirmation_Summary_\\d{14}\\.pdf"$`),
    );
    expect(letter.headers.get('content-length')).toBe(String(letter.bytes.byteLength));
    const spine = await askSpine(scene('awaiting-triage'));
    expect(spine.headers.get('content-disposition')).toMatch(
      new RegExp(`filename="${Number(scene('awaiting-triage'))}_Triage_Summary_`),
    );
  });
});

describe('letters of other states', () => {
  it('show the present state', async () => {
    const request = flat((await readPages((await ask(scene('bookable'))).bytes)).join(' '));
    expect(request).toContain('You do not have an appointment yet');
    for (const name of ['deferred', 'awaiting-triage', 'triaged', 'cancelled-by-patient'] as const) {
      expect((await ask(scene(name))).status, name).toBe(200);
    }
  });

  it('are refused where there is none', async () => {
    const platform = async (ubrn: string) => [(await ask(ubrn)).status, codeOf(await ask(ubrn))];
    expect(await platform(scene('cancelled-referral'))).toEqual([422, 'INVALID_REQUEST_STATE']);
    expect(await platform(scene('no-access-code'))).toEqual([422, 'NO_ACCESS_CODE']);
    expect(await platform(scene('no-relationship'))).toEqual([422, 'NO_RELATIONSHIP']);
    expect(await platform(scene('advice-request'))).toEqual([422, 'INVALID_REQUEST_TYPE']);
    expect(await platform('000000000000')).toEqual([404, undefined]);
  });

  it('are refused in 2021 once something is arranged', async () => {
    expect((await askSpine(scene('bookable'))).status).toBe(200);
    for (const name of ['booked', 'deferred', 'cancelled-referral'] as const) {
      expect(codeOf(await askSpine(scene(name))), name).toBe('INVALID_REQUEST_STATE');
    }
  });
});

describe('the fonts of the letters', () => {
  interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
  }
  const require = createRequire(import.meta.url);
  const fontkit = require('fontkit') as { create(data: Uint8Array): Font };
  const directory = join(require.resolve('dejavu-fonts-ttf/package.json'), '..', 'ttf');
  const load = (name: string) => fontkit.create(readFileSync(join(directory, name)));

  it('have a glyph for every character of every letter', () => {
    const fonts = [load('DejaVuSans.ttf'), load('DejaVuSans-Bold.ttf')];
    const service = bench.world.services[0] ?? null;
    const letters = bench.world.patients.map((patient) =>
      composeLetter({
        kind: 'Appointment_Confirmation_Summary',
        patient,
        ubrn: '000070000001',
        accessCode: 'ABCD 2345',
        nowMs: 0,
        service,
        startMs: 0,
      }),
    );
    const characters = new Set(
      letters.flatMap((letter) => [
        ...letter.pages
          .flat()
          .map((block) => block.text)
          .join(''),
      ]),
    );
    const missing = [...characters].filter(
      (one) => !fonts.every((font) => font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0)),
    );
    expect(missing).toEqual([]);
    expect([...'ŁŻółćĩũŷŞễ'].every((one) => characters.has(one))).toBe(true);
    expect(fonts[0]?.hasGlyphForCodePoint('漢'.codePointAt(0) ?? 0)).toBe(false);
  });

  it('are embedded, and the names read back as they are', async () => {
    for (const ubrn of [...bench.world.findScene('non-ascii'), scene('long-name')]) {
      const { nhsNumber } = bench.world.referral(ubrn);
      const patient = bench.world.patients.find((one) => one.nhsNumber === nhsNumber) as Patient;
      const [first] = await readPages((await ask(ubrn)).bytes);
      const name = [patient.prefix, ...patient.given, patient.family].join(' ');
      expect((first ?? '').replace(/\s+/g, '')).toContain(name.replace(/\s+/g, ''));
    }
  });
});
