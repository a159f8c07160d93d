import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import type { Referral } from '../model.ts';
import type { Framing, Operation } from '../operation.ts';
import { PROVIDER_CLINICAL } from '../roles.ts';
import { framePinnedWrite, inBothDialects, PAS_WRITE_TIMEOUT_MS, type PinnedReferral } from './framing.ts';

export type A013Input = PinnedReferral;

const NAME = '$ers.acceptReferral';

const readNoBody = (body: unknown) => (body === undefined || body === null ? {} : null);

/**
 * Accepts a booked referral after its review: the appointment stays, the review is closed (contract.md A013). `If-Match`
 * with the referral's version is the pin; there is no body. No A029 code announces it: state, list and role decide. The
 * answer is the referral as it is afterwards, still BOOKED, so only its version tells that something happened.
 */
export const a013AcceptReferral: Operation<A013Input, Referral> = {
  id: 'A013',
  name: 'Accept referral',
  kind: 'write',
  roles: PROVIDER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: {
    INVALID_REQUEST_STATE: 'reread',
    NO_RELATIONSHIP: 'tell',
    PATIENT_ERROR: 'block-patient',
    PATIENT_SENSITIVE: 'block-patient',
    NO_SUCH_REQUEST: 'tell',
    INVALID_REQUEST_TYPE: 'tell',
    REFERRAL_LOCKED: 'wait',
    VERSION_CONFLICT: 'reread',
    TECHNICAL_ERROR: 'reread',
  },
  dialects: inBothDialects((_stu3, dialect) => {
    const framing = framePinnedWrite(dialect, NAME, () => undefined, readNoBody);
    return dialect === 'spine-session' ? withMediaType(framing) : framing;
  }),
  read: (reply) => readOne(reply.json),
  echoes: (referral, input) =>
    referral.ubrn === input.ubrn &&
    referral.version > input.version &&
    referral.status === 'active' &&
    referral.appointment?.status === 'booked',
};

const readOne = readAs('referral', readReferral);

/** The 2021 page names the media type although nothing is sent. */
function withMediaType(framing: Framing<A013Input>): Framing<A013Input> {
  return {
    ...framing,
    build: (input) => {
      const request = framing.build(input);
      return { ...request, headers: { ...request.headers, 'Content-Type': 'application/fhir+json' } };
    },
  };
}
