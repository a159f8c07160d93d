/** Wrong versions of the rules of the latest writes: referring, reviewing, advice and guidance. */
import {
  inFindCreated,
  inMachine,
  inModelActions,
  inModelReviewing,
  inProofs,
  inRules,
  type Mutant,
} from './mutant.ts';

export const LATEST_MUTANTS: readonly Mutant[] = [
  {
    name: 'creation-resent',
    breaks: 'what is made anew is treated as if it had a pin, and goes out again by itself',
    edits: [
      inRules(
        "const UNPINNED: ActionRule = { ...PINNED, pin: 'none', isResent: false };",
        'const UNPINNED: ActionRule = { ...PINNED };',
      ),
    ],
  },
  {
    name: 'creation-not-asked-again',
    breaks: 'what is made anew goes out after a wait for a connection without another word',
    edits: [inRules('{ ...UNPINNED, confirmsAfterWaiting: true }', '{ ...UNPINNED }')],
  },
  {
    name: 'rejection-not-asked-again',
    breaks: 'a rejection goes out after a wait for a connection without another word',
    edits: [
      inRules(
        "'reject-referral': { ...AT_PROVIDER, confirmsAfterWaiting: true }",
        "'reject-referral': AT_PROVIDER",
      ),
    ],
  },
  {
    name: 'no-provider-in-rejections',
    breaks: 'the rule of rejections says that no provider system takes part',
    edits: [
      inRules(
        "'reject-referral': { ...AT_PROVIDER, confirmsAfterWaiting: true }",
        "'reject-referral': { ...PINNED, confirmsAfterWaiting: true }",
      ),
    ],
  },
  {
    name: 'conversion-resent',
    breaks: 'a referral is made of a request for advice again by itself',
    edits: [inRules("pin: 'advice', isResent: false, confirms", "pin: 'advice', isResent: true, confirms")],
  },
  {
    name: 'taken-back-without-proof',
    breaks: 'what has no pin is called taken back though its send may have taken effect',
    edits: [inMachine('return mayBeThere(now) ?', 'return mayBeThere(now) && now.attempt > 9 ?')],
  },
  {
    name: 'unpinned-settled-by-its-code',
    breaks: 'what has no pin may be taken back at once because something else changed',
    edits: [
      inMachine(
        '!hasNoPin(now) && SETTLED.includes(now.code)',
        "(SETTLED.includes(now.code) || now.code === 'similar-referral')",
      ),
    ],
  },
  {
    name: 'similar-is-ours',
    breaks: 'a referral of that patient to that service is ours, whoever made it',
    edits: [
      inFindCreated("return isAtService ? 'similar' : 'other';", "return isAtService ? 'ours' : 'other';"),
    ],
  },
  {
    name: 'pathway-start-by-the-second',
    breaks: 'the moment by which a referral is known again is compared to the second only',
    edits: [
      inFindCreated(
        'isSameInstant(pathwayStart, intent.pathwayStart)',
        'pathwayStart.slice(0, 19) === intent.pathwayStart.slice(0, 19)',
      ),
    ],
  },
  {
    name: 'answered-ubrn-not-kept',
    breaks: 'the UBRN that e-RS answered is not written down',
    edits: [
      inModelActions(
        "return { kind: 'accepted', result: keptOf(outcome.value) };",
        "return { kind: 'accepted' };",
      ),
    ],
  },
  {
    name: 'review-list-not-asked',
    breaks: 'a booked referral that has moved on was accepted',
    edits: [
      inModelReviewing('if (list.value) return done(OTHERWISE);', 'if (list.value) return done(OURS);'),
    ],
  },
  {
    name: 'accepted-appointment-not-compared',
    breaks: 'the acceptance of another appointment is ours',
    edits: [
      inProofs("    !isKnownOther(appointmentId, intent.appointmentId ?? appointmentId ?? '') &&\n", ''),
      inProofs('    isSameStart\n  );', '    (isSameStart || !isSameStart)\n  );'),
    ],
  },
  {
    name: 'rejection-comment-not-compared',
    breaks: 'a rejection with other words is ours',
    edits: [
      inProofs('if (state !== null) return state.comments === comment;', 'if (state !== null) return true;'),
    ],
  },
  {
    name: 'review-words-not-compared',
    breaks: 'the same outcome with other words is ours',
    edits: [
      inProofs(
        'return hasOutcome(referral, outcome) && said === comment;',
        "return hasOutcome(referral, outcome) && said !== '';",
      ),
    ],
  },
  {
    name: 'review-outcome-not-compared',
    breaks: 'another outcome with the same words is ours',
    edits: [
      inProofs(
        'return hasOutcome(referral, outcome) && said === comment;',
        'return outcome !== undefined && said === comment;',
      ),
    ],
  },
  {
    name: 'letters-only-counted',
    breaks: 'as many letters are the same letters',
    edits: [inProofs('  return renamed.every(', '  return renamed.length >= 0 || renamed.every(')],
  },
  {
    name: 'further-letters-allowed',
    breaks: 'a letter too many is no matter',
    edits: [
      inProofs(
        'if (left.length !== wanted.length) return false;',
        'if (left.length < wanted.length) return false;',
      ),
    ],
  },
  {
    name: 'letters-by-name-alone',
    breaks: 'a letter of that name is that letter',
    edits: [
      inProofs(
        'letter.title === name && letter.description === description',
        "letter.title === name && description !== '\\0'",
      ),
    ],
  },
  {
    name: 'seen-messages-not-left-out',
    breaks: 'what the provider had said before is what was asked for now',
    edits: [inProofs('    !intent.knownMessages.includes(id) &&\n', "    id !== '' &&\n")],
  },
  {
    name: 'message-of-anybody',
    breaks: 'the same words of the referrer are ours',
    edits: [inProofs("    sentBy.code === 'RESPONDER' &&\n", "    sentBy.code !== '' &&\n")],
  },
  {
    name: 'message-words-not-compared',
    breaks: 'whatever the provider says is ours',
    edits: [inProofs('    saysSame(text, intent.guidance)\n', "    text !== ''\n")],
  },
  {
    name: 'conversion-words-not-compared',
    breaks: 'a referral that another desk made of the request is ours',
    edits: [inProofs('    comment === intent.comment\n  );', "    comment !== '\\0'\n  );")],
  },
];
