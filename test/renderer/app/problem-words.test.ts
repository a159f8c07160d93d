import { describe, expect, it } from 'vitest';
import { PROBLEM_KINDS, type Problem } from '../../../src-main/contract/outcome.ts';
import { ERS_CODE_WORDS } from '../../../src-renderer/app/words/ers-code-words.ts';
import { KIND_WORDS } from '../../../src-renderer/app/words/kind-words.ts';
import { OWN_CODE_WORDS } from '../../../src-renderer/app/words/own-code-words.ts';
import { problemWords } from '../../../src-renderer/app/words/problem-words.ts';

const problem = (changes: Partial<Problem>): Problem => ({
  kind: 'rejected',
  code: '',
  correlationId: '',
  facts: {},
  ...changes,
});
const everyWord = [KIND_WORDS, ERS_CODE_WORDS, OWN_CODE_WORDS].flatMap((table) => Object.entries(table));

describe('problemWords', () => {
  it.each(PROBLEM_KINDS)('has a title, a meaning and a next step for %s', (kind) => {
    const words = problemWords(problem({ kind, code: kind }));
    expect(words.title.length).toBeGreaterThan(10);
    expect(words.meaning).toMatch(/\.$/);
    expect(words.next).toMatch(/\.$/);
    expect(words.title).not.toContain('code');
  });

  it.each(everyWord)('says of %s what it means and what to do, and never “no slots”', (_code, words) => {
    expect([words.title, words.meaning, words.next].every((text) => text.length > 5)).toBe(true);
    expect(`${words.title} ${words.meaning} ${words.next}`.toLowerCase()).not.toMatch(
      /no (free )?slots|no appointments/,
    );
  });

  it('takes the words of a known code before those of its kind', () => {
    expect(problemWords(problem({ code: 'SLOT_NOT_AVAILABLE' })).title).toBe('The slot has gone');
    expect(problemWords(problem({ kind: 'writes-off', code: 'no-keyring' })).title).toContain('keyring');
  });

  it('falls back to the kind and shows an unknown code', () => {
    const words = problemWords(problem({ kind: 'unavailable', code: 'BRAND_NEW_CODE' }));
    expect(words.title).toBe('e-RS is not available just now (code BRAND_NEW_CODE)');
    expect(words.meaning).toBe(KIND_WORDS.unavailable.meaning);
  });

  it('names the pause that the service asked for', () => {
    expect(
      problemWords(problem({ kind: 'rate-limited', code: 'rate-limited', facts: { waitMs: 4200 } })).next,
    ).toContain('5 seconds');
    expect(problemWords(problem({ kind: 'unavailable', facts: { waitMs: 1000 } })).next).toContain(
      '1 second,',
    );
  });

  it('says NOT BOOKED or NOT CONFIRMED where a booking failed', () => {
    const codes = [
      'SLOT_NOT_AVAILABLE',
      'PATIENT_ERROR',
      'PAS_RESPONDED_WITH_ERROR',
      'PAS_NOT_RESPONDING',
      'UNABLE_TO_CONFIRM_APPOINTMENT',
    ];
    for (const code of codes)
      expect(problemWords(problem({ code })).meaning).toMatch(/^NOT (BOOKED|CONFIRMED)/);
  });
});

/** The codes of the published error table (contract.md section 13). */
const PUBLISHED = `
  ACCESS_DENIED CONFLICTING_VALUES DUPLICATE_FILENAME DUPLICATE_SERVICE FIELD_NOT_PERMITTED
  FILE_SIZE_ERROR FORBIDDEN HISTORY_NOT_SUPPORTED INAPPROPRIATE_SLOT INAPPROPRIATE_VALUE INVALID_CODE
  INVALID_FHIR_STRUCTURE INVALID_REQUEST_STATE INVALID_REQUEST_TYPE INVALID_STATE INVALID_VALUE
  MISSING_HEADER MISSING_PARAMETER MISSING_VALUE NO_ACCESS NO_ACCESS_CODE NO_CHANGES_DETECTED
  NO_CLINICAL_INFO NO_REG_GP_PRACTICE NO_RELATIONSHIP NO_SUCH_REQUEST ORGANISATION_IS_CLOSED
  ORGANISATION_NOT_APPROPRIATE PATIENT_ERROR PATIENT_SENSITIVE PENDING PRIORITY_NOT_CURRENT
  REFERENCED_USER_IS_NOT_ACTIVE REFERENCE_NOT_FOUND REFERRAL_LOCKED SERVICE_UNAVAILABLE
  SHORTLISTED_SERVICE_NOT_IN_RESULTS SLOTS_CURRENTLY_AVAILABLE SLOT_NOT_AVAILABLE SNOMED_NOT_FOUND
  SYSTEM_UNAVAILABLE TECHNICAL_ERROR THIS_SLOT_IS_AVAILABLE THREATS_FOUND UNABLE_TO_CANCEL_APPOINTMENT
  UNABLE_TO_CONFIRM_APPOINTMENT UNEXPECTED_FIELD UNSUPPORTED_PRIORITY VALIDATION_FAILED
  VALUE_IS_REQUIRED VERSION_CONFLICT
`;

describe('the published error codes', () => {
  it('all have words', () => {
    const codes = PUBLISHED.trim().split(/\s+/);
    expect(codes.filter((code) => !(code in ERS_CODE_WORDS))).toEqual([]);
  });
});
