/** From what the clerk typed to the criteria of A010; each fault names its field. */
import type { SearchForm } from '../../contract/channels/refer.ts';
import { parseSdsUserId, type SdsUserId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { SearchValues } from '../../ers/operations/a010-search-services-for-patient.ts';

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;
const TERM = /^\d{6,18}$/;
const ORGANISATION = /^[A-Z0-9]{3,10}$/;
const COUNT = /^\d{1,3}$/;

type Fault = ReturnType<typeof fail>;

const fault = (code: string, field: string): Fault => fail('invalid-input', code, { field });

/** The values to search by; `system` is the one that A004 gave for SPECIALTY. */
export function readSearchForm(form: SearchForm, system: string): Outcome<SearchValues> {
  const wrong = faultOf(form);
  if (wrong !== null) return wrong;
  const textOf = (text: string) => text.trim() || null;
  const countOf = (text: string) => (text.trim() === '' ? null : Number(text));
  const specialty = textOf(form.specialty);
  return ok({
    priority: form.priority,
    specialty: specialty === null ? null : { system, code: specialty },
    clinicType: textOf(form.clinicType),
    clinicalTerm: textOf(form.clinicalTerm),
    namedClinician: parseSdsUserId(form.namedClinician.trim()),
    organisation: textOf(form.organisation)?.toUpperCase() ?? null,
    postcode: textOf(form.postcode)?.toUpperCase() ?? null,
    distanceLimit: countOf(form.distanceLimit),
    waitLimit: countOf(form.waitLimit),
    isForAgeAndGender: form.isForAgeAndGender,
    ...(form.commissioning === undefined ? {} : { commissioning: form.commissioning }),
  });
}

function faultOf(form: SearchForm): Fault | null {
  const { specialty, clinicType, clinicalTerm, namedClinician } = trimmed(form);
  if (specialty === '' && clinicalTerm === '' && namedClinician === '')
    return fault('criteria-missing', 'specialty');
  if (clinicType !== '' && specialty === '') return fault('specialty-missing', 'specialty');
  if (clinicalTerm !== '' && !TERM.test(clinicalTerm)) return fault('clinical-term', 'clinicalTerm');
  if (namedClinician !== '' && parseSdsUserId(namedClinician) === null)
    return fault('user-id', 'namedClinician');
  return faultOfPlace(trimmed(form));
}

function faultOfPlace({ organisation, postcode, distanceLimit, waitLimit }: SearchForm): Fault | null {
  if (organisation !== '' && !ORGANISATION.test(organisation.toUpperCase()))
    return fault('organisation', 'organisation');
  if (postcode !== '' && !POSTCODE.test(postcode.toUpperCase())) return fault('postcode', 'postcode');
  if (distanceLimit !== '' && !COUNT.test(distanceLimit)) return fault('number', 'distanceLimit');
  if (waitLimit !== '' && !COUNT.test(waitLimit)) return fault('number', 'waitLimit');
  return distanceLimit !== '' && postcode === '' ? fault('postcode-missing', 'postcode') : null;
}

function trimmed(form: SearchForm): SearchForm {
  const entries = Object.entries(form).map(([key, value]) => [
    key,
    typeof value === 'string' ? value.trim() : value,
  ]);
  return Object.fromEntries(entries) as SearchForm;
}

/** For whom an admin refers; a clinician refers in their own name (contract.md A010, `FIELD_NOT_PERMITTED`). */
export function readReferrer(typed: string, isAdmin: boolean): Outcome<SdsUserId | null> {
  if (!isAdmin) return ok(null);
  if (typed.trim() === '') return fault('referrer-missing', 'referrer');
  const referrer = parseSdsUserId(typed.trim());
  return referrer === null ? fault('user-id', 'referrer') : ok(referrer);
}
