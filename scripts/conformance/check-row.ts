/** Checks one row: the request is rebuilt from business values and compared, the response is read. */
import { catalogue, type AnyOperation } from '../../src-main/ers/catalogue.ts';
import type { PublishedRequest } from '../../src-main/ers/operation.ts';
import type { ErsOutcome } from '../../src-main/ers/outcome.ts';
import { compareRequests, differ } from './compare.ts';
import { identityOf, replyOf, runExchange } from './exchange.ts';
import { FILLED, publishedRequest } from './placeholders.ts';
import type { Row } from './rows.ts';
import { SAMPLE_INPUTS } from './sample-inputs.ts';
import { findScenario, valueAt, type Scenario } from './scenario.ts';

/** Everything that a check starts from; the mutation run changes one value of it at a time. */
export interface Case {
  readonly row: Row;
  readonly operation: AnyOperation;
  readonly published: PublishedRequest;
  /** Undefined when the request is neither stored nor written down: then only the response is read. */
  readonly input: unknown;
  /** Headers that make the caller's identity. */
  readonly caller: Readonly<Record<string, string>>;
  readonly status: number;
  readonly response: unknown;
  readonly scenario: Scenario | null;
  /** The code that a refusal must be read as. */
  readonly code: string;
}

/** The cases of a row: one, or for a generic error one per operation that it belongs to; none when not covered. */
export function casesOf(row: Row): Case[] {
  if (row.appliesTo.length > 0 || row.endpoint === 'errors') return errorCases(row);
  const operation = catalogue.get(row.endpoint);
  const framing = operation?.dialects[row.dialect];
  if (operation === undefined || framing === undefined) return [];
  const scenario = findScenario(row);
  const published = publishedRequest(row);
  const input = scenario === null ? (framing.readRequest(published) ?? undefined) : scenario.input;
  const code = scenario?.code ?? firstCode(row.response);
  const { expectedStatus: status, response } = row;
  return [{ row, operation, published, input, caller: published.headers, status, response, scenario, code }];
}

function errorCases(row: Row): Case[] {
  const scenario = findScenario(row);
  const published: PublishedRequest = { method: '', path: '', query: {}, headers: {}, body: undefined };
  const caller = {
    authorization: `Bearer ${FILLED['access token']}`,
    'nhsd-end-user-organisation-ods': 'R69',
    'nhsd-ers-business-function': 'REFERRING_CLINICIAN_ADMIN',
    xapi_asid: FILLED['asid'] ?? '',
    http_x_session_key: FILLED['session id'] ?? '',
  };
  const code = scenario?.code ?? firstCode(row.response);
  return [...catalogue.values()]
    .filter((operation) => SAMPLE_INPUTS[operation.id] !== undefined && belongsTo(row, operation))
    .map((operation) => {
      const input = SAMPLE_INPUTS[operation.id];
      const { expectedStatus: status, response } = row;
      return { row, operation, published, input, caller, status, response, scenario, code };
    });
}

/** `A016`, `R4`, `all STU3`, `any STU3 with a body`. */
function belongsTo({ appliesTo, dialect }: Row, operation: AnyOperation): boolean {
  const framing = operation.dialects[dialect];
  const request = framing?.build(SAMPLE_INPUTS[operation.id]);
  if (request === undefined) return false;
  return appliesTo.some((word) => {
    if (/^A\d{3}$/.test(word)) return word === operation.id;
    const isOfVersion = request.path.startsWith(word.includes('R4') ? '/R4' : '/STU3');
    return isOfVersion && (!word.includes('with a body') || request.body !== undefined);
  });
}

/** The first code of an OperationOutcome, read without the client. */
function firstCode(response: unknown): string {
  return String(valueAt(response, 'issue.0.details.coding.0.code') ?? '');
}

/** What is wrong with a case; empty when it passes. */
export async function checkCase(item: Case): Promise<string[]> {
  const { row, operation, published, input, caller, response, scenario } = item;
  if (row.fault !== null) return [row.fault];
  if (input === undefined)
    return isRequestKnown(row) ? ['the published request is not understood'] : readOnly(item);
  // What the examples' own pairs do not agree on is no fault of the format, unless a scenario says that they agree.
  const isPair = scenario !== null && scenario.isPair !== false;
  const checked = isPair ? operation : { ...operation, echoes: () => true };
  const identity = identityOf(row.dialect, caller);
  const reply = replyOf(operation, item.status, response);
  const { sent, outcome } = await runExchange(checked, row.dialect, input, identity, reply);
  if (sent === null) return [`nothing was sent: ${'reason' in outcome ? outcome.reason : outcome.kind}`];
  const isExample = published.method !== '';
  const requestFaults = isExample ? compareRequests(sent, published, isRequestKnown(row)) : [];
  return [...requestFaults, ...checkOutcome(item, outcome)];
}

/** Operations that always send a body, and some of whose examples name neither it nor its type. */
const BODY_NOT_NAMED = ['A010'];

/** False for a row that sends a body which is not stored: then there is nothing to compare it with. */
export function isRequestKnown(row: Row): boolean {
  const sendsBody =
    BODY_NOT_NAMED.includes(row.endpoint) ||
    Object.keys(row.headers).some((name) => name.toLowerCase() === 'content-type');
  return row.request !== undefined || !sendsBody;
}

function readOnly({ row, operation, response, code }: Case): string[] {
  if (row.expectedStatus >= 400) return code === '' ? ['the error has no code'] : [];
  const reply = { status: row.expectedStatus, headers: {}, json: response, bytes: new Uint8Array() };
  const answer = operation.read(reply, row.dialect);
  return answer.ok ? [] : [`the response is not readable: ${answer.reason}`];
}

/** False for a success whose body is not stored: then only the request can be compared. */
function isReplyKnown({ row, operation, response }: Case): boolean {
  return response !== undefined || row.expectedStatus >= 400 || !/json$/.test(operation.replyType);
}

function checkOutcome(item: Case, outcome: ErsOutcome<unknown>): string[] {
  const { row, scenario, code } = item;
  if (!isReplyKnown(item)) return [];
  if (row.expectedStatus >= 400) return checkRefusal(row, code, outcome);
  if (outcome.kind !== 'success')
    return [`the response is not readable: ${'reason' in outcome ? outcome.reason : outcome.kind}`];
  return Object.entries(scenario?.expect ?? {}).flatMap(([path, expected]) =>
    differ(path, valueAt(outcome.value, path), expected),
  );
}

function checkRefusal(row: Row, code: string, outcome: ErsOutcome<unknown>): string[] {
  if (row.expectedStatus === 429) return outcome.kind === 'rate-limited' ? [] : [`read as ${outcome.kind}`];
  const isUnauthorised = outcome.kind === 'unauthorised' && [401, 403].includes(row.expectedStatus);
  if (outcome.kind !== 'refused' && !isUnauthorised) return [`the refusal was read as ${outcome.kind}`];
  return differ('code', outcome.code, code);
}
