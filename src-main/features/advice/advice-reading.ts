/** Lists and opened requests: a typed UBRN shows nothing before its second identifier fits (hazard 1). */
import type { AdviceList, AdviceRow, AdviceView } from '../../contract/channels/advice.ts';
import type { PatientDetails } from '../../contract/channels/patient.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AdviceConversation, AdviceRequest } from '../../ers/advice-model.ts';
import { a023FetchAdviceWorklist } from '../../ers/operations/a023-fetch-advice-worklist.ts';
import { a024RetrieveAdviceRequest } from '../../ers/operations/a024-retrieve-advice-request.ts';
import { a025RetrieveAdviceConversation } from '../../ers/operations/a025-retrieve-advice-conversation.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { PROVIDER_ALL, REFERRER_CLINICAL } from '../../ers/roles.ts';
import type { Desk } from '../session/session.ts';
import type { AdviceDesk } from './advice-desk.ts';
import { rowOfEntry, rowOfRequest, viewAdvice } from './advice-view.ts';

/** A request that this desk holds open, as last read. */
export interface OpenAdvice {
  readonly request: AdviceRequest;
  readonly conversation: AdviceConversation;
  readonly patient: PatientDetails | null;
  readonly view: AdviceView;
}

export interface AdviceReading {
  readonly fetchList: () => Promise<Outcome<AdviceList>>;
  readonly open: (input: {
    readonly ubrn: string;
    readonly secondIdentifier: string | null;
  }) => Promise<Outcome<AdviceView>>;
  readonly reread: (input: { readonly ubrn: string }) => Promise<Outcome<AdviceView>>;
  readonly close: (input: { readonly ubrn: string }) => Outcome<Record<string, never>>;
  readonly opened: (ubrn: string) => OpenAdvice | null;
  /** What this person made or opened here for a patient. */
  readonly rowsOf: (desk: Desk, nhsNumber: string) => readonly AdviceRow[];
  /** A referrer's request that was made here. */
  readonly noteMade: (desk: Desk, row: AdviceRow) => void;
  readonly forget: () => void;
}

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');
const isRole = (roles: readonly string[], desk: Desk) => roles.includes(desk.businessFunction);

export function createAdviceReading(deps: AdviceDesk): AdviceReading {
  const opened = new Map<string, OpenAdvice>();
  const listed = new Set<string>();
  /** A referrer's own, where nothing can be kept on disk. */
  const seen = new Map<string, AdviceRow>();
  const isStillAt = (desk: Desk) => deps.desk()?.sitting === desk.sitting;
  const now = () => toIso(deps.clock.nowMs());

  function ownRows(desk: Desk): AdviceRow[] {
    const rows = [...deps.kept().load(desk, 'adviceSeen').values, ...seen.values()];
    const newest = new Map(rows.map((row) => [row.ubrn, row]));
    return [...newest.values()].toSorted((a, b) => ((a.lastUpdated ?? '') < (b.lastUpdated ?? '') ? 1 : -1));
  }

  function noteMade(desk: Desk, row: AdviceRow): void {
    seen.set(row.ubrn, row);
    listed.add(row.ubrn);
    deps.kept().put(desk, 'adviceSeen', row.ubrn, row);
  }

  async function fetchList(): Promise<Outcome<AdviceList>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    if (isRole(REFERRER_CLINICAL, desk)) {
      const rows = ownRows(desk);
      rows.forEach(({ ubrn }) => listed.add(ubrn));
      return ok({ rows, unreadable: 0, readAt: now(), source: 'own' });
    }
    if (!isRole(PROVIDER_ALL, desk)) return fail('forbidden', 'role-cannot-list-advice');
    const answer = toOutcome(await deps.client().call(a023FetchAdviceWorklist, {}, { urgency: 'clerk' }));
    if (!answer.ok) return answer;
    if (!isStillAt(desk)) return NOT_SIGNED_IN;
    const rows = answer.value.entries.map(rowOfEntry);
    rows.forEach(({ ubrn }) => listed.add(ubrn));
    return ok({ rows, unreadable: answer.value.unreadable, readAt: now(), source: 'provider' });
  }

  /** The request and its conversation in that version; read once more when it moved between the two. */
  async function read(
    ubrn: Ubrn,
    isSecond = false,
  ): Promise<Outcome<Pick<OpenAdvice, 'request' | 'conversation'>>> {
    const client = deps.client();
    const request = toOutcome(await client.call(a024RetrieveAdviceRequest, { ubrn }, { urgency: 'clerk' }));
    if (!request.ok) return request;
    const { version } = request.value;
    const asked = await client.call(a025RetrieveAdviceConversation, { ubrn, version }, { urgency: 'clerk' });
    const conversation = toOutcome(asked);
    if (conversation.ok) return ok({ request: request.value, conversation: conversation.value });
    const hasMoved =
      conversation.problem.code === 'HISTORY_NOT_SUPPORTED' || conversation.problem.kind === 'not-found';
    return hasMoved && !isSecond ? read(ubrn, true) : conversation;
  }

  function objectTo(
    typed: string | null,
    { ubrn, nhsNumber }: AdviceRequest,
    patient: PatientDetails | null,
  ): ReturnType<typeof fail> | null {
    if (typed === null) return null;
    const birthDate = patient?.birthDate ?? null;
    if (deps.tools.isSecondIdentifier(typed, nhsNumber, birthDate)) return null;
    const isDate = typed.replace(/\D/g, '').length === 8;
    const code = isDate && birthDate === null ? 'birth-date-not-known' : 'wrong-second-identifier';
    deps.auditRefusal(ubrn, code);
    return fail('wrong-identifier', code);
  }

  async function show(ubrn: string, typed: string | null): Promise<Outcome<AdviceView>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    if (!desk.can.canOpen) return fail('forbidden', 'role-cannot-open');
    const isTrusted = listed.has(ubrn) || opened.has(ubrn);
    if (!isTrusted && typed === null) return fail('needs-second-identifier', 'typed-ubrn');
    const answer = await read(ubrn as Ubrn);
    if (!answer.ok) return answer;
    const { request, conversation } = answer.value;
    const asked = await deps.readPatient(request.nhsNumber);
    const about = deps.tools.judgePatient(asked, request.nhsNumber);
    if (!isStillAt(desk)) return NOT_SIGNED_IN;
    const objection = objectTo(typed, request, about.patient);
    if (objection !== null) return objection;
    const { businessFunction } = desk;
    const { dialect } = deps.client();
    const view = viewAdvice({ request, businessFunction, dialect, ...about }, conversation, now());
    opened.set(ubrn, { request, conversation, patient: about.patient, view });
    if (isRole(REFERRER_CLINICAL, desk) && about.patient?.isSensitive !== true)
      noteMade(desk, rowOfRequest(request, conversation));
    return ok(view);
  }

  return {
    fetchList,
    open: ({ ubrn, secondIdentifier }) => show(ubrn, secondIdentifier),
    reread: ({ ubrn }) =>
      opened.has(ubrn) ? show(ubrn, null) : Promise.resolve(fail('invalid-input', 'advice-not-open')),
    close({ ubrn }) {
      opened.delete(ubrn);
      return ok({});
    },
    opened: (ubrn) => opened.get(ubrn) ?? null,
    rowsOf: (desk, nhsNumber) => ownRows(desk).filter((row) => row.nhsNumber === nhsNumber),
    noteMade,
    forget() {
      opened.clear();
      listed.clear();
      seen.clear();
    },
  };
}
