/** The Parameters that A022 sends, from the app's values, and back (contract.md A022). */
import type { Ubrn } from '../../contract/identifiers.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, booleanAt, objectAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { ersProfile, fixedCodeSystem } from '../fhir/systems.ts';
import type { DialectName } from '../operation.ts';
import { buildFileParameters, readFileParameters, type ProviderAttachment } from './provider-file.ts';

export interface A022Input {
  readonly ubrn: Ubrn;
  /** The referral's version that the clerk saw: the pin of the write. */
  readonly version: number;
  /** The instruction to the admin team, 1 to 2000 characters. */
  readonly comment: string;
  /** A new priority (ROUTINE, URGENT, TWO_WEEK_WAIT); null leaves the referral's own. */
  readonly priority: string | null;
  /** Indirectly bookable service: whether the provider's system has cancelled too. Directly bookable: null. */
  readonly isCancelledInPas: boolean | null;
  readonly attachments: readonly ProviderAttachment[];
}

const NAMES = ['priority', 'comments', 'appointmentCancelledInPAS', 'providerAttachmentFile'];
const PRIORITY = fixedCodeSystem('eRS-Priority-1');

/** The two dialects name the parameters' profile differently (contract.md section 1). */
const PROFILE: Readonly<Record<DialectName, string>> = {
  'api-platform': ersProfile('eRS-cancelAppointmentActionLater-Parameters-1'),
  'spine-session': ersProfile('eRS-cancelAppointmentActionLater-Operation-1'),
};

export function buildActionLaterBody(input: A022Input, dialect: DialectName): unknown {
  const { comment, priority, isCancelledInPas, attachments } = input;
  return {
    resourceType: 'Parameters',
    meta: { profile: [PROFILE[dialect]] },
    parameter: [
      ...(priority == null ? [] : [{ name: 'priority', valueCoding: { system: PRIORITY, code: priority } }]),
      { name: 'comments', valueString: comment },
      ...(isCancelledInPas == null
        ? []
        : [{ name: 'appointmentCancelledInPAS', valueBoolean: isCancelledInPas }]),
      ...buildFileParameters('providerAttachmentFile', attachments ?? []),
    ],
  };
}

/** The reverse, without what path and headers say; null when the body is none that `buildActionLaterBody` makes. */
export function readActionLaterBody(body: unknown): Omit<A022Input, 'ubrn' | 'version'> | null {
  const parameters = asObject(body);
  if (textAt(parameters, 'resourceType') !== 'Parameters' || !hasOnlyParameters(parameters, NAMES))
    return null;
  const comments = parameterNamed(parameters, 'comments');
  const priority = readPriority(parameters);
  const flag = parameterNamed(parameters, 'appointmentCancelledInPAS');
  const isCancelledInPas = booleanAt(flag, 'valueBoolean');
  const attachments = readFileParameters(parameters, 'providerAttachmentFile');
  if (typeof comments?.['valueString'] !== 'string' || priority === undefined) return null;
  if ((flag !== null && isCancelledInPas === null) || attachments === null) return null;
  return { comment: comments['valueString'], priority, isCancelledInPas, attachments };
}

/** Null without a priority, undefined when there is one of another system. */
function readPriority(parameters: Json | null): string | null | undefined {
  const parameter = parameterNamed(parameters, 'priority');
  if (parameter === null) return null;
  const coding = readCoding(objectAt(parameter, 'valueCoding'));
  return coding?.system === PRIORITY ? coding.code : undefined;
}
