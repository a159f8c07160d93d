import type { AuditEntry } from '../../app/ports.ts';
import type { Facts } from '../../contract/outcome.ts';
import { newUbrnOf } from './new-ubrn.ts';
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
  'create-referral': 'Referral Request',
  'create-and-triage': 'Referral Request',
  'maintain-letter': 'Clinical Attachment',
  'accept-referral': 'Referral Request',
  'reject-referral': 'Referral Request',
  'record-review': 'Referral Request',
  'send-advice': 'Advice and Guidance Request',
  'convert-advice': 'Referral Request',
  'request-advice': 'Advice and Guidance Request',
};

export interface AuditedStep {
  readonly state: string;
  readonly code: string;
  readonly correlationId: string;
  readonly attempt: number;
  /** When the person asked for it, and when it was sent last; empty while it was not. */
  readonly askedAt: string;
  readonly sentAt: string;
  /** What the step found: of what is new, its UBRN. */
  readonly result?: string | null;
  /** The version of the referral by which it was proven; of a step that ends it. */
  readonly versionAfter?: number | null;
}

/** The audit entry of a step of an intent, written in the transaction of the step (contract.md section 12). */
export function intentEntry(host: string, owner: IntentOwner, intent: Intent, step: AuditedStep): AuditEntry {
  return {
    type: `Outbox ${intent.action} ${step.state}`,
    method: step.state === 'SENDING' ? 'POST' : 'LOCAL',
    resource: RESOURCES[intent.action],
    ubrn: intent.ubrn || newUbrnOf(intent, step.result ?? null) || '',
    nhsNumber: intent.nhsNumber,
    userId: owner.userId,
    onBehalfOf: owner.onBehalfOf,
    organisation: owner.organisation,
    businessFunction: owner.businessFunction,
    correlationId: step.correlationId,
    host,
    outcome: step.code,
    facts: {
      intentId: intent.intentId,
      attempt: step.attempt,
      ...timesOf(step),
      ...factsOf(intent),
      ...afterOf(step),
    },
  };
}

const afterOf = ({ versionAfter }: AuditedStep): Facts => (versionAfter == null ? {} : { versionAfter });

const timesOf = ({ askedAt, sentAt }: AuditedStep): Facts =>
  sentAt === '' ? { askedAt } : { askedAt, sentAt };

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
    case 'reject-referral':
      return { ...pinned, reason: intent.reason.code };
    case 'change-shortlist':
      return { ...pinned, services: intent.services.map(({ serviceId }) => serviceId).join(' ') };
    case 'create-referral':
    case 'create-and-triage':
      return { services: intent.services.map(({ serviceId }) => serviceId).join(' ') };
    case 'request-advice':
      return { services: intent.serviceId };
    case 'record-review':
    case 'send-advice':
      return { ...pinned, reason: intent.outcome };
    case 'maintain-letter':
      return { ...pinned, letters: intent.keeps.length + (intent.uploads ?? []).length };
    case 'upload-file':
      return { attachmentType: intent.mediaType, fileName: intent.name };
    case 'cancel-later':
    case 'send-for-triage':
    case 'accept-referral':
    case 'convert-advice':
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
