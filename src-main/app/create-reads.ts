/** The features that read e-RS and PDS, over one cache of what was read lately. */
import type { PatientDetails } from '../contract/channels/patient.ts';
import type { NhsNumber, Ubrn } from '../contract/identifiers.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { ErsClient } from '../ers/client.ts';
import type { Referral } from '../ers/model.ts';
import { createAttachments, type AttachmentsFeature } from '../features/attachments/attachments.ts';
import { createFileFetcher } from '../features/attachments/fetch-file.ts';
import type { CallAudit } from '../features/audit/call-audit.ts';
import { createPatient, createPdsDirectory, type PatientFeature } from '../features/patient/patient.ts';
import { createReadCache, type ReadCache } from '../features/read-cache/read-cache.ts';
import { createReferenceData, type ReferenceData } from '../features/read-cache/reference-data.ts';
import { reviewItemOf } from '../features/referral/gates.ts';
import { createReferral, type OpenReferral, type ReferralFeature } from '../features/referral/referral.ts';
import type { Desk } from '../features/session/session.ts';
import { createSlots, type SlotsFeature } from '../features/slots/slots.ts';
import { createWorklist, type WorklistFeature } from '../features/worklist/worklist.ts';
import type { Ports } from './ports.ts';

export interface Reads {
  readonly readCache: ReadCache;
  readonly reference: ReferenceData;
  readonly patient: PatientFeature;
  /** PDS itself, nothing remembered: for what must not be decided on what was. */
  readonly readPatientNow: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly worklist: WorklistFeature;
  readonly referral: ReferralFeature;
  readonly slots: SlotsFeature;
  readonly attachments: AttachmentsFeature;
  /** A file of e-RS by the dialect's own way (A042, A006). */
  readonly fetchFile: ReturnType<typeof createFileFetcher>;
  /** What was read goes with the person who read it. */
  readonly forget: () => void;
}

interface Parts {
  readonly ports: Ports;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  readonly isOffline: () => boolean;
  readonly callAudit: CallAudit;
  /** Shown by something else than a list of e-RS, and therefore to be opened without a second identifier. */
  readonly isShownElsewhere: (ubrn: string) => boolean;
  /** A patient's referrals in the lists that the desk itself keeps. */
  readonly ubrnsKept: (nhsNumber: string) => string[];
  readonly onRead: (referral: Referral) => void;
  readonly onOpened: (open: OpenReferral) => void;
  readonly onListShown: () => void;
}

export function createReads(parts: Parts): Reads {
  const { ports, client, desk, isOffline, callAudit } = parts;
  const { settings, clock, log, storage } = ports;
  const directory =
    ports.patientDirectory ?? createPdsDirectory({ client, clock, dialect: settings.dialect });
  const readCache = createReadCache({ storage, clock, log, service: settings.baseUrl });
  const reading = { client, clock, desk, cache: readCache, isOffline };
  const patient = createPatient({ ...reading, directory, ubrnsOf: (number) => worklist.ubrnsOf(number) });
  const reference = createReferenceData(reading);
  const worklist = createWorklist({
    ...reading,
    readReference: reference.read,
    onShown: parts.onListShown,
  });
  const referral = createReferral({
    ...reading,
    readPatient: patient.readDetails,
    isListed: (ubrn) => worklist.isListed(ubrn) || parts.isShownElsewhere(ubrn),
    onRead: parts.onRead,
    onOpened: parts.onOpened,
    ubrnsOf: (number) => [...new Set([...worklist.ubrnsOf(number), ...parts.ubrnsKept(number)])] as Ubrn[],
    reviewItemOf: (ubrn) => reviewItemOf(worklist, ubrn),
    historyOf: (ubrn) => callAudit.historyOf(ubrn),
    auditRefusal: callAudit.recordLocalEvent,
  });
  const slots = createSlots({ ...reading, opened: referral.opened });
  const fetchFile = createFileFetcher({
    client,
    network: ports.network,
    clock,
    log,
    baseUrl: settings.baseUrl,
  });
  const attachments = createAttachments({
    client,
    clock,
    desk,
    opened: referral.opened,
    fetchFile,
    files: ports.files,
    auditEvent: callAudit.recordLocalEvent,
  });
  return {
    ...{ readCache, reference, patient, worklist, referral, slots, attachments, fetchFile },
    readPatientNow: (nhsNumber) => directory.read(nhsNumber, 'clerk'),
    forget: () =>
      [worklist, referral, slots, attachments, reference, patient].forEach((feature) => feature.forget()),
  };
}
