/** What the operations themselves do not say: where the desk uses each, and which of them e-RS wants left alone. */
export interface CatalogueNote {
  /** The screen, or the part of the desk, that calls it. */
  readonly screen: string;
  /** What to use in its place; absent for a live row. */
  readonly deprecated?: string;
}

export const NOTES: Readonly<Record<string, CatalogueNote>> = {
  A001: { screen: 'Sign-in (2021)' },
  A002: { screen: 'Role (2021)' },
  A003: { screen: 'Sign-out, role change (2021)' },
  A004: { screen: 'Cancel, review, worklist filters' },
  A005: { screen: 'Referral; every read-back' },
  A006: { screen: 'Attachments (2021)', deprecated: 'A042' },
  A007: { screen: 'Attachments: clinical information' },
  A008: { screen: 'Worklists' },
  A010: { screen: 'Refer a patient: services' },
  A011: { screen: 'Refer a patient' },
  A012: { screen: 'Referral letter' },
  A013: { screen: 'Review: accept' },
  A014: { screen: 'Review: reject' },
  A015: { screen: 'Slots' },
  A016: { screen: 'Book, defer, send for triage' },
  A019: { screen: 'Letter' },
  A020: { screen: 'Files of reviews, letters, advice' },
  A021: { screen: 'Refer a patient, for triage (2021)', deprecated: 'A011, then A016' },
  A022: { screen: 'Cancel, action later' },
  A023: { screen: 'Advice and guidance: list' },
  A024: { screen: 'Advice and guidance: request' },
  A025: { screen: 'Advice and guidance: conversation' },
  A026: { screen: 'Advice and guidance: answer' },
  A027: { screen: 'Advice and guidance: convert' },
  A028: { screen: 'Review: outcome' },
  A029: { screen: 'Referral: actions; every check before sending' },
  A030: { screen: 'Role' },
  A031: { screen: 'Change the shortlist' },
  A032: { screen: 'None: A031, then A016', deprecated: 'A031, then A016' },
  A033: { screen: 'Shortlisted services' },
  A034: { screen: 'Cancel appointment' },
  A035: { screen: 'Referral: shortlist' },
  A036: { screen: 'Cancel referral' },
  A037: { screen: 'None: command line only' },
  A038: { screen: 'Every read-back of an appointment' },
  A040: { screen: 'Role: on behalf of' },
  A041: { screen: 'Find: a UBRN that is a request for advice' },
  A042: { screen: 'Attachments' },
  A043: { screen: 'Advice and guidance: overview' },
  A044: { screen: 'Advice and guidance: ask' },
};
