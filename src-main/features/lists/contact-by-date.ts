import { londonParts } from '../../contract/london-time.ts';
import { addWorkingDays } from '../../contract/working-days.ts';

/**
 * The day on or before which the provider contacts the patient: so many working days after the day on which the
 * deferral was made, in London (contract.md section 11).
 */
export const contactByDate = (created: string, workingDays: number): string =>
  addWorkingDays(londonParts(created).date, workingDays);
