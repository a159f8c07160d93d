/** Wrong versions of the engine: who may go on, what is durable, whose answer is heard. */
import {
  inEngine,
  inEvidence,
  inLineUp,
  inModelActions,
  inPace,
  inSleepWatch,
  type Mutant,
} from './mutant.ts';

export const ENGINE_MUTANTS: readonly Mutant[] = [
  {
    name: 'another-person-sends',
    breaks: 'whoever sits there sends',
    edits: [
      inEngine('    mayAct: ports.mayAct(owner),\n    sitting', '    mayAct: true,\n    sitting'),
      inEngine('  if (!ports.mayAct(owner)) return false;\n', ''),
    ],
  },
  {
    name: 'person-looked-for-only-at-the-turn',
    breaks: 'the person may leave between check and send',
    edits: [inEngine('    mayAct: ports.mayAct(owner),\n    sitting', '    mayAct: true,\n    sitting')],
  },
  {
    name: 'read-under-another-person',
    breaks: 'a read-back is made and judged for a person who has gone',
    edits: [
      inEngine(
        "if (state === 'UNKNOWN') return isTime && ports.mayRead(owner);",
        "if (state === 'UNKNOWN') return isTime;",
      ),
    ],
    survives:
      'a read under another session changes nothing: the driver calls it person-left and it is read again when its person is there',
  },
  {
    name: 'recorded-after-the-send',
    breaks: 'the bytes go out before the disk knows',
    edits: [
      inEngine(
        'if (isDurableNews(run.entry.standing, step)) ports.record',
        "if (step.command === 'send') {\n        run.serial += 1;\n        lineUp.put(run, step.next);\n        perform(run, step, 'early');\n        ports.record(run.entry.intentId, { step, ...sent });\n        ports.onMoved(run.entry);\n        return true;\n      }\n      if (isDurableNews(run.entry.standing, step)) ports.record",
      ),
    ],
  },
  {
    name: 'send-not-recorded',
    breaks: 'SENDING is not durable at all',
    edits: [
      inEngine(
        'if (isDurableNews(run.entry.standing, step)) ports.record',
        "if (step.command !== 'send' && isDurableNews(run.entry.standing, step)) ports.record",
      ),
    ],
  },
  {
    name: 'disk-fault-ignored',
    breaks: 'it goes on though the step is not durable',
    edits: [
      inEngine(
        '      stall(run, error);\n      return false;\n    }\n    // A note',
        '      ports.onFault(run.entry.intentId, error);\n    }\n    // A note',
      ),
    ],
  },
  {
    name: 'forgotten-after-a-disk-fault',
    breaks: 'what could not be recorded vanishes from the desk',
    edits: [
      inEngine('    clock.schedule(RETRY_AFTER_FAULT_MS, () => recover(run));', '    lineUp.drop(run);'),
    ],
  },
  {
    name: 'stuck-after-a-disk-fault',
    breaks: 'what could not be recorded rests for ever',
    edits: [inEngine('    clock.schedule(RETRY_AFTER_FAULT_MS, () => recover(run));', '')],
  },
  {
    name: 'memory-believed-over-the-disk',
    breaks: 'after a fault it goes on from what the process had in mind',
    edits: [
      inEngine(
        'lineUp.put(run, { ...revive(durable, clock.monotonicMs()), confirmedAtMs: word, isRevived });',
        'lineUp.put(run, run.entry.standing);',
      ),
    ],
  },
  {
    name: 'word-kept-over-a-disk-fault',
    breaks: 'a step that ended the word and was written all the same does not end it',
    edits: [
      inEngine(
        'const word = durable.state === state ? confirmedAtMs : null;',
        'const word = durable.state === state ? confirmedAtMs : confirmedAtMs;',
      ),
    ],
  },
  {
    name: 'sleep-not-noticed',
    breaks: 'a sleep passes unseen',
    edits: [inEngine('    if (hasSlept()) endWords(lineUp);\n    const context', '    const context')],
  },
  {
    name: 'sleep-noticed-after-the-answer',
    breaks: 'an answer that came while it slept is heard before the sleep is noticed',
    edits: [
      inEngine('    if (hasSlept()) endWords(lineUp);\n    const context', '    const context'),
      inEngine(
        '      mustPumpAgain = false;\n',
        '      mustPumpAgain = false;\n      if (hasSlept()) endWords(lineUp);\n',
      ),
    ],
  },
  {
    name: 'sleep-hidden-by-the-clock',
    breaks: 'a clock that was set back while asleep hides the sleep',
    edits: [inSleepWatch('return Math.abs(jumpMs) >= SLEEP_MS;', 'return jumpMs >= SLEEP_MS;')],
  },
  {
    name: 'call-under-way-not-heard',
    breaks: 'a note on an intent makes its call under way unheard',
    edits: [
      inEngine(
        "if (step.command !== 'none' || step.next.state !== run.entry.standing.state) run.serial += 1;",
        'run.serial += 1;',
      ),
    ],
  },
  {
    name: 'late-answer-heard',
    breaks: 'the answer to an earlier step counts for the present one',
    edits: [inEngine('      if (run.serial !== serial) return;\n', '')],
    survives:
      'no step leaves a call under way behind: only its answer moves an intent that is calling, or it is settled and gone; the guard is for what is added later',
  },
  {
    name: 'order-ignored',
    breaks: 'a later intent of a referral does not wait for an earlier one',
    edits: [
      inLineUp(
        'aheadOf: (run) => lineOf(run).find((other) => holdsUp(other, run)) ?? null,',
        'aheadOf: () => null,',
      ),
    ],
  },
  {
    name: 'two-of-a-referral-at-once',
    breaks: 'two intents of a referral between check and end',
    edits: [
      inLineUp(
        'aheadOf: (run) => lineOf(run).find((other) => holdsUp(other, run)) ?? null,',
        'aheadOf: () => null,',
      ),
      inLineUp(
        'lineOf(run).filter((other) => other !== run && BUSY_STATES.includes(other.entry.standing.state)).length,',
        '0,',
      ),
    ],
  },
  {
    name: 'passed-after-a-restart',
    breaks: 'after a restart a later intent overtakes one that needs the clerk',
    edits: [
      inLineUp(
        'const isKnowing = !entry.standing.isRevived || entry.standing.attempt > 0;',
        'const isKnowing = true;',
      ),
    ],
  },
  {
    name: 'passed-by-all',
    breaks: 'once one intent was made knowing, those that were made before overtake, too',
    edits: [
      inLineUp('const isPassed = later.mayPass.has(run) ||', 'const isPassed = later.mayPass.size >= 0 ||'),
    ],
  },
  {
    name: 'read-back-waits-in-line',
    breaks: 'what may have taken effect waits behind an earlier intent that was taken up again',
    edits: [
      inEngine(
        "const ahead = entry.standing.state === 'UNKNOWN' ? null : lineUp.aheadOf(run);",
        'const ahead = lineUp.aheadOf(run);',
      ),
    ],
  },
  {
    name: 'timer-not-set',
    breaks: 'nothing planned ever falls due by itself',
    edits: [inEngine('nextMs === Infinity ? () => {} : clock.schedule(nextMs - nowMs, pump)', '() => {}')],
  },
  {
    name: 'desk-without-limit',
    breaks: 'any number of calls at once',
    edits: [inLineUp('const MOST_CALLS = 6;', 'const MOST_CALLS = 600;')],
  },
  {
    name: 'service-without-limit',
    breaks: 'any number of calls at once for one service',
    edits: [inLineUp('const MOST_CALLS_OF_A_SERVICE = 2;', 'const MOST_CALLS_OF_A_SERVICE = 6;')],
  },
  {
    name: 'gate-too-fast',
    breaks: 'more than ten requests in a second',
    edits: [inPace('const FULL_SHARE_SPACING_MS = 105;', 'const FULL_SHARE_SPACING_MS = 90;')],
  },
  {
    name: 'old-evidence',
    breaks: 'a failed booking of an hour ago permits a deferral',
    edits: [inEvidence('export const EVIDENCE_MS = 120_000;', 'export const EVIDENCE_MS = 3_600_000;')],
  },
  {
    name: 'slots-overlooked',
    breaks: 'the check of a deferral does not mind free slots',
    edits: [
      inModelActions("    if (!isStillSo) return done({ kind: 'changed', code: 'slots-available' });\n", ''),
    ],
  },
  {
    name: 'pin-refreshed',
    breaks: 'the write carries the version of now, not the one that the clerk saw',
    edits: [
      inModelActions(
        "const pin = intent.action === 'cancel-appointment' ? intent.appointmentVersion : intent.pinnedVersion;",
        "const pin = intent.action === 'cancel-appointment' ? (sim.referral.appointment?.version ?? 0) : sim.referral.version;",
      ),
    ],
  },
];
