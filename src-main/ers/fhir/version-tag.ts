/** The version that a write is pinned to, as `If-Match` says it (contract.md section 2.1). */
export function versionTag(version: number): string {
  return `W/"${version}"`;
}

/** The version of an `If-Match`; null for anything else. */
export function parseVersionTag(text: string | undefined): number | null {
  const [, digits] = /^W\/"(\d{1,9})"$/.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}
