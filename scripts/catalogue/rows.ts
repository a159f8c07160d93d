/** The rows of the catalogue as this client speaks it: for `npm run ers -- --list` and for the README's table. */
import { RETIRED } from '../../src-main/contract/retired.ts';
import { DSTU2_FORMS } from '../../src-main/ers/dstu2/read-in-dstu2.ts';
import { catalogue, type AnyOperation } from '../../src-main/ers/catalogue.ts';
import type { DialectName } from '../../src-main/ers/operation.ts';
import type { BusinessFunction } from '../../src-main/ers/roles.ts';
import { SAMPLE_INPUTS } from '../conformance/sample-inputs.ts';
import { NOTES } from './screens.ts';

export interface CatalogueRow {
  readonly id: string;
  readonly name: string;
  /** Method and path in each dialect; `–` where it does not exist. */
  readonly spine: string;
  readonly platform: string;
  readonly roles: string;
  readonly status: string;
  readonly screen: string;
}

const NONE = '–';

const SHORT: { readonly [R in BusinessFunction]?: string } = {
  REFERRING_CLINICIAN: 'RC',
  REFERRING_CLINICIAN_ADMIN: 'RCA',
  REFERRING_ADMIN: 'RA',
  SERVICE_PROVIDER_CLINICIAN: 'SPC',
  SERVICE_PROVIDER_CLINICIAN_ADMIN: 'SPCA',
  SERVICE_PROVIDER_ADMIN: 'SPA',
};

/** Every operation by its id, the retired ones among them; PDS is no row of the catalogue. Throws for one without notes. */
export function catalogueRows(): readonly CatalogueRow[] {
  const live = [...catalogue.values()].filter(({ id }) => id !== 'PDS').map(rowOf);
  const old = [...DSTU2_FORMS.values()].map((form) => ({
    ...rowOf(form),
    id: `${form.id}-DSTU2`,
    status: `deprecated: ${form.id}`,
    screen: 'In place of that, where `readsDstu2` is set',
  }));
  const retired = RETIRED.map(({ id, name, retired: since, replacedBy }) => ({
    ...{ id, name, spine: NONE, platform: NONE, roles: NONE },
    status: `retired ${since}`,
    screen: `None: ${replacedBy}`,
  }));
  return [...live, ...old, ...retired].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function rowOf(operation: AnyOperation): CatalogueRow {
  const { id, name, roles } = operation;
  const note = NOTES[id];
  if (note === undefined) throw new Error(`${id} has no note in scripts/catalogue/screens.ts`);
  return {
    id,
    name,
    spine: pathIn(operation, 'spine-session'),
    platform: pathIn(operation, 'api-platform'),
    roles: roles === 'any' ? 'any' : roles.map((role) => SHORT[role] ?? role).join(' '),
    status: note.deprecated === undefined ? 'live' : `deprecated: ${note.deprecated}`,
    screen: note.screen,
  };
}

/** What the operation really sends, its values named again: `POST /STU3/ReferralRequest/{ubrn}/$ers.acceptReferral`. */
function pathIn(operation: AnyOperation, dialect: DialectName): string {
  const framing = operation.dialects[dialect];
  const input = SAMPLE_INPUTS[operation.id];
  if (framing === undefined) return NONE;
  if (input === undefined) throw new Error(`${operation.id} has no sample input`);
  const { method, path } = framing.build(input);
  const named = Object.entries(input as Readonly<Record<string, unknown>>).reduce(
    (text, [name, value]) =>
      typeof value === 'string' && value !== '' ? text.replace(`/${value}`, `/{${name}}`) : text,
    path,
  );
  return `${method} ${named}`;
}
