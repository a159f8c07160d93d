import type { AuditEntry } from '../../app/ports.ts';
import type { Facts } from '../../contract/outcome.ts';
import type { Intent, IntentOwner } from './record-schemas.ts';

const RESOURCES: Readonly<Record<Intent['action'], string>> = {
  book: 'Appointment Request',
  defer: 'Appointment Request',
  'cancel-later': 'Referral Request',
  'cancel-appointment': 'Appointment Request',
  'cancel-referral': 'Referral Request',
  'change-shortlist': 'Referral Request',
  'send-for-triage': 'Appointment Request',
  'upload-file': 'Clinical Attachment',
  letter: 'Patient Letter',
};

export interface AuditedStep {
  readonly state: string;
  readonly code: string;
  readonly correlationId: string;
  readonly attempt: number;
}

/** The audit entry of a step of an intent, written in the transaction of the step (contract.md section 12). */
export function intentEntry(host: string, owner: IntentOwner, intent: Intent, step: AuditedStep): AuditEntry {
  return {
    type: `Outbox ${intent.action} ${step.state}`,
    method: step.state === 'SENDING' ? 'POST' : 'LOCAL',
    resource: RESOURCES[intent.action],
    ubrn: intent.ubrn,
    nhsNumber: intent.nhsNumber,
    userId: owner.userId,
    onBehalfOf: owner.onBehalfOf,
    organisation: owner.organisation,
    businessFunction: owner.businessFunction,
    correlationId: step.correlationId,
    host,
    outcome: step.code,
    facts: { intentId: intent.intentId, attempt: step.attempt, ...factsOf(intent) },
  };
}

function factsOf(intent: Intent): Facts {
  const pinned = { pinnedVersion: intent.pinnedVersion };
  switch (intent.action) {
    case 'book':
      return { ...pinned, slotId: intent.slots.map(({ slotId }) => slotId).join(' ') };
    case 'defer':
      return { ...pinned, reason: intent.reason, slotId: intent.slotId ?? '' };
    case 'cancel-appointment':
      return { ...pinned, appointmentVersion: intent.appointmentVersion, reason: intent.reason.code };
    case 'cancel-referral':
      return { ...pinned, reason: intent.reason.code };
    case 'change-shortlist':
      return { ...pinned, services: intent.services.map(({ serviceId }) => serviceId).join(' ') };
    case 'upload-file':
      return { mediaType: intent.mediaType };
    case 'cancel-later':
    case 'send-for-triage':
    case 'letter':
      return pinned;
  }
}

/** A row whose record does not open: whose it is and what it asks is sealed, so the trail names the row alone. */
export function quarantineEntry(host: string, intentId: string): AuditEntry {
  return {
    type: 'Outbox QUARANTINED',
    method: 'LOCAL',
    resource: 'Appointment Request',
    ubrn: '',
    nhsNumber: '',
    userId: '',
    onBehalfOf: '',
    organisation: '',
    businessFunction: '',
    correlationId: '',
    host,
    outcome: 'record-not-readable',
    facts: { intentId },
  };
}

/** Such a row, taken back: by whom and why. */
export function droppedEntry(host: string, intentId: string, owner: IntentOwner, reason: string): AuditEntry {
  return { ...quarantineEntry(host, intentId), ...owner, type: 'Outbox ABANDONED', outcome: reason };
}
