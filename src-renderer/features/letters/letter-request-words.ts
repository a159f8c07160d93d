/** Words of a letter that was asked for while e-RS could not be reached: never worded as printed before it is. */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { reasonWords } from '../outbox/outbox-code-words.ts';
import { isFinished } from '../outbox/outbox-states.ts';
import { tellPatient } from '../outbox/tell-patient.ts';

export interface LetterRequestWords {
  readonly heading: string;
  readonly meaning: string;
  readonly tellPatient: string;
  readonly next: string;
}

/** True while a letter that was asked for still waits: it is not asked for twice. */
export function isRequestOpen(item: OutboxItem | null): item is OutboxItem {
  return item !== null && !isFinished(item.state);
}

export function letterRequestWords(item: OutboxItem): LetterRequestWords {
  return { ...wordsOf(item), tellPatient: tellPatient(item).spoken };
}

function wordsOf(item: OutboxItem): Omit<LetterRequestWords, 'tellPatient'> {
  const reason = reasonWords(item)?.meaning;
  switch (item.state) {
    case 'done':
      return {
        heading: 'Letter printed',
        meaning: 'It was fetched afresh and printed.',
        next: 'Esc goes back.',
      };
    case 'queued':
    case 'waiting':
    case 'needs-sign-in':
    case 'checking':
      return {
        heading: 'Letter queued: NOT printed',
        meaning:
          'When the connection is back and the booking is proven, the desk asks you to print it. The letter is fetched afresh then.',
        next: 'F12 opens the outbox. Esc goes back.',
      };
    case 'needs-you':
      return item.code === 'letter-ready'
        ? {
            heading: 'Letter ready to be fetched: NOT printed',
            meaning: 'The connection is back and the booking is proven.',
            next: 'F9 fetches the letter afresh and shows it.',
          }
        : {
            heading: 'Letter NOT printed: it needs you',
            meaning: reason ?? 'It goes no further by itself.',
            next: 'F12 opens the outbox.',
          };
    default:
      return {
        heading: 'Letter NOT printed',
        meaning: reason ?? 'It goes no further by itself.',
        next: 'F9 fetches the letter when e-RS can be reached. F12 opens the outbox.',
      };
  }
}
