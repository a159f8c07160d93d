/** The referral that a file is for, by the header of either dialect (contract.md section 1). */
export function intendedUbrn(headers: Headers): string | null {
  return headers.get('nhsd-ers-referral-id') ?? headers.get('x-ers-xapi-meta-intended_ubrn');
}
