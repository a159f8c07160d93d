import { readReferral } from '../fhir/referral.ts';
import { readAs } from '../fhir/shape.ts';
import type { Referral } from '../model.ts';
import type { Operation } from '../operation.ts';
import { REFERRER_CLINICAL } from '../roles.ts';
import { frameCreation, type A011Input } from './a011-create-body.ts';
import { CREATION_REFUSALS, isCreatedFrom } from './a011-create-referral.ts';
import { PAS_WRITE_TIMEOUT_MS } from './framing.ts';

/** As A011, with exactly one triage service, no reminder (0 days) and NEED_TO_ADD_LATER. */
export type A021Input = A011Input;

/**
 * Creates a referral and sends it to a triage service in one step (contract.md section 7, A021): the only way in the
 * spine dialect, whose A016 knows no triage; deprecated on the platform for A011 and A016. No pin, as A011.
 */
export const a021CreateReferralAndSendForTriage: Operation<A021Input, Referral> = {
  id: 'A021',
  name: 'Create referral and send for triage',
  kind: 'write',
  roles: REFERRER_CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: PAS_WRITE_TIMEOUT_MS,
  refusals: CREATION_REFUSALS,
  dialects: frameCreation(
    '$ers.createReferralAndSendForTriage',
    'eRS-CreateReferralAndSendForTriage-Parameters-1',
  ),
  read: (reply) => readOne(reply.json),
  echoes: isCreatedFrom,
};

const readOne = readAs('referral', readReferral);
