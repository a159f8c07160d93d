/** The services of the training world, each there to show one thing that a clerk will meet, and many of one kind. */
import type { Lane, Service, SlotPlan } from './model.ts';
import { MAIN_USER_ID, NAMED_CLINICIANS } from './staff.ts';

const [RUTH, ANIL, MAREK] = NAMED_CLINICIANS;
const R68_WORKGROUP = [MAIN_USER_ID, ...NAMED_CLINICIANS];

const SITES: Readonly<Record<string, { name: string; address: readonly string[] }>> = {
  R6801: { name: 'Northfield General Hospital', address: ['Infirmary Road', 'Northfield', 'ZZ1 9NG'] },
  R6802: { name: 'Willow Bridge Treatment Centre', address: ['Bridge Street', 'Willow Bridge', 'ZZ2 8WB'] },
  R6701: { name: 'Thornley Vale Hospital', address: ['Vale Road', 'Upper Thornley', 'ZZ4 7TV'] },
};

const open = (serviceId: string): Lane => ({ scheduleId: serviceId, clinicianId: null });
const named = (serviceId: string, clinicianId: string): Lane => ({
  scheduleId: `${serviceId}-${clinicianId}`,
  clinicianId,
});
const plan = (lanes: readonly Lane[], more: Partial<SlotPlan> = {}): SlotPlan => ({
  lanes,
  weeks: 10,
  slotsPerDay: 6,
  minutes: 30,
  ...more,
});

type Sketch = Pick<Service, 'id' | 'name' | 'kind' | 'specialty' | 'clinicType'> & Partial<Service>;

function makeService(sketch: Sketch): Service {
  const site = sketch.site ?? 'R6801';
  return {
    organisation: 'R68',
    site,
    siteName: SITES[site]?.name ?? '',
    address: SITES[site]?.address ?? [],
    slots: null,
    isWithdrawn: false,
    commissionedFor: ['R69', 'R70'],
    workgroup: R68_WORKGROUP,
    instructions: 'Please bring your appointment letter and a list of the medicines you take.',
    hours: 'Monday to Friday, 8:30am to 5pm',
    patientPhone: '01632 960100',
    takesAdvice: false,
    isLetterRequired: true,
    isMinimal: false,
    ...sketch,
  };
}

const DIRECTLY_BOOKABLE: readonly Sketch[] = [
  {
    id: '11000',
    name: 'General Cardiology Clinic',
    kind: 'directly-bookable',
    specialty: 'CARDIOLOGY',
    clinicType: 'NOT_OTHERWISE_SPECIFIED_CARDIOLOGY',
    slots: plan([open('11000')], { slotsPerDay: 8 }),
    takesAdvice: true,
  },
  {
    id: '11001',
    name: 'Heart Failure Clinic with named consultants',
    kind: 'directly-bookable',
    specialty: 'CARDIOLOGY',
    clinicType: 'HEART_FAILURE',
    slots: plan([named('11001', RUTH), named('11001', ANIL)]),
  },
  {
    id: '11002',
    name: 'Knee Clinic, Orthopaedics',
    kind: 'directly-bookable',
    specialty: 'ORTHOPAEDICS',
    clinicType: 'KNEE',
    site: 'R6802',
    slots: plan([open('11002'), named('11002', MAREK)], { minutes: 20 }),
  },
  {
    // One schedule's id names a clinician that its actors do not; the other is the reverse (section 16).
    id: '11003',
    name: 'Ear Clinic, Ear, Nose and Throat',
    kind: 'directly-bookable',
    specialty: 'EAR_NOSE_THROAT',
    clinicType: 'EAR',
    slots: plan([
      { scheduleId: `11003-${ANIL}`, clinicianId: null },
      { scheduleId: '11003', clinicianId: ANIL },
    ]),
  },
  {
    id: '11004',
    name: 'General Dermatology Clinic',
    kind: 'directly-bookable',
    specialty: 'DERMATOLOGY',
    clinicType: 'NOT_OTHERWISE_SPECIFIED_DERMATOLOGY',
    takesAdvice: true,
    slots: plan([open('11004'), named('11004', RUTH), named('11004', MAREK)], {
      weeks: 26,
      total: 5000,
      minutes: 20,
      hasClockChangeWeeks: true,
    }),
  },
  {
    id: '11005',
    name: 'Inflammatory Bowel Disease Clinic',
    kind: 'directly-bookable',
    specialty: 'GI_AND_LIVER',
    clinicType: 'IBD',
    slots: plan([open('11005')], { slotsPerDay: 0 }),
  },
  {
    id: '11006',
    name: 'Cataract Clinic, Ophthalmology',
    kind: 'directly-bookable',
    specialty: 'OPHTHALMOLOGY',
    clinicType: 'CATARACT',
    slots: plan([open('11006')], { hasDummySlots: true }),
    instructions:
      'Slots at 7:00am are dummy slots: book them only when no other suits. Do not attend at 7:00am. ' +
      'The clinic will telephone the patient with the real date and time.',
  },
  {
    id: '11007',
    name: 'Sleep Apnoea Clinic, overnight',
    kind: 'directly-bookable',
    specialty: 'SLEEP_MEDICINE',
    clinicType: 'SLEEP_APNOEA',
    site: 'R6802',
    slots: plan([open('11007')], {
      weeks: 6,
      slotsPerDay: 4,
      hasClockChangeWeeks: true,
      hasNightSlots: true,
    }),
    hours: 'Open all night',
  },
  {
    id: '11008',
    name: 'Menstrual Disorders Clinic, Gynaecology',
    kind: 'directly-bookable',
    specialty: 'GYNAECOLOGY',
    clinicType: 'MENSTRUAL_DISORDERS',
    slots: plan([open('11008')], { urgentEvery: 3 }),
  },
  {
    id: '11009',
    name: 'Headache Clinic, Neurology',
    kind: 'directly-bookable',
    specialty: 'NEUROLOGY',
    clinicType: 'HEADACHE',
    slots: plan([open('11009')]),
    isWithdrawn: true,
  },
  {
    // Another trust's: neither R69 nor the R68 workgroup has anything to do with it.
    id: '11010',
    name: 'Thornley Respiratory Clinic',
    kind: 'directly-bookable',
    specialty: 'RESPIRATORY_MEDICINE',
    clinicType: 'NOT_OTHERWISE_SPECIFIED_RESPIRATORY',
    organisation: 'R67',
    site: 'R6701',
    slots: plan([open('11010')]),
    commissionedFor: ['R70'],
    workgroup: [],
    takesAdvice: true,
  },
];

const OTHERS: readonly Sketch[] = [
  {
    id: '12000',
    name: 'Musculoskeletal Physiotherapy',
    isLetterRequired: false,
    kind: 'indirectly-bookable',
    specialty: 'PHYSIOTHERAPY',
    clinicType: 'MUSCULOSKELETAL',
    instructions: 'The patient telephones to book: 01632 960120.',
    patientPhone: '01632 960120',
  },
  {
    id: '12001',
    name: 'Hearing Aid Clinic',
    kind: 'indirectly-bookable',
    specialty: 'AUDIOLOGY',
    clinicType: 'HEARING_AIDS',
    site: 'R6802',
    isMinimal: true,
  },
  {
    id: '13000',
    name: 'Cardiology Triage Service',
    kind: 'triage',
    takesAdvice: true,
    specialty: 'CARDIOLOGY',
    clinicType: 'HEART_FAILURE',
  },
  {
    id: '13001',
    name: 'Early Arthritis Triage Service',
    kind: 'triage',
    specialty: 'RHEUMATOLOGY',
    clinicType: 'INFLAMMATORY_ARTHRITIS',
    site: 'R6802',
  },
];

/** Small clinics of one specialty: a search for it finds more than a page, and more than a shortlist takes. */
const COMMUNITY: readonly Sketch[] = Array.from({ length: 21 }, (_, i) => ({
  id: String(12_100 + i),
  name: `Community Skin Clinic ${i + 1}`,
  kind: 'indirectly-bookable',
  specialty: 'DERMATOLOGY',
  clinicType: 'NOT_OTHERWISE_SPECIFIED_DERMATOLOGY',
  site: ['R6801', 'R6802', 'R6701'][i % 3] ?? 'R6801',
  patientPhone: '01632 960130',
}));

/** All services, in the order of their ids within each kind. */
export const SERVICES: readonly Service[] = [...DIRECTLY_BOOKABLE, ...OTHERS, ...COMMUNITY].map(makeService);

/** True when the service has a schedule for that clinician: A015 may be asked for them. */
export function isNamedClinicianOf(service: Service, clinicianId: string): boolean {
  return (service.slots?.lanes ?? []).some((lane) => lane.clinicianId === clinicianId);
}
