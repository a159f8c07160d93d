import { addDays, londonParts } from '../../contract/london-time.ts';

const SATURDAY = 6;

/**
 * The day on or before which the provider contacts the patient: so many working days after the day on which the
 * deferral was made, in London. Counting starts the day after; Saturdays and Sundays do not count, bank holidays do,
 * as the sources do not leave them out (contract.md section 11).
 */
export function contactByDate(created: string, workingDays: number): string {
  const start = londonParts(created);
  let [day, weekday, left] = [start.date, start.weekday, workingDays];
  while (left > 0) {
    day = addDays(day, 1);
    weekday = (weekday % 7) + 1;
    if (weekday < SATURDAY) left -= 1;
  }
  return day;
}
