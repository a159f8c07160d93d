import { randomUUID } from 'node:crypto';
import type { OpenReferral } from '../referral/referral.ts';
import { intentTarget } from './intent-target.ts';
import type { LetterIntent } from './record-schemas.ts';

/** A letter to fetch and print when there is a connection; its version pins nothing, for it changes nothing. */
export function letterIntentOf(open: OpenReferral): LetterIntent {
  const { appointment, shortlist } = open.referral;
  const serviceId = appointment?.serviceId ?? shortlist[0]?.serviceId ?? '0';
  return { action: 'letter', intentId: randomUUID(), ...intentTarget(open, serviceId) };
}
