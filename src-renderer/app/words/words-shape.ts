/** A problem in the clerk's words: what happened, what it means for the patient, what to press. */
export interface ProblemWords {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}
