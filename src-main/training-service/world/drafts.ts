/** Which referrals the training world holds: one or more for every scene, then ordinary ones up to its size. */
import type { Random } from '../random.ts';
import type { Priority, Referral, ReferralState } from './model.ts';

/** The situations that a test or a training drill can ask for by name. */
export const SCENES = [
  'bookable',
  'bookable-with-clinician',
  'mixed-clinicians',
  'misleading-schedule',
  'five-thousand-slots',
  'no-slots',
  'dummy-slots',
  'clock-change',
  'urgent-only-slots',
  'withdrawn-service',
  'indirectly-bookable',
  'triage',
  'several-services',
  'twins',
  'same-surname-birthday',
  'long-name',
  'non-ascii',
  's-flag',
  'deceased',
  'patient-error',
  'pds-missing',
  'requirements',
  'letter-due',
  'attachments',
  'related',
  'no-access-code',
  'no-relationship',
  'advice-request',
  'draft-request',
  'onward',
  'two-week-wait',
  'booked',
  'booked-with-clinician',
  'booked-for-review',
  'booked-cancellable',
  'booked-letter-due',
  'booked-s-flag',
  'booked-indirectly',
  'booked-past',
  'deferred',
  'awaiting-triage',
  'triaged',
  'triage-response',
  'rejected',
  'cancelled-by-patient',
  'cancelled-by-provider',
  'did-not-attend',
  'assessment-result',
  'cancelled-referral',
  'cancelled-elsewhere',
  'two-services',
  'triage-service',
  'with-requirements',
  'with-attachments',
  'review-indirectly',
  'cancellable-referral',
  'deferred-without-letter',
  'triage-with-files',
  'triage-deceased',
  'deferred-for-review',
] as const;

export type SceneName = (typeof SCENES)[number];

/** What is settled about a referral before the generator fills in the rest. */
export interface Draft {
  readonly state: ReferralState;
  readonly shortlist: readonly string[];
  readonly scenes: readonly SceneName[];
  /** Key of a special patient; else an ordinary one. */
  readonly patient?: string;
  readonly priority?: Priority;
  readonly kind?: Referral['kind'];
  readonly isInitial?: boolean;
  readonly referringOrg?: string;
  readonly requirements?: Referral['requirements'];
  readonly hasLetterDue?: boolean;
  readonly hasEveryAttachment?: boolean;
  readonly hasNoAccessCode?: boolean;
  readonly isRelatedToPrevious?: boolean;
  readonly isPast?: boolean;
  readonly isCancelledElsewhere?: boolean;
}

const unbooked = (service: string, scenes: readonly SceneName[], more: Partial<Draft> = {}): Draft => ({
  state: 'NOT_BOOKED',
  shortlist: [service],
  scenes,
  priority: 'ROUTINE',
  ...more,
});

const patientScenes: readonly Draft[] = [
  unbooked('11000', ['bookable', 'twins'], { patient: 'twin-one' }),
  unbooked('11000', ['bookable', 'twins'], { patient: 'twin-two' }),
  unbooked('11002', ['same-surname-birthday'], { patient: 'same-surname-one' }),
  unbooked('11002', ['same-surname-birthday'], { patient: 'same-surname-two' }),
  unbooked('11000', ['bookable', 'long-name'], { patient: 'long-name' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'polish' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'welsh' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'kenyan-irish' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'german-swedish' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'vietnamese' }),
  unbooked('11000', ['bookable', 'non-ascii'], { patient: 'turkish' }),
  unbooked('11000', ['s-flag'], { patient: 'sensitive' }),
  unbooked('11000', ['deceased'], { patient: 'deceased' }),
  unbooked('11000', ['patient-error'], { patient: 'unusable' }),
  unbooked('11000', ['bookable', 'pds-missing'], { patient: 'pds-missing' }),
  unbooked('11002', ['requirements', 'with-requirements'], {
    patient: 'requirements',
    requirements: ['INTERPRETER', 'TRANSPORT'],
  }),
  unbooked('11000', ['bookable'], { patient: 'braille' }),
];

const serviceScenes: readonly Draft[] = [
  unbooked('11001', ['bookable-with-clinician']),
  unbooked('11002', ['mixed-clinicians']),
  unbooked('11003', ['misleading-schedule']),
  unbooked('11004', ['five-thousand-slots']),
  unbooked('11004', ['five-thousand-slots']),
  unbooked('11005', ['no-slots']),
  unbooked('11005', ['no-slots']),
  unbooked('11006', ['dummy-slots']),
  unbooked('11007', ['clock-change']),
  unbooked('11008', ['urgent-only-slots']),
  unbooked('11009', ['withdrawn-service']),
  unbooked('12000', ['indirectly-bookable']),
  unbooked('12001', ['indirectly-bookable']),
  unbooked('13000', ['triage', 'triage-service']),
  unbooked('13001', ['triage', 'triage-service']),
  unbooked('11000', ['several-services'], { shortlist: ['11000', '11001', '11005', '12000', '13000'] }),
  unbooked('11000', ['bookable', 'two-week-wait'], { priority: 'TWO_WEEK_WAIT' }),
];

const oddScenes: readonly Draft[] = [
  unbooked('11000', ['bookable', 'letter-due'], { hasLetterDue: true }),
  unbooked('11000', ['bookable', 'attachments', 'with-attachments'], { hasEveryAttachment: true }),
  unbooked('11000', ['bookable', 'related']),
  unbooked('11000', ['bookable', 'related'], { isRelatedToPrevious: true }),
  unbooked('11000', ['no-access-code'], { hasNoAccessCode: true }),
  unbooked('11010', ['no-relationship'], { referringOrg: 'R70' }),
  unbooked('11000', ['advice-request'], { kind: 'advice' }),
  unbooked('11000', ['draft-request'], { kind: 'draft' }),
  unbooked('11000', ['onward'], { isInitial: false }),
];

const stateScenes: readonly Draft[] = [
  { state: 'BOOKED', shortlist: ['11000'], scenes: ['booked', 'booked-cancellable'] },
  { state: 'BOOKED', shortlist: ['11001'], scenes: ['booked', 'booked-with-clinician', 'booked-for-review'] },
  { state: 'BOOKED', shortlist: ['12000'], scenes: ['booked-indirectly', 'review-indirectly'] },
  { state: 'BOOKED', shortlist: ['11000'], scenes: ['booked-past'], isPast: true },
  { state: 'DEFERRED_TO_PROVIDER', shortlist: ['11005'], scenes: ['deferred'] },
  { state: 'AWAITING_TRIAGE', shortlist: ['13000'], scenes: ['awaiting-triage'] },
  { state: 'TRIAGED_PROVIDER_TO_ACTION', shortlist: ['13000'], scenes: ['triaged'] },
  { state: 'TRIAGE_RESPONSE', shortlist: ['13001'], scenes: ['triage-response'] },
  { state: 'REJECTED', shortlist: ['11001'], scenes: ['rejected'] },
  { state: 'APPT_CANCELLED_BY_PATIENT', shortlist: ['11000'], scenes: ['cancelled-by-patient'] },
  { state: 'APPT_CANCELLED_BY_PROVIDER', shortlist: ['11002'], scenes: ['cancelled-by-provider'] },
  { state: 'DID_NOT_ATTEND', shortlist: ['11000'], scenes: ['did-not-attend'] },
  { state: 'ASSESSMENT_RESULT', shortlist: ['13001'], scenes: ['assessment-result'] },
  { state: 'CANCELLED_REFERRAL', shortlist: ['11000'], scenes: ['cancelled-referral'] },
  {
    state: 'CANCELLED_REFERRAL',
    shortlist: ['11000'],
    scenes: ['cancelled-referral', 'cancelled-elsewhere'],
    isCancelledElsewhere: true,
  },
];

/** Scenes at the end of the world: those before them stay as they were. */
const lateScenes: readonly Draft[] = [
  { state: 'BOOKED', shortlist: ['11002'], scenes: ['booked', 'booked-for-review'] },
  { state: 'BOOKED', shortlist: ['11000', '11002'], scenes: ['booked', 'booked-for-review'] },
  { state: 'BOOKED', shortlist: ['11001'], scenes: ['booked', 'booked-cancellable'] },
  { state: 'BOOKED', shortlist: ['11003', '11000'], scenes: ['booked', 'booked-cancellable'] },
  { state: 'BOOKED', shortlist: ['11000'], scenes: ['booked-letter-due'], hasLetterDue: true },
  { state: 'BOOKED', shortlist: ['11000'], scenes: ['booked-s-flag'], patient: 'sensitive' },
];

/** For the actions on referrals; the last of all. */
const actionScenes: readonly Draft[] = [
  unbooked('11000', ['two-services', 'cancellable-referral'], { shortlist: ['11000', '11002'] }),
  unbooked('11005', ['two-services'], { shortlist: ['11005', '11000'] }),
  unbooked('11002', ['with-requirements', 'two-services'], {
    shortlist: ['11002', '11000'],
    requirements: ['INTERPRETER'],
  }),
  unbooked('11000', ['triage-service'], { shortlist: ['11000', '13000'] }),
  { state: 'BOOKED', shortlist: ['11000'], scenes: ['booked', 'booked-cancellable', 'cancellable-referral'] },
  { state: 'DEFERRED_TO_PROVIDER', shortlist: ['11005'], scenes: ['deferred', 'cancellable-referral'] },
  {
    state: 'DEFERRED_TO_PROVIDER',
    shortlist: ['11005'],
    scenes: ['deferred-without-letter'],
    hasLetterDue: true,
  },
  {
    state: 'BOOKED',
    shortlist: ['11002'],
    scenes: ['booked', 'booked-for-review', 'with-attachments'],
    hasEveryAttachment: true,
  },
  { state: 'BOOKED', shortlist: ['12000'], scenes: ['booked-indirectly', 'review-indirectly'] },
  { state: 'BOOKED', shortlist: ['12001'], scenes: ['booked-indirectly', 'review-indirectly'] },
];

/** For the reviews of triage and of deferred requests. */
const reviewScenes: readonly Draft[] = [
  { state: 'AWAITING_TRIAGE', shortlist: ['13000'], scenes: ['awaiting-triage'], priority: 'ROUTINE' },
  {
    state: 'AWAITING_TRIAGE',
    shortlist: ['13001'],
    scenes: ['awaiting-triage', 'triage-with-files'],
    priority: 'URGENT',
    hasEveryAttachment: true,
  },
  { state: 'AWAITING_TRIAGE', shortlist: ['13000'], scenes: ['triage-deceased'], patient: 'deceased' },
  { state: 'DEFERRED_TO_PROVIDER', shortlist: ['11002'], scenes: ['deferred', 'deferred-for-review'] },
];

/** Services whose booked referrals a drill of the review list takes; the others' are there to be cancelled. */
const REVIEW_POOL: readonly string[] = ['11001', '11002', '11008'];

/** Shares of a whole world: the first five make the AWAITING_BOOKING list, three eighths of all. */
const SHARES: readonly (readonly [ReferralState, number])[] = [
  ['NOT_BOOKED', 0.29],
  ['DEFERRED_TO_PROVIDER', 0.03],
  ['AWAITING_TRIAGE', 0.03],
  ['APPT_CANCELLED_BY_PATIENT', 0.0125],
  ['APPT_CANCELLED_BY_PROVIDER', 0.0125],
  ['TRIAGED_PROVIDER_TO_ACTION', 0.03],
  ['TRIAGE_RESPONSE', 0.03],
  ['REJECTED', 0.03],
  ['DID_NOT_ATTEND', 0.02],
  ['ASSESSMENT_RESULT', 0.015],
  ['CANCELLED_REFERRAL', 0.04],
];

const UNBOOKED_POOL = [
  '11000',
  '11000',
  '11000',
  '11001',
  '11002',
  '11003',
  '11004',
  '11004',
  '11006',
  '11007',
  '11008',
];
const BOOKED_POOL = ['11000', '11001', '11002', '11003', '11006', '11008', '12000'];
const TRIAGE_POOL = ['13000', '13001'];

function chooseShortlist(state: ReferralState, random: Random): readonly string[] {
  if (state === 'DEFERRED_TO_PROVIDER') return [random.pick(['11005', '11002', '11008'])];
  if (state === 'AWAITING_TRIAGE' || state === 'TRIAGED_PROVIDER_TO_ACTION' || state === 'TRIAGE_RESPONSE') {
    return [random.pick(TRIAGE_POOL)];
  }
  if (state !== 'NOT_BOOKED') return [random.pick(BOOKED_POOL)];
  const first = random.pick(UNBOOKED_POOL);
  return random.isHit(0.12) ? [...new Set([first, random.pick(UNBOOKED_POOL), '13000'])] : [first];
}

function draftOrdinary(state: ReferralState, random: Random): Draft {
  const shortlist = chooseShortlist(state, random);
  const isPlain = state === 'NOT_BOOKED' && shortlist.length === 1;
  const scenes: SceneName[] = [];
  if (isPlain && shortlist[0] === '11000') scenes.push('bookable');
  if (isPlain && shortlist[0] === '11001') scenes.push('bookable-with-clinician');
  if (state === 'NOT_BOOKED' && shortlist.length > 1) scenes.push('several-services');
  if (state === 'BOOKED' && shortlist[0] !== '12000') {
    const isForReview = REVIEW_POOL.includes(shortlist[0] ?? '');
    scenes.push('booked', isForReview ? 'booked-for-review' : 'booked-cancellable');
  }
  return {
    state,
    shortlist,
    scenes,
    hasLetterDue: state === 'NOT_BOOKED' && random.isHit(0.1),
    isCancelledElsewhere: state === 'CANCELLED_REFERRAL' && random.isHit(0.5),
  };
}

/** Gives the drafts of a world of `size` referrals; a size below the scenes' own number gives the scenes. */
export function draftReferrals(random: Random, size: number): Draft[] {
  const scenes = [...patientScenes, ...serviceScenes, ...oddScenes, ...stateScenes];
  const ordinary: Draft[] = [];
  for (const [state, share] of SHARES) {
    const already = scenes.filter((draft) => draft.state === state).length;
    const wanted = Math.min(Math.round(size * share) - already, size - scenes.length - ordinary.length);
    for (let i = 0; i < wanted; i++) ordinary.push(draftOrdinary(state, random));
  }
  while (scenes.length + ordinary.length < size) ordinary.push(draftOrdinary('BOOKED', random));
  const last = [...lateScenes, ...actionScenes, ...reviewScenes];
  return [...scenes, ...ordinary.slice(0, -last.length), ...last];
}
