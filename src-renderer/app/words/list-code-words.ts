import type { ProblemWords } from './words-shape.ts';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });
const NOT_SAVED = 'Nothing was saved.';

/** Words for the desk's own codes about lists, saved filters and tasks. */
export const LIST_CODE_WORDS: Readonly<Record<string, ProblemWords>> = {
  'filter-is-empty': words(
    'The filter has no column',
    NOT_SAVED,
    'Type what to look for under a column, then save it.',
  ),
  'filter-name-missing': words('The filter has no name', NOT_SAVED, 'Type a name for it, then save it.'),
  'list-takes-no-filter': words(
    'e-RS narrows only the lists of a provider',
    'Nothing was asked of e-RS.',
    'Read the list whole, and use the filter above the columns.',
  ),
  'no-specialty-system': words(
    'e-RS did not say how specialties are coded',
    'The list was not read.',
    'Filter by service or clinician, or read the list whole with F5.',
  ),
  'no-such-filter': words('This filter is gone already', 'Nothing was changed.', 'Close this and go on.'),
  'no-such-task': words(
    'This task is finished already',
    'It was ended elsewhere at this desk, or by the booking that it waited for.',
    'Press Ctrl+T to see the tasks as they are now.',
  ),
  'no-such-time': words(
    'This is not a day and time',
    NOT_SAVED,
    'Type the time again, or leave it empty, then save.',
  ),
  'referral-not-listed': words(
    'This referral was neither listed nor opened in this session',
    `${NOT_SAVED} A mistyped UBRN is probably another patient’s.`,
    'Open the referral with F2 and its second identifier, then try again.',
  ),
  'too-many-filters': words(
    'There are 100 saved filters',
    NOT_SAVED,
    'Remove one that is not used any more, then save this one.',
  ),
  'too-many-tasks': words(
    'There are 500 open tasks',
    NOT_SAVED,
    'Finish those that are done (Ctrl+T), then note this one.',
  ),
};
