/** Advice and guidance with what it borrows of other features. */
import { createAdvice, type AdviceFeature } from '../features/advice/advice.ts';
import type { AdviceDesk } from '../features/advice/advice-desk.ts';
import { judgeFile } from '../features/attachments/judge-file.ts';
import { expectedDigits, questionFor } from '../features/booking/identity-question.ts';
import { panelTools } from '../features/cancellation/panel-tools.ts';
import { seenOfAdvice } from '../features/outbox/compare-view.ts';
import { judgePatient } from '../features/referral/referral-view.ts';
import { isSecondIdentifier } from '../features/referral/second-identifier.ts';
import { specialtiesOf } from '../features/worklist/specialties.ts';

export const createAdviceDesk = (deps: Omit<AdviceDesk, 'tools'>): AdviceFeature =>
  createAdvice({
    ...deps,
    tools: {
      ...{ judgeFile, judgePatient, isSecondIdentifier, questionFor, expectedDigits },
      ...{ seenOfAdvice, specialtiesOf, judgeUpload: panelTools.judgeFile },
      ...{ viewFile: panelTools.viewFile, mostFiles: panelTools.mostFiles },
    },
  });
