/** Wrong versions of the pure machine: what is decided wrongly. */
import { inMachine, inModelApp, inEngine, inRules, type Mutant } from './mutant.ts';

const HORIZON = 'export const HORIZON_MS = 205_000;';

export const MACHINE_MUTANTS: readonly Mutant[] = [
  {
    name: 'first-rejection-trusted',
    breaks: 'no read-back after 409 and 422: it may be the echo of our own success',
    edits: [
      inMachine(
        'return readBack(answered, answer.code, context.nowMs);',
        "return to(answered, 'REJECTED', answer.code);",
      ),
    ],
  },
  {
    name: 'conflict-trusted',
    breaks: 'no read-back after 409 alone',
    edits: [
      inMachine(
        'return readBack(answered, answer.code, context.nowMs);',
        "return answer.status === 409 ? to(answered, 'REJECTED', answer.code) : readBack(answered, answer.code, context.nowMs);",
      ),
    ],
  },
  {
    name: 'acceptance-trusted',
    breaks: 'done on a success with the right echo, without a read-back',
    edits: [
      inMachine(
        "return keep(readBack(answered, 'accepted', context.nowMs), answer.result);",
        "return to(answered, 'APPLIED', '');",
      ),
    ],
  },
  {
    name: 'sent-though-changed',
    breaks: 'the check found a change, and it is sent all the same',
    edits: [
      inMachine(
        "    case 'changed':\n      return to(now, 'NEEDS_CLERK', finding.code);",
        "    case 'changed':\n      return goOn(now, context);",
      ),
    ],
  },
  {
    name: 'send-forgotten-attempt-kept',
    breaks: 'a crash in SENDING goes back to QUEUED',
    edits: [
      inMachine(
        "    case 'PREFLIGHT':\n      return { ...revived",
        "    case 'SENDING':\n    case 'PREFLIGHT':\n      return { ...revived",
      ),
      inMachine(
        "    case 'SENDING':\n    case 'UNKNOWN':\n    case 'RECONCILING':",
        "    case 'UNKNOWN':\n    case 'RECONCILING':",
      ),
    ],
  },
  {
    name: 'send-forgotten-attempt-lost',
    breaks: 'a crash in SENDING goes back to QUEUED as if nothing was ever sent',
    edits: [
      inMachine(
        "    case 'SENDING':\n    case 'UNKNOWN':\n    case 'RECONCILING':",
        "    case 'SENDING':\n      return { ...revived, state: 'QUEUED', code: '', attempt: 0, sentAtMs: null };\n    case 'UNKNOWN':\n    case 'RECONCILING':",
      ),
    ],
  },
  {
    name: 'unknown-forgotten',
    breaks: 'a crash in UNKNOWN goes to the clerk as not done',
    edits: [
      inMachine(
        "return { ...revived, state: 'UNKNOWN', code: 'interrupted', sentAtMs: nowMs, dueAtMs: nowMs };",
        "return { ...revived, state: 'NEEDS_CLERK', code: 'not-done' };",
      ),
    ],
  },
  {
    name: 'horizon-0',
    breaks: 'not done at the first look',
    edits: [inRules(HORIZON, 'export const HORIZON_MS = 0;')],
  },
  {
    name: 'horizon-30-seconds',
    breaks: 'not done after half a minute',
    edits: [inRules(HORIZON, 'export const HORIZON_MS = 30_000;')],
  },
  {
    name: 'horizon-110-seconds',
    breaks: 'not done before the gateway has given up',
    edits: [inRules(HORIZON, 'export const HORIZON_MS = 110_000;')],
  },
  {
    name: 'horizon-by-wall-clock',
    breaks: 'deadlines by a clock that can be set',
    edits: [
      inEngine(
        'export function createEngine(ports: EnginePorts): Engine {\n',
        'export function createEngine(given: EnginePorts): Engine {\n  const ports = { ...given, clock: { ...given.clock, monotonicMs: given.clock.nowMs } };\n',
      ),
      inModelApp(
        "newStanding(sim.action, choicesOf(sim), this.clock.monotonicMs()), 'made')",
        "newStanding(sim.action, choicesOf(sim), this.clock.nowMs()), 'made')",
      ),
      inModelApp(
        "revive({ ...row }, this.clock.monotonicMs()), 'restart')",
        "revive({ ...row }, this.clock.nowMs()), 'restart')",
      ),
    ],
  },
  {
    name: 'horizon-not-restarted',
    breaks: 'after a crash the horizon counts as over',
    edits: [
      inMachine(
        "code: 'interrupted', sentAtMs: nowMs, dueAtMs",
        "code: 'interrupted', sentAtMs: nowMs - HORIZON_MS, dueAtMs",
      ),
    ],
  },
  {
    name: 'old-answer-judged-now',
    breaks: 'a read-back that was begun before the horizon and heard after it counts as one after it',
    edits: [
      inMachine(
        'if (!wasReadPastHorizon(now)) return waitForReadBack',
        'if (!isPastHorizon(now, context.nowMs)) return waitForReadBack',
      ),
    ],
  },
  {
    name: 'looking-ends-the-horizon',
    breaks: 'F5 counts as if the horizon had passed',
    edits: [
      inMachine(
        "now.state === 'NEEDS_CLERK' ? (now.sentAtMs ?? nowMs - HORIZON_MS) : now.sentAtMs;",
        'nowMs - HORIZON_MS;',
      ),
    ],
  },
  {
    name: 'provider-asked-again',
    breaks: 'where a provider system takes part it is sent again by itself',
    edits: [
      inMachine(
        "if (ACTION_RULES[now.action].hasProvider) return to(now, 'NEEDS_CLERK', 'not-done-provider-may-differ');",
        '',
      ),
    ],
  },
  {
    name: 'no-provider-in-bookings',
    breaks: 'the rule of bookings says that no provider system takes part',
    edits: [inRules('book: AT_PROVIDER,', 'book: PINNED,')],
  },
  {
    name: 'silent-provider-taken-for-no',
    breaks: '504 PAS_NOT_RESPONDING is a refusal',
    edits: [inMachine("if (code === 'PAS_NOT_RESPONDING') return to(now, 'NEEDS_CLERK', code);", '')],
  },
  {
    name: 'fifteen-minutes-ignored',
    breaks: 'the word of the clerk never ages',
    edits: [
      inMachine(
        'return confirmedAtMs !== null && nowMs - confirmedAtMs <= CONFIRMATION_MS;',
        'return confirmedAtMs !== null;',
      ),
    ],
  },
  {
    name: 'fifteen-minutes-are-sixty',
    breaks: 'the word of the clerk ages too slowly',
    edits: [
      inRules('export const CONFIRMATION_MS = 15 * 60_000;', 'export const CONFIRMATION_MS = 60 * 60_000;'),
    ],
  },
  {
    name: 'word-kept-over-restart',
    breaks: 'a restart does not end the word of the clerk',
    edits: [inMachine('confirmedAtMs: null, isRevived: true, sentAtMs }', 'isRevived: true, sentAtMs }')],
  },
  {
    name: 'word-kept-over-sleep',
    breaks: 'a sleep does not end the word of the clerk',
    edits: [
      inMachine(
        'export const endWord = (now: Standing): Standing => ({ ...now, confirmedAtMs: null });',
        'export const endWord = (now: Standing): Standing => now;',
      ),
    ],
  },
  {
    name: 'word-kept-over-waiting',
    breaks: 'a cancellation that waited for a connection needs no fresh Ctrl+Enter',
    edits: [
      inMachine(
        'const confirmedAtMs = endsWord ? null : now.confirmedAtMs;',
        'const confirmedAtMs = endsWord ? now.confirmedAtMs : now.confirmedAtMs;',
      ),
    ],
  },
  {
    name: 'word-not-needed',
    breaks: 'it is sent whether the word holds or not',
    edits: [
      inMachine(
        '  if (!isConfirmed(now, nowMs))\n    return to(',
        '  if (!isConfirmed(now, nowMs) && nowMs < 0)\n    return to(',
      ),
    ],
  },
  {
    name: 'sent-again-without-checks',
    breaks: 'the second send goes out on the checks of the first',
    edits: [inMachine("return to(now, 'QUEUED', 'not-done');", 'return send(now, context.nowMs);')],
  },
  {
    name: 'checks-hold-for-ever',
    breaks: 'a check that a sleep delayed still counts',
    edits: [inMachine("if (nowMs - now.askedAtMs > CHECK_MS) return to(now, 'QUEUED', '');", '')],
  },
  {
    name: 'sends-without-end',
    breaks: 'no end of sending again',
    edits: [inRules('export const MOST_SENDS = 4;', 'export const MOST_SENDS = 400;')],
  },
  {
    name: 'withdrawn-while-open',
    breaks: 'taken back while it may still take effect',
    edits: [
      inMachine(
        '    default:\n      return false;\n  }\n}\n\nfunction withdraw',
        '    default:\n      return true;\n  }\n}\n\nfunction withdraw',
      ),
      inMachine(
        "const isDecided = now.attempt === 0 || now.state === 'NEEDS_CLERK' || now.state === 'QUARANTINED';",
        'const isDecided = true;',
      ),
    ],
  },
  {
    name: 'withdrawn-without-proof',
    breaks: 'what was turned away counts as never received',
    edits: [
      inMachine(
        "const isDecided = now.attempt === 0 || now.state === 'NEEDS_CLERK' || now.state === 'QUARANTINED';",
        'const isDecided = true;',
      ),
    ],
  },
  {
    name: 'unreadable-withdrawn-while-open',
    breaks: 'a record that does not open is given up while its send may take effect',
    edits: [
      inMachine(
        "    case 'QUARANTINED':\n      return now.attempt === 0 || isPastHorizon(now, nowMs);",
        "    case 'QUARANTINED':\n      return true;",
      ),
    ],
  },
  {
    name: 'wish-to-have-it-back-forgotten',
    breaks: 'taken back, then sent',
    edits: [
      inMachine(
        "  if (now.wantsOut !== null)\n    return mayBeThere(now) ? to(now, 'NEEDS_CLERK', 'not-confirmed') : to(now, 'ABANDONED', now.wantsOut);\n",
        '',
      ),
      inMachine('next: { ...now, wantsOut: code, confirmedAtMs: null }', 'next: { ...now, wantsOut: code }'),
    ],
  },
  {
    name: 'verdict-without-a-reader',
    breaks: 'who reached nobody past the horizon says not done',
    edits: [
      inMachine(
        '      // The horizon counts time with a connection: who reached nobody gives no verdict (safety.md, I5).\n',
        "      if (wasReadPastHorizon(now)) return to(read, 'NEEDS_CLERK', 'not-done');\n",
      ),
    ],
  },
  {
    name: 'waits-for-another-sitting',
    breaks: 'a read-back that is not permitted is never tried again in this sitting',
    edits: [
      inMachine(
        "      return wasReadPastHorizon(now) && context.mayAct\n        ? to(read, 'NEEDS_CLERK', 'read-back-failed')\n        : waitForReadBack(read, now.code, nowMs);",
        "      return { next: { ...now, state: 'UNKNOWN', heldInSitting: context.sitting, dueAtMs: null }, command: 'none' };",
      ),
    ],
  },
  {
    name: 'never-to-the-clerk',
    breaks: 'a read-back that is never readable never ends',
    edits: [
      inMachine(
        "    case 'not-readable':\n      return wasReadPastHorizon(now)\n        ? to(read, 'NEEDS_CLERK', 'read-back-failed')\n        : waitForReadBack(read, now.code, nowMs);",
        "    case 'not-readable':\n      return to(read, 'UNKNOWN', now.code);",
      ),
      inRules('export const UNREACHED_RETRY_MS = 60_000;', 'export const UNREACHED_RETRY_MS = 60_000_000;'),
    ],
  },
  {
    name: 'record-that-does-not-open-sent',
    breaks: 'QUARANTINED gets a turn',
    edits: [
      inMachine(
        "const isWaiting = now.state === 'QUEUED' ||",
        "const isWaiting = now.state === 'QUARANTINED' || now.state === 'QUEUED' ||",
      ),
      inEngine("return (state === 'WAITING' || state === 'HELD') && isTime;", 'return isTime;'),
    ],
  },
  {
    name: 'letter-sent',
    breaks: 'a letter is sent like a write',
    edits: [
      inMachine(
        "if (ACTION_RULES[now.action].isForPerson) return to(now, 'NEEDS_CLERK', 'letter-ready');",
        '',
      ),
    ],
  },
  {
    name: 'own-effect-taken-for-a-change',
    breaks:
      'a check that finds our own effect says that somebody changed it: then it is given up as not done',
    edits: [
      inMachine(
        "        ? { ...to(now, 'APPLIED', ''), result: finding.result }",
        "        ? to(now, 'REJECTED', 'changed-before-sending')",
      ),
    ],
  },
  {
    name: 'refusal-of-a-check-final',
    breaks: 'what was sent before is called refused when a later check is refused',
    edits: [
      inMachine(
        "return to(now, now.attempt === 0 ? 'REJECTED' : 'NEEDS_CLERK', finding.code);",
        "return to(now, 'REJECTED', finding.code);",
      ),
    ],
  },
  {
    name: 'change-after-sending-taken-for-no',
    breaks: 'a version that has moved to something else is called refused',
    edits: [
      inMachine(
        "    case 'changed-otherwise':\n      return to(read, 'NEEDS_CLERK', truth.code ?? 'changed-meanwhile');",
        "    case 'changed-otherwise':\n      return to(read, 'REJECTED', 'changed-meanwhile');",
      ),
    ],
  },
  {
    name: 'upload-sent-again',
    breaks: 'what has no pin is sent again by itself, like what has one',
    edits: [inMachine("  if (hasNoPin(now)) return to(now, 'NEEDS_CLERK', 'not-confirmed');\n", '')],
  },
  {
    name: 'document-id-not-kept',
    breaks: 'the id of an uploaded file is used and never written down',
    edits: [
      inMachine('result === undefined ? step : { ...step, result };', 'result === undefined ? step : step;'),
    ],
  },
  {
    name: 'known-name-taken-for-no',
    breaks: 'a file whose name e-RS knows already was not uploaded by us',
    edits: [
      inMachine(
        "if (saysNothingOfEarlierSends(now) || (hasNoPin(now) && code === 'DUPLICATE_FILENAME'))",
        'if (hasNoPin(now) && now.attempt > MOST_SENDS)',
      ),
    ],
  },
  {
    name: 'referral-cancelled-from-the-queue',
    breaks:
      'the end of a referral is sent after any wait but that for a connection, on the word from before it',
    edits: [inRules("readonly OutboxAction[] = ['cancel-referral'];", 'readonly OutboxAction[] = [];')],
  },
];
