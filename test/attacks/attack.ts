/** What one attack is, and what tries it. */

/** Tests of one file whose full names hold one of these texts; each text must name at least one. */
export interface Tries {
  readonly file: string;
  readonly names: readonly string[];
}

/** What only Electron's binary, a package or Windows can show. */
export interface OnDevice {
  readonly what: string;
  /** To be typed there. */
  readonly command: string;
}

export interface Attack {
  readonly id: string;
  readonly tried: string;
  readonly outcome: string;
  readonly tries: readonly Tries[];
  readonly onDevice?: OnDevice;
}
