/** Schemas of what a person keeps at this desk: strict, checked whenever a record is opened, since a file may hold anything. */
import { Type, type Static } from 'typebox';
import { adviceDraft, adviceRow, type AdviceDraft, type AdviceRow } from '../../contract/channels/advice.ts';
import { localRow, savedFilter } from '../../contract/channels/lists.ts';
import { referDraft, type ReferDraft } from '../../contract/channels/refer.ts';
import { settingValues } from '../../contract/channels/settings.ts';
import { TASK_KINDS } from '../../contract/channels/tasks.ts';
import { day, instant, nhsNumber, oneOf, orNull, strict, text, ubrn, uuid } from '../../contract/schema.ts';

/** That what became of an intent has been taken into the lists, so that hearing of it again changes nothing. */
const followed = strict({
  intentId: uuid,
  phase: oneOf(['asked', 'settled']),
  /** Worked out for a deferral or a triage; null until it is, and for everything else. */
  contactBy: orNull(day),
  /** The contact-by date is still to be worked out. */
  awaitsContactBy: Type.Boolean(),
});

const keptTask = strict({
  taskId: uuid,
  kind: oneOf(TASK_KINDS),
  ubrn,
  nhsNumber: orNull(nhsNumber),
  note: text(500),
  dueAt: orNull(instant),
  createdAt: instant,
  /** What it came from, the same whenever it is heard of again: an intent's id, or an id of its own. */
  source: text(120),
  /** When that happened. */
  since: instant,
  /** A finished task stays for a while as the mark that it is not to come again. */
  ending: orNull(strict({ at: instant, outcome: text(20), note: text(500) })),
});

const { textSize, contrast, defaultList } = settingValues;
/** How a person wants the desk, in every role. A name of another version of the desk is no fault. */
const preferences = Type.Partial(Type.Object({ textSize, contrast, defaultList }));

/** What a desk PIN is known by; the same in every role. */
const pin = strict({ salt: text(40), hash: text(60) });

export const keptSchemas = {
  watch: localRow,
  letter: localRow,
  recent: localRow,
  filter: savedFilter,
  followed,
  task: keptTask,
  preferences,
  pin,
  referDraft,
  adviceDraft,
  adviceSeen: adviceRow,
};

export type Followed = Static<typeof followed>;
export type KeptTask = Static<typeof keptTask>;
export type Preferences = Static<typeof preferences>;
export type { AdviceDraft, AdviceRow, ReferDraft };
export type KeptPin = Static<typeof pin>;
