/** Wrong versions of what an answer means and of what proves an effect. */
import { inAnswer, inModelActions, inOutcomes, inProofs, type Mutant } from './mutant.ts';

const SAME_VERSION = "return found.version === intent.pinnedVersion ? 'unchanged' : 'moved';";
const KNOWN_OTHER = 'if (isKnownOther(appointment.nhsNumber, intent.nhsNumber)) return false;';
const OTHER_PATIENT = 'found.nhsNumber !== intent.nhsNumber || found.ubrn';
const TO_UNKNOWN = (find: string, replace: string) => inAnswer(find, replace);

export const PROOF_MUTANTS: readonly Mutant[] = [
  {
    name: 'version-not-compared',
    breaks: 'whatever the version, it is unchanged',
    edits: [inProofs(SAME_VERSION, "return 'unchanged';")],
  },
  {
    name: 'old-copy-taken-for-now',
    breaks: 'a copy from before the pin says that nothing happened',
    edits: [
      inProofs(
        "if (found.version < intent.pinnedVersion) return 'old-copy';",
        "if (found.version < intent.pinnedVersion) return 'unchanged';",
      ),
    ],
  },
  {
    name: 'old-copy-taken-for-a-move',
    breaks: 'a copy from before the pin says that somebody changed it',
    edits: [
      inProofs(
        "if (found.version < intent.pinnedVersion) return 'old-copy';",
        "if (found.version < intent.pinnedVersion) return 'moved';",
      ),
    ],
  },
  {
    name: 'slot-not-compared',
    breaks: 'another slot at the same time is ours',
    edits: [
      inProofs(
        'const isSameSlot = slotId === null ? !isWhole : slotId === wanted.slotId;',
        'const isSameSlot = slotId !== null || !isWhole;',
      ),
    ],
  },
  {
    name: 'times-not-compared',
    breaks: 'the slot at another time is ours',
    edits: [inProofs('    hasSameTimes &&\n', '    (hasSameTimes || start !== null) &&\n')],
  },
  {
    name: 'service-not-compared-booking',
    breaks: 'the same slot of another service is ours',
    edits: [
      inProofs(
        "    appointment.status === 'booked' &&\n    appointment.serviceId === intent.serviceId &&\n",
        "    appointment.status === 'booked' &&\n",
      ),
    ],
  },
  {
    name: 'service-not-compared-deferral',
    breaks: 'a deferral to another service is ours',
    edits: [
      inProofs(
        '    appointment.reason?.code === intent.reason &&\n    appointment.serviceId === intent.serviceId\n',
        '    appointment.reason?.code === intent.reason\n',
      ),
    ],
  },
  {
    name: 'patient-not-compared',
    breaks: 'what was done for another patient is ours',
    edits: [
      inProofs(OTHER_PATIENT, 'found.ubrn'),
      inProofs(KNOWN_OTHER, ''),
      inProofs(
        '    !isKnownOther(nhsNumber, intent.nhsNumber) &&\n',
        '    (nhsNumber === null || nhsNumber !== null) &&\n',
      ),
    ],
  },
  {
    name: 'patient-not-compared-cancelling',
    breaks: 'a cancellation for another patient is ours',
    edits: [inProofs("if (isKnownOther(appointment.nhsNumber, intent.nhsNumber)) return 'other';", '')],
  },
  {
    name: 'comment-not-compared',
    breaks: 'a cancellation for later with another comment is ours',
    edits: [
      inProofs(
        "if (status === 'proposed') return hasReason && comment === intent.comment;",
        "if (status === 'proposed') return hasReason;",
      ),
    ],
  },
  {
    name: 'reason-not-compared-deferral',
    breaks: 'a deferral for another reason is ours',
    edits: [inProofs('    appointment.reason?.code === intent.reason &&\n', '')],
  },
  {
    name: 'reason-not-compared-cancelling',
    breaks: 'a cancellation for another reason is ours',
    edits: [
      inProofs(
        "appointment.status === 'cancelled' && appointment.reason?.code === intent.reason.code;",
        "appointment.status === 'cancelled';",
      ),
    ],
  },
  {
    name: 'any-cancelled-is-ours',
    breaks: 'in the spine dialect whatever is cancelled was cancelled by us',
    edits: [
      inProofs(
        "return !isWhole && status === 'cancelled' && (isSilent || (hasReason && comment === intent.comment));",
        "return !isWhole && status === 'cancelled' && (isSilent || !isSilent);",
      ),
    ],
  },
  {
    name: 'status-not-compared',
    breaks: 'our slot that was cancelled again is booked',
    edits: [
      inProofs(
        "    appointment.status === 'booked' &&\n    appointment.serviceId",
        '    appointment.serviceId',
      ),
    ],
  },
  {
    name: 'server-fault-taken-for-no-effect',
    breaks: 'after a 5xx nothing can have happened',
    edits: [TO_UNKNOWN("    : { kind: 'unknown', code: named };", "    : { kind: 'not-sent' };")],
  },
  {
    name: 'server-fault-taken-for-an-answer',
    breaks: 'a 5xx is a refusal that one read-back settles',
    edits: [TO_UNKNOWN('return REFUSALS.includes(status)', 'return status >= 400')],
  },
  {
    name: 'lost-reply-taken-for-not-sent',
    breaks: 'a reply that never came means that nothing went out',
    edits: [
      TO_UNKNOWN(
        "    case 'lost':\n      return { kind: 'unknown', code: 'reply-lost' };",
        "    case 'lost':\n      return { kind: 'not-sent' };",
      ),
    ],
  },
  {
    name: 'unreadable-taken-for-not-sent',
    breaks: 'HTML and half a body mean that nothing went out',
    edits: [
      TO_UNKNOWN(
        "return { kind: 'unknown', code: `unreadable-${outcome.reason}` };",
        "return { kind: 'not-sent' };",
      ),
    ],
  },
  {
    name: 'unable-taken-for-no',
    breaks: 'UNABLE_TO_CONFIRM_APPOINTMENT is a refusal that one read-back settles',
    edits: [
      TO_UNKNOWN(
        "  if (code === 'UNABLE_TO_CONFIRM_APPOINTMENT' || code === 'UNABLE_TO_CANCEL_APPOINTMENT')\n    return { kind: 'unknown', code };\n",
        '',
      ),
    ],
  },
  {
    name: 'limit-taken-for-an-answer',
    breaks: 'a 429 after an open attempt is a refusal, without a look',
    edits: [
      TO_UNKNOWN(
        "return { kind: 'limited', retryMs: outcome.retryAfterMs };",
        "return { kind: 'not-in-dialect' };",
      ),
    ],
  },
  {
    name: 'other-success-taken-for-ours',
    breaks: 'a success for something else counts as lost by a refusal',
    edits: [
      TO_UNKNOWN(
        "{ kind: 'unknown', code: 'echo-differs' }",
        "{ kind: 'answered', code: 'echo-differs', status: 200 }",
      ),
    ],
  },
  {
    name: 'cancelled-appointment-unchanged',
    breaks: 'an appointment is unchanged whatever its version',
    edits: [
      inProofs("return appointment.status === 'booked' ? 'unchanged' : 'other';", "return 'unchanged';"),
      inProofs('if (version === intent.appointmentVersion)', 'if (version >= intent.appointmentVersion)'),
    ],
  },
  {
    name: 'refused-read-taken-for-unchanged',
    breaks: 'a read-back that e-RS refuses says that nothing happened',
    edits: [
      inOutcomes(
        "{ kind: 'not-readable', code: 'read-back-refused' }",
        "({ kind: 'unchanged' } as unknown as Unreached)",
      ),
    ],
  },
  {
    name: 'reason-not-compared-referral',
    breaks: 'a referral that was cancelled for another reason is ours',
    edits: [inProofs('    state.reason?.code === intent.reason.code &&\n', '')],
  },
  {
    name: 'comment-not-compared-referral',
    breaks: 'a referral that was cancelled with another comment is ours',
    edits: [
      inProofs(
        '    state.reason?.code === intent.reason.code &&\n    state.comments === intent.comment\n',
        '    state.reason?.code === intent.reason.code\n',
      ),
    ],
  },
  {
    name: 'order-not-compared-shortlist',
    breaks: 'the same services in another order of preference are ours',
    edits: [
      inProofs(
        'services.every(({ serviceId }, place) => shortlist[place]?.serviceId === serviceId)',
        'services.every((wanted) => shortlist.some(({ serviceId }) => serviceId === wanted.serviceId))',
      ),
    ],
  },
  {
    name: 'reason-not-compared-triage',
    breaks: 'a deferral to the service is our sending for triage',
    edits: [inProofs("reason?.code === 'TRIAGE' && ", '')],
  },
  {
    name: 'service-not-compared-triage',
    breaks: 'triage at another service is ours',
    edits: [
      inProofs("reason?.code === 'TRIAGE' && serviceId === intent.serviceId", "reason?.code === 'TRIAGE'"),
    ],
  },
  {
    name: 'size-not-compared-file',
    breaks: "somebody else's file of the same name is ours",
    edits: [inModelActions('title === FILE_NAME && bytes === FILE_BYTES', 'title === FILE_NAME')],
  },
];
