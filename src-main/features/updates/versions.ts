/** Versions of the product: `1.2.3`, and `1.2.3-beta.4` before it. */
const VERSION = /^(\d{1,5})\.(\d{1,5})\.(\d{1,5})(?:-beta\.(\d{1,5}))?$/;

export const isVersion = (text: string): boolean => VERSION.test(text);

export const isPrerelease = (text: string): boolean => text.includes('-');

/** Number by number; a release stands above every beta of it. */
function rankOf(version: string): readonly number[] {
  const [, major, minor, patch, beta] = VERSION.exec(version) ?? [];
  return [major, minor, patch, beta ?? Infinity].map(Number);
}

/** Below zero when the first is the older. Both must be versions. */
export function compareVersions(first: string, second: string): number {
  const other = rankOf(second);
  const steps = rankOf(first).map((part, place) => (part === other[place] ? 0 : part - (other[place] ?? 0)));
  return steps.find((step) => step !== 0) ?? 0;
}
