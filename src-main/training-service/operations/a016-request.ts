/** The body of A016 and the rules of its shape (contract.md A016). */
import { parseInstant } from '../../contract/london-time.ts';
import { isSpine, type Call, type Refusal } from '../service-types.ts';
import { at, listAt, textAt } from '../wire/read-body.ts';
import { codeSystem } from '../wire/systems.ts';
import {
  bad,
  checkFixedFields,
  readParticipants,
  readReference,
  refuseShape,
  type Participants,
} from './appointment-request.ts';

export interface BookingRequest extends Participants {
  readonly status: 'booked' | 'proposed';
  readonly ubrn: string;
  readonly version: number;
  readonly slotIds: readonly string[];
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly hasTimes: boolean;
  /** The code of a ReviewReason; null without any reason. */
  readonly reason: string | null;
  readonly comment: string;
}

const REVIEW_REASONS = ['NO_SLOTS_AT_SERVICE', 'SLOT_NOT_AVAILABLE', 'BOOKING_ATTEMPT_PROBLEM', 'TRIAGE'];
/** 2021 says at most 1000 characters. */
const LONGEST_COMMENT = 1000;

function checkShape(call: Call): Refusal | null {
  const { body } = call;
  if (textAt(body, 'resourceType') !== 'Appointment') return refuseShape(call);
  if (!isSpine(call) && at(body, 'id') === undefined) return bad('MISSING_VALUE', 'id');
  if (!isSpine(call) && at(body, 'id') !== 'appointment') return bad('INVALID_VALUE', 'id');
  if (at(body, 'language') !== 'en') return bad('INVALID_VALUE', 'language');
  return checkFixedFields(call, ['booked', 'proposed']);
}

function readReason(body: unknown): string | null | Refusal {
  const reasons = listAt(body, 'reason');
  if (reasons.length === 0) return null;
  const system = textAt(reasons[0], 'coding', 0, 'system');
  const code = textAt(reasons[0], 'coding', 0, 'code') ?? '';
  const isOne = reasons.length === 1 && listAt(reasons[0], 'coding').length === 1;
  if (!isOne || system !== codeSystem('eRS-ReviewReason-1')) return bad('INVALID_VALUE', 'reason[0]');
  return REVIEW_REASONS.includes(code) ? code : bad('INVALID_CODE', 'reason[0]');
}

function readSlots(body: unknown): string[] | Refusal {
  const ids: string[] = [];
  for (const slot of listAt(body, 'slot')) {
    const id = /^Slot\/([A-Za-z0-9\-.]{1,64})$/.exec(textAt(slot, 'reference') ?? '')?.[1];
    if (id === undefined) return bad('INVALID_VALUE', 'slot[0].reference');
    ids.push(id);
  }
  return ids;
}

const instantAt = (body: unknown, name: string): number | null => parseInstant(textAt(body, name) ?? '');

/** The request, or the refusal of its shape. */
export function readBookingRequest(call: Call): BookingRequest | Refusal {
  const { body } = call;
  const refusal = checkShape(call);
  if (refusal) return refusal;
  const reference = readReference(body);
  if ('isRefusal' in reference) return reference;
  const participants = readParticipants(call);
  if ('isRefusal' in participants) return participants;
  const reason = readReason(body);
  if (reason !== null && typeof reason !== 'string') return reason;
  const slotIds = readSlots(body);
  if ('isRefusal' in slotIds) return slotIds;
  const comment = textAt(body, 'comment') ?? '';
  if (comment.length > LONGEST_COMMENT) return bad('INVALID_VALUE', 'comment');
  return {
    status: at(body, 'status') === 'booked' ? 'booked' : 'proposed',
    ...reference,
    ...participants,
    slotIds,
    startMs: instantAt(body, 'start'),
    endMs: instantAt(body, 'end'),
    hasTimes: at(body, 'start') !== undefined || at(body, 'end') !== undefined,
    reason,
    comment,
  };
}
