/** What e-RS states of the invented referral of `intents.ts`, as the client gives it. */
import type {
  AppointmentId,
  NhsNumber,
  OdsCode,
  ServiceId,
  SlotId,
  Ubrn,
} from '../../src-main/contract/identifiers.ts';
import type { AppointmentRecord, Referral } from '../../src-main/ers/model.ts';
import { makeSlot, NHS_NUMBER, UBRN } from './intents.ts';

const slot = makeSlot();

/** The appointment that `makeBook` asks for, booked. */
export const makeAppointment = (changes: Partial<AppointmentRecord> = {}): AppointmentRecord => ({
  id: '70001' as AppointmentId,
  version: 0,
  status: 'booked',
  reason: null,
  comment: '',
  serviceId: '11000' as ServiceId,
  serviceName: 'General Cardiology Clinic',
  nhsNumber: NHS_NUMBER as NhsNumber,
  clinicianId: null,
  start: slot.start,
  end: slot.end,
  slotId: slot.slotId as SlotId,
  created: '2026-11-18T08:27:00.000Z',
  referral: { ubrn: UBRN as Ubrn, version: 7 },
  ...changes,
});

/** The referral at the version that the intents are pinned to. */
export const makeReferral = (changes: Partial<Referral> = {}): Referral => ({
  ubrn: UBRN as Ubrn,
  version: 5,
  status: 'active',
  nhsNumber: NHS_NUMBER as NhsNumber,
  state: { code: 'NOT_BOOKED', display: 'Not booked', reason: null, comments: '' },
  priority: { code: 'ROUTINE', display: 'Routine' },
  specialty: null,
  shortlist: [{ serviceId: '11000' as ServiceId, name: 'General Cardiology Clinic' }],
  commissioningOrg: 'R69' as OdsCode,
  appointment: null,
  appointmentId: null,
  attachments: [],
  additionalRequirements: [],
  relatedReferrals: [],
  pathwayStart: null,
  ...changes,
});
