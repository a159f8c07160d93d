import { expect, it } from 'vitest';
import type { SearchForm } from '../../../src-main/contract/channels/refer.ts';
import { buildSearchCriteria } from '../../../src-main/ers/operations/a010-search-services-for-patient.ts';
import { readSearchForm } from '../../../src-main/features/refer/search-form.ts';

const FORM: SearchForm = {
  ...{ priority: 'URGENT', specialty: 'SLEEP_MEDICINE', clinicType: 'INSOMNIA', clinicalTerm: '78275009' },
  ...{ namedClinician: '021600556514', organisation: 'r68', postcode: 'ls1 2ut', distanceLimit: '500' },
  ...{ waitLimit: '21', isForAgeAndGender: true, sortBy: 'DISTANCE' },
};

function namesOf(form: SearchForm): unknown[] {
  const read = readSearchForm(form, 'https://e-rs.example/CodeSystem/SPECIALTY');
  if (!read.ok) throw new Error(read.problem.code);
  return buildSearchCriteria(read.value).map(({ name }) => name);
}

it('asks by every criterion of A010 that was filled in, and by no other', () => {
  expect(namesOf({ ...FORM, commissioning: 'NATIONALLY_AVAILABLE' }).toSorted()).toEqual([
    ...[
      'ageAndGenderAppropriate',
      'clinicType',
      'clinicalTerm',
      'commissioningProvisioning',
      'distanceLimit',
    ],
    ...['indicativeAppointmentWaitTimeLimit', 'namedClinician', 'organisation', 'postcode', 'priority'],
    'specialty',
  ]);
  const little = { ...FORM, clinicType: '', clinicalTerm: '', namedClinician: '', organisation: '' };
  expect(namesOf({ ...little, postcode: '', distanceLimit: '', waitLimit: '' })).toEqual([
    'priority',
    'specialty',
    'ageAndGenderAppropriate',
  ]);
});
