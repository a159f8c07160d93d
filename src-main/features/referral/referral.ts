import type { FindResult, ReferralView } from '../../contract/channels/referral.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import { parseTypedNhsNumber, parseUbrn, stripSeparators } from '../../contract/identifiers.ts';
import type { NhsNumber, Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Referral, ServiceRecord } from '../../ers/model.ts';
import type { ReadCache } from '../read-cache/read-cache.ts';
import type { Desk } from '../session/session.ts';
import type { ReviewItem } from './gates.ts';
import { createReferralReader, type ReadReferral } from './read-referral.ts';
import { isSecondIdentifier } from './second-identifier.ts';
import { sayWhatUbrnIs } from './what-ubrn-is.ts';
import { viewReferral } from './referral-view.ts';

/** A referral that this desk holds open, as last read. */
export interface OpenReferral {
  readonly referral: Referral;
  readonly patient: PatientDetails | null;
  readonly services: readonly ServiceRecord[];
  readonly view: ReferralView;
  /** True when e-RS was not reached and this is what was read before: its version may be an old one. */
  readonly isRemembered: boolean;
}

export interface ReferralFeature {
  readonly find: (input: { text: string }) => Outcome<FindResult>;
  readonly openReferral: (input: {
    ubrn: string;
    secondIdentifier: string | null;
  }) => Promise<Outcome<ReferralView>>;
  readonly reread: (input: { ubrn: string }) => Promise<Outcome<ReferralView>>;
  readonly close: (input: { ubrn: string }) => Outcome<Record<string, never>>;
  /** The open referral, or null: other features act only on what the clerk opened. */
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly allOpened: () => readonly OpenReferral[];
  readonly forget: () => void;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly cache: ReadCache;
  readonly isOffline: () => boolean;
  readonly readPatient: (nhsNumber: NhsNumber) => Promise<Outcome<PatientDetails>>;
  readonly isListed: (ubrn: string) => boolean;
  readonly ubrnsOf: (nhsNumber: NhsNumber) => Ubrn[];
  /** How the referral stands on the review list as it was read last; null when it does not. */
  readonly reviewItemOf: (ubrn: string) => ReviewItem | null;
  readonly historyOf: (ubrn: string) => ReferralView['history'];
  readonly auditRefusal: (ubrn: string, code: string) => void;
  /** e-RS has said how it stands now. */
  readonly onRead: (referral: Referral) => void;
  /** A clerk has opened it; reading it again is not opening. */
  readonly onOpened: (open: OpenReferral) => void;
}

/** What the clerk asked to open; `isReread` asks e-RS also while the desk knows itself offline. */
interface Opening {
  readonly ubrn: string;
  readonly secondIdentifier: string | null;
  readonly isReread: boolean;
}

/** Finds, opens and re-reads referrals. A typed UBRN shows nothing before its second identifier fits (hazard 1). */
export function createReferral(deps: Dependencies): ReferralFeature {
  const opened = new Map<string, OpenReferral>();
  const reader = createReferralReader(deps);
  const isStillAt = (desk: Desk) => deps.desk()?.sitting === desk.sitting;

  async function show(
    read: ReadReferral,
    patient: Outcome<PatientDetails>,
    desk: Desk,
  ): Promise<OpenReferral | null> {
    const { referral, remembered } = read;
    const { services, actions } = await reader.readAround(desk, read);
    // The desk may have changed hands while the calls were under way: nothing is opened in the next one.
    if (!isStillAt(desk)) return null;
    const readAt = remembered?.readAt ?? toIso(deps.clock.nowMs());
    if (remembered === null) deps.onRead(referral);
    if (remembered === null) reader.keep(desk, { referral, services }, patient, readAt);
    const isRemembered = remembered !== null;
    const view = viewReferral({
      ...{ referral, patient, services, actions, can: desk.can, readAt, isRemembered },
      dialect: deps.client().dialect,
      reviewItem: deps.reviewItemOf(referral.ubrn),
      nowMs: deps.clock.nowMs(),
    });
    const history = [...deps.historyOf(referral.ubrn)];
    const known = {
      referral,
      patient: patient.ok ? patient.value : null,
      services,
      view: { ...view, history },
      isRemembered,
    };
    opened.set(referral.ubrn, known);
    return known;
  }

  /** Null when the second identifier was not asked for, or fits. */
  function objectTo(
    { ubrn, secondIdentifier }: Opening,
    referral: Referral,
    patient: Outcome<PatientDetails>,
  ): ReturnType<typeof fail> | null {
    const birthDate = patient.ok ? patient.value.birthDate : null;
    // An answer that was asked for must fit, also where the list alone would have been enough.
    if (secondIdentifier === null || isSecondIdentifier(secondIdentifier, referral.nhsNumber, birthDate))
      return null;
    const isDate = secondIdentifier.replace(/\D/g, '').length === 8;
    const code = isDate && birthDate === null ? 'birth-date-not-known' : 'wrong-second-identifier';
    deps.auditRefusal(ubrn, code);
    return fail('wrong-identifier', code);
  }

  async function open(asked: Opening): Promise<Outcome<ReferralView>> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (!desk.can.canOpen) return fail('forbidden', 'role-cannot-open');
    const isTrusted = deps.isListed(asked.ubrn) || opened.has(asked.ubrn);
    if (!isTrusted && asked.secondIdentifier === null) return fail('needs-second-identifier', 'typed-ubrn');
    const read = await reader.read(desk, asked.ubrn as Ubrn, asked.isReread);
    if (!read.ok) return sayWhatUbrnIs(deps.client(), asked.ubrn as Ubrn, read);
    const patient = await deps.readPatient(read.value.referral.nhsNumber);
    const objection = objectTo(asked, read.value.referral, patient);
    if (objection !== null) return objection;
    const known = isStillAt(desk) ? await show(read.value, patient, desk) : null;
    if (known === null) return fail('not-signed-in', 'not-signed-in');
    if (!asked.isReread) deps.onOpened(known);
    return ok(known.view);
  }

  function find({ text }: { text: string }): Outcome<FindResult> {
    if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
    const ubrn = parseUbrn(text);
    if (ubrn !== null) return ok({ kind: 'ubrn', ubrn });
    const digits = stripSeparators(text).length;
    const typed = parseTypedNhsNumber(text);
    if (!typed.ok)
      return fail('invalid-input', digits === 10 ? `nhs-number-${typed.fault}` : `find-${typed.fault}`, {
        digits,
      });
    const ubrns = deps.ubrnsOf(typed.nhsNumber);
    if (ubrns.length === 0) return fail('not-found', 'nhs-number-not-in-lists');
    return ok({ kind: 'in-lists', nhsNumber: typed.nhsNumber, ubrns: ubrns.slice(0, 50) });
  }

  return {
    find,
    openReferral: (input) => open({ ...input, isReread: false }),
    reread: ({ ubrn }) =>
      opened.has(ubrn)
        ? open({ ubrn, secondIdentifier: null, isReread: true })
        : Promise.resolve(fail('invalid-input', 'referral-not-open')),
    close({ ubrn }) {
      opened.delete(ubrn);
      return ok({});
    },
    opened: (ubrn) => opened.get(ubrn) ?? null,
    allOpened: () => [...opened.values()],
    forget: () => opened.clear(),
  };
}
