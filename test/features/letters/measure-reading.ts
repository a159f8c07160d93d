/** What memory the reading of letters takes: the whole process, its reading thread included. */
import { createPdfReader } from '../../../src-main/adapters/node/pdf-reader.ts';
import { createLetterMaker } from '../../../src-main/training-service/letters/make-letter.ts';
import type { Patient } from '../../../src-main/training-service/world/model.ts';

const WATCH_MS = 5;

const PATIENT = {
  ...{ nhsNumber: '9990000018', prefix: 'Mr', given: ['Martin', 'Marty'], family: 'Wilde' },
  address: ['1 Canal Row', 'Northfield', 'ZZ1 7CR'],
} as unknown as Patient;

/** Peak of the resident set while one letter, then many more, are read; the letters themselves are made before. */
export async function measureReading(
  letters: number,
): Promise<{ readonly peakOfOne: number; readonly peakOfMany: number }> {
  const maker = createLetterMaker();
  const make = (at: number) =>
    maker.make({
      ...{ kind: 'Appointment_Confirmation_Summary' as const, patient: PATIENT, accessCode: 'ABCD 2345' },
      ...{
        ubrn: String(70_000_000 + at).padStart(12, '0'),
        nowMs: 0,
        service: null,
        startMs: at * 3_600_000,
      },
    });
  const pdfs: Uint8Array[] = [];
  for (let at = 0; at < letters; at += 1) pdfs.push(await make(at));
  const reader = createPdfReader({ log: { write: () => undefined } });
  const peakWhile = async (batch: readonly Uint8Array[]) => {
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), WATCH_MS);
    for (const pdf of batch) await reader.readText(pdf);
    clearInterval(watch);
    return Math.max(peak, process.memoryUsage.rss());
  };
  const peakOfOne = await peakWhile(pdfs.slice(0, 1));
  const peakOfMany = await peakWhile(pdfs);
  await reader.close();
  return { peakOfOne, peakOfMany };
}
