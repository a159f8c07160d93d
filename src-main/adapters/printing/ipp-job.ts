/** The attributes of a letter's job (RFC 8011 section 5.2, PWG 5100.13 for scaling). */
import type { PrintRequest } from '../../app/ports.ts';
import { cutUtf8, type IppField } from './ipp-encode.ts';
import { A3, A4, type PrinterFacts } from './ipp-printer-facts.ts';

/** Stands in the queue for every clerk: a queue is seen by others, and is no audit trail. */
export const REQUESTING_USER = 'booking-desk';

const LONGEST_NAME = 255;

const keyword = (name: string, value: string): IppField => ({ name, tag: 'keyword', values: [value] });

/** The operation attributes that name who asks and what. */
export function jobNaming(title: string): IppField[] {
  return [
    { name: 'requesting-user-name', tag: 'name', values: [REQUESTING_USER] },
    { name: 'job-name', tag: 'name', values: [cutUtf8(title, LONGEST_NAME)] },
    { name: 'document-format', tag: 'mimeMediaType', values: ['application/pdf'] },
  ];
}

/**
 * One page to a side, one side to a sheet (page 2 has no name on it), copies one after another, no banner sheet that
 * would spoil the count. Only what the printer says that it knows, when it says.
 */
export function jobTemplate(
  job: Pick<PrintRequest, 'copies' | 'isLarge'>,
  printer: PrinterFacts,
): IppField[] {
  const media = job.isLarge ? A3 : A4;
  const canFit = printer.scalings.includes('fit');
  const fields: IppField[] = [
    { name: 'copies', tag: 'integer', values: [job.copies] },
    keyword('sides', 'one-sided'),
    keyword('job-sheets', 'none'),
    { name: 'number-up', tag: 'integer', values: [1] },
    ...(job.copies > 1 ? [keyword('multiple-document-handling', 'separate-documents-collated-copies')] : []),
    ...(printer.media.includes(media) ? [keyword('media', media)] : []),
    // `fit` rather than `fill`: nothing of a letter is ever cut off.
    ...(job.isLarge && canFit ? [keyword('print-scaling', 'fit')] : []),
  ];
  const known = printer.jobAttributes;
  return known.length === 0 ? fields : fields.filter(({ name }) => known.includes(name));
}
