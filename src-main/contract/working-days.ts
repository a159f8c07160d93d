/** Working days: Monday to Friday; bank holidays count, as the sources do not leave them out (contract.md section 11). */
import { addDays, londonParts } from './london-time.ts';

const SATURDAY = 6;

/** `yyyy-mm-dd` so many working days after another; counting starts the day after. */
export function addWorkingDays(date: string, workingDays: number): string {
  let [day, weekday, left] = [date, londonParts(`${date}T12:00:00Z`).weekday, workingDays];
  while (left > 0) {
    day = addDays(day, 1);
    weekday = (weekday % 7) + 1;
    if (weekday < SATURDAY) left -= 1;
  }
  return day;
}
