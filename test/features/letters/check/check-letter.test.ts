import { describe, expect, it } from 'vitest';
import { checkLetter, type KnownReferral } from '../../../../src-main/features/letters/check/check-letter.ts';

const NHS = '9990000018';
const UBRN = '000070000001';

const KNOWN: KnownReferral = {
  nhsNumber: NHS,
  ubrn: UBRN,
  appointment: { start: '2027-01-05T14:30:00Z', isBooked: true, kind: 'Appointment_Confirmation_Summary' },
  addressee: {
    name: { given: 'Martin', family: 'Wilde' },
    address: ['1 Canal Row', 'Northfield', 'ZZ1 7CR'],
  },
};
const UNBOOKED: KnownReferral = { ...KNOWN, appointment: { start: null, isBooked: false, kind: '' } };
const at = (start: string): KnownReferral => ({ ...KNOWN, appointment: { ...KNOWN.appointment, start } });

/**
 * The official sample as contract.md (A019) and screens.md (fact 12) tell of it: A4, two pages, the first with name,
 * address, NHS number and date, the second with the UBRN in groups of four and the access code alone.
 */
function sample(says: {
  name?: string;
  when?: string;
  nhs?: string;
  ubrn?: string;
  postcode?: string;
  marks?: boolean;
}) {
  const {
    name = 'MR MARTIN MARTY Wilde',
    when = 'Tuesday 5 January 2027 at 2:30pm',
    nhs = '999 000 0018',
  } = says;
  const mark = (at: number) => (says.marks === false ? [] : [`Page ${at} of 2`]);
  return [
    {
      lines: [
        `${name}\tNorthfield General Hospital`,
        '1 Canal Row\t2 Infirmary Road',
        `Northfield\tNorthfield`,
        `${says.postcode ?? 'ZZ1 7CR'}\tZZ1 1AA`,
        `NHS Number: ${nhs}`,
        'Dear Mr Wilde',
        `Your appointment is on ${when}.`,
        'Please ring 0800 123 4567 (8am to 6pm) if you cannot come.',
        ...mark(1),
      ],
    },
    {
      lines: [
        'Your booking reference',
        says.ubrn ?? '0000 7000 0001',
        'Your access code',
        'some words',
        ...mark(2),
      ],
    },
  ];
}

const resultOf = (pages: ReturnType<typeof sample>, known = KNOWN) => {
  const { verdict, checks } = checkLetter(pages, known);
  return [
    verdict,
    ...checks.filter(({ result }) => result !== 'same').map(({ what, result }) => `${what} ${result}`),
  ];
};

describe('the official sample', () => {
  it('matches, with page numbers and without', () => {
    expect(resultOf(sample({}))).toEqual(['matches']);
    expect(resultOf(sample({ marks: false }))).toEqual(['matches']);
    const what = checkLetter(sample({}), KNOWN).checks.map((check) => check.what);
    expect(what).toEqual(['nhs-number', 'ubrn', 'name', 'address', 'date', 'time', 'pages']);
  });

  it('matches in the forms in which dates, numbers and names may come', () => {
    for (const when of ['05-Jan-2027 14:30', '5th January 2027 at 2.30pm', '05/01/2027 14:30 GMT'])
      expect(resultOf(sample({ when })), when).toEqual(['matches']);
    expect(resultOf(sample({ nhs: NHS, ubrn: UBRN, name: 'WILDE, Martin (Mr)' }))).toEqual(['matches']);
    expect(resultOf(sample({ ubrn: 'UBRN: 70000001' }))).toEqual(['matches']);
  });

  it('never gives the access code to a check', () => {
    expect(JSON.stringify(checkLetter(sample({}), KNOWN))).not.toContain('some words');
  });
});

describe('a letter of somebody else', () => {
  it('differs, and both values are there', () => {
    expect(resultOf(sample({ nhs: '999 000 0026' }))).toEqual([
      'differs',
      'nhs-number different',
      'pages missing',
    ]);
    expect(resultOf(sample({ ubrn: '0000 7000 0002' }))).toEqual([
      'differs',
      'ubrn different',
      'pages missing',
    ]);
    const { checks } = checkLetter(sample({ ubrn: '0000 7000 0002' }), KNOWN);
    expect(checks[1]).toEqual({
      what: 'ubrn',
      result: 'different',
      inLetter: '000070000002',
      expected: UBRN,
    });
    expect(resultOf(sample({ name: 'MR MARVIN Wilde' }))).toEqual(['differs', 'name different']);
    expect(resultOf(sample({ postcode: 'ZZ1 7CS' }))).toEqual(['differs', 'address different']);
  });

  it('differs where the other number has no label, and is not known where it stands on the wrong page', () => {
    const [first = { lines: [] }, second = { lines: [] }] = sample({});
    const unlabelled = { lines: ['Log in with', '0000 7000 0002', 'Page 2 of 2'] };
    expect(resultOf([first, unlabelled])).toEqual(['differs', 'ubrn different', 'pages missing']);
    const bare = { lines: ['Log in with your access code', 'Page 2 of 2'] };
    const withUbrn = { lines: ['UBRN: 0000 7000 0001', ...first.lines] };
    expect(resultOf([withUbrn, bare])).toEqual(['not-checked', 'ubrn missing', 'pages missing']);
    const moved = [
      { lines: first.lines.map((line) => line.replace(/^NHS Number.*/, 'UBRN: 0000 7000 0001')) },
      { lines: ['NHS Number: 999 000 0018', ...second.lines] },
    ];
    expect(resultOf(moved)).toEqual(['not-checked', 'nhs-number missing']);
    // A telephone number, by its check digit.
    expect(resultOf(sample({ nhs: 'on your card. Ring 113 496 0124' }))).toContain('nhs-number missing');
  });

  it('differs also where only one of two numbers is wrong', () => {
    const pages = sample({});
    pages[1]?.lines.push('UBRN: 0000 7000 0002');
    expect(resultOf(pages)).toEqual(['differs', 'ubrn different']);
  });
});

describe('the pages', () => {
  const [first = { lines: [] }, second = { lines: [] }] = sample({});
  const [bare = { lines: [] }, bareSecond = { lines: [] }] = sample({ marks: false });

  it('differ when swapped, missing, doubled, or of another letter', () => {
    expect(resultOf([second, first])[0]).toBe('differs');
    expect(resultOf([first])).toContain('pages different');
    expect(resultOf([second])).toContain('pages different');
    expect(resultOf([first, second, second])).toContain('pages different');
    expect(resultOf([first, { lines: second.lines.slice(0, -1) }])).toContain('pages different');
  });

  it('are for the clerk to read when nothing tells whose they are, or in which order', () => {
    expect(resultOf([bareSecond, bare])[0]).toBe('not-checked');
    expect(resultOf([bare, { lines: ['Bring your glasses.'] }, bareSecond])).toEqual([
      'not-checked',
      'pages missing',
    ]);
    expect(resultOf([{ lines: ['A picture'] }])[0]).toBe('not-checked');
    expect(resultOf([])[0]).toBe('not-checked');
  });
});

describe('the time of the appointment', () => {
  it.each([
    ['2026-10-24T23:30:00Z', 'Sunday 25 October 2026 at 12:30am (BST)', '12:30am (GMT)', '1:30am (BST)'],
    ['2026-10-25T00:30:00Z', 'Sunday 25 October 2026 at 1:30am (BST)', '1:30am (GMT)', '12:30am (BST)'],
    ['2026-10-25T01:30:00Z', 'Sunday 25 October 2026 at 1:30am (GMT)', '1:30am (BST)', '2:30am (GMT)'],
    ['2027-03-28T00:30:00Z', 'Sunday 28 March 2027 at 12:30am', '1:30am', '11:30pm'],
    ['2027-03-28T01:30:00Z', 'Sunday 28 March 2027 at 2:30am', '1:30am', '3:30am'],
    ['2027-06-30T23:30:00Z', 'Thursday 1 July 2027 at 12:30am', '11:30pm', '1:30am'],
    ['2022-07-11T12:00:00Z', 'Monday 11 July 2022 at 1pm', '12 noon', '2pm'],
  ])('%s is %s, and one hour off is a difference', (start, when, early, late) => {
    expect(resultOf(sample({ when }), at(start))).toEqual(['matches']);
    for (const time of [early, late]) {
      const wrong = when.replace(/at .*$/, `at ${time}`);
      expect(resultOf(sample({ when: wrong }), at(start)), wrong).toEqual(['differs', 'time different']);
    }
  });

  it('differs with the day, and with a weekday that is not the day’s', () => {
    expect(resultOf(sample({ when: 'Tuesday 12 January 2027 at 2:30pm' }))).toEqual([
      'differs',
      'date different',
    ]);
    expect(resultOf(sample({ when: 'Monday 5 January 2027 at 2:30pm' }))).toEqual([
      'differs',
      'date different',
    ]);
    expect(checkLetter(sample({ when: '12/01/2027 14:30' }), KNOWN).checks[4]).toEqual({
      ...{ what: 'date', result: 'different', inLetter: '2027-01-12', expected: '2027-01-05' },
    });
  });

  it('is for the clerk to read where it is not found, unless the letter is one from before the booking', () => {
    expect(resultOf(sample({ when: 'the fifth at half past two' }))).toEqual([
      ...['not-checked', 'date missing', 'time missing'],
    ]);
    expect(resultOf(sample({ when: '5 January 2027 in the afternoon' }))).toEqual([
      'not-checked',
      'time missing',
    ]);
    const request = { ...KNOWN, appointment: { ...KNOWN.appointment, kind: 'Appointment_Request_Summary' } };
    expect(resultOf(sample({ when: 'a day of your choice' }), request)).toEqual([
      'differs',
      'date different',
    ]);
  });

  it('may stand beside others that are no appointment', () => {
    const pages = sample({});
    pages[0]?.lines.push('Printed on 23/11/2026 10:42', 'You asked for 4 January 2027 at 9am');
    pages[0]?.lines.push('Your previous appointment on 4 January 2027 at 9am has been cancelled');
    expect(resultOf(pages)).toEqual(['matches']);
  });

  it.each([
    'Printed on 23/11/2026 10:42',
    'Please book by 4 January 2027 at 5pm',
    'Your appointment on 4 January 2027 at 9am has been cancelled',
  ])('is none in: %s', (line) => {
    const pages = sample({ when: 'a day that you choose' });
    pages[0]?.lines.push(line);
    expect(resultOf(pages, UNBOOKED)).toEqual(['matches']);
  });

  it('differs when nothing is booked', () => {
    expect(resultOf(sample({}), UNBOOKED)).toEqual(['differs', 'date different', 'time different']);
    expect(resultOf(sample({ when: 'a day that you choose' }), UNBOOKED)).toEqual(['matches']);
  });

  it('is not compared where e-RS does not say when a booked appointment is', () => {
    const known = { ...KNOWN, appointment: { ...KNOWN.appointment, start: null } };
    expect(resultOf(sample({}), known)).toEqual(['not-checked', 'date missing', 'time missing']);
  });
});

describe('the addressee', () => {
  it('is not asked for where PDS knows nobody', () => {
    expect(resultOf(sample({ name: 'Mr Somebody Else' }), { ...KNOWN, addressee: null })).toEqual([
      'matches',
    ]);
  });

  it('is found without a title above the address, and on two lines', () => {
    expect(resultOf(sample({ name: 'Martin Wilde' }))).toEqual(['matches']);
    expect(resultOf(sample({ name: 'Jane Wilde' }))).toEqual(['differs', 'name different']);
    const other = sample({ name: 'Mrs Jane Wilde' });
    other[0]?.lines.push('Patient: Martin Wilde');
    expect(resultOf(other)).toEqual(['differs', 'name different']);
    const pages = sample({ name: 'Mr Martin' });
    pages[0]?.lines.splice(1, 0, 'Wilde');
    expect(resultOf(pages)).toEqual(['matches']);
    const untitled = sample({ name: 'Air Marshal Martin' });
    untitled[0]?.lines.splice(1, 0, 'Wilde');
    expect(resultOf(untitled)).toEqual(['matches']);
  });

  it('has no postcode to compare in a letter without an address', () => {
    const [first = { lines: [] }, second = { lines: [] }] = sample({});
    const lines = [...first.lines.slice(0, 1), ...first.lines.slice(4), 'Clinic: 2 Infirmary Road, ZZ9 9ZZ'];
    expect(resultOf([{ lines }, second])).toEqual(['matches']);
  });

  it('is not the doctor at the head of the letter', () => {
    const pages = sample({});
    pages[0]?.lines.unshift('Dr Ruth Consultant', 'Cardiology');
    expect(resultOf(pages)).toEqual(['matches']);
  });

  it('shows nothing that turns or hides what is read', () => {
    const { checks } = checkLetter(sample({ name: 'Mr Marvin\u202e Wilde' }), KNOWN);
    expect(checks[2]).toMatchObject({ what: 'name', result: 'different', inLetter: 'Mr Marvin Wilde' });
  });
});
