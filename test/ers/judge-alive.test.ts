import { describe, expect, it } from 'vitest';
import type { PatientDetails } from '../../src-main/contract/channels/patient.ts';
import { fail, ok, type ProblemKind } from '../../src-main/contract/outcome.ts';
import { judgeAlive } from '../../src-main/ers/judge-alive.ts';

const NHS = '9990000018';
const patient = (changes: Partial<PatientDetails> = {}): PatientDetails => ({
  nhsNumber: NHS,
  name: null,
  birthDate: null,
  gender: 'unknown',
  deceased: null,
  isSensitive: false,
  address: [],
  phone: null,
  gpPractice: null,
  communicationNeeds: [],
  readAt: '2026-11-23T09:00:00.000Z',
  ...changes,
});

describe('whether the patient lives', () => {
  it('is what PDS says now', () => {
    expect(judgeAlive(ok(patient()), NHS)).toEqual(ok({ asksPerson: false }));
  });

  it.each([
    ['a date of death', { deceased: '2026-11-01' }, 'patient-deceased'],
    ['a death without a date', { deceased: 'unknown' }, 'patient-deceased'],
    ['a restricted record', { isSensitive: true }, 'patient-sensitive'],
    ['another number', { nhsNumber: '9990000026' }, 'patient-differs'],
  ])('is no with %s', (_what, changes, code) => {
    expect(judgeAlive(ok(patient(changes)), NHS)).toMatchObject({ ok: false, problem: { code } });
  });

  it.each<ProblemKind>(['not-in-dialect', 'not-found'])(
    'is a person’s word where PDS has none (%s)',
    (kind) => {
      expect(judgeAlive(fail(kind, 'x'), NHS)).toEqual(ok({ asksPerson: true }));
    },
  );

  it.each<[ProblemKind, string]>([
    ['forbidden', 'patient-sensitive'],
    ['offline', 'patient-not-looked-up'],
    ['unavailable', 'patient-not-looked-up'],
    ['not-signed-in', 'patient-not-looked-up'],
  ])('is not known when PDS answers %s', (kind, code) => {
    expect(judgeAlive(fail(kind, 'x'), NHS)).toMatchObject({
      ok: false,
      problem: { kind: 'rejected', code },
    });
  });
});
