/** What the panels of the cancellations lend to those of other writes: handed over where the features are built. */
import { bookedAppointment, MAX_COMMENT, serviceOf, viewReviewed } from './panel.ts';
import { objectionToReason, rejectionReasons } from './reasons.ts';
import { judgeFile, MOST_FILES, viewFile } from './review-files.ts';

export const panelTools = {
  ...{ bookedAppointment, serviceOf, viewReviewed, objectionToReason, rejectionReasons },
  ...{ judgeFile, viewFile },
  mostFiles: MOST_FILES,
  maxComment: MAX_COMMENT,
};

export type PanelTools = typeof panelTools;
export type { OfferedReason } from './reasons.ts';
export type { HeldFile } from './review-files.ts';
