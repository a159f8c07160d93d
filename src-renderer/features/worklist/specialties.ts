/** Finds a specialty by what is typed of its name or its code. */
import { foldText } from '../../app/format.ts';

export interface Specialty {
  readonly code: string;
  readonly display: string;
}

const MOST_OFFERED = 8;
const isExactly = (typed: string) => {
  const wanted = foldText(typed.trim());
  return ({ code, display }: Specialty) => foldText(code) === wanted || foldText(display) === wanted;
};

/** Those whose name has every word that is typed, in any order, or whose code starts with it. */
export function matchSpecialties(all: readonly Specialty[], typed: string): readonly Specialty[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const fits = ({ code, display }: Specialty) =>
    words.every((word) => foldText(display).includes(word)) ||
    foldText(code).startsWith(foldText(typed.trim()));
  return all.filter(fits).slice(0, MOST_OFFERED);
}

/** The one that is meant: named in full, or the only one that fits; null for none or several. */
export function specialtyOf(all: readonly Specialty[], typed: string): Specialty | null {
  if (typed.trim() === '') return null;
  const named = all.find(isExactly(typed));
  if (named !== undefined) return named;
  const [only, ...others] = matchSpecialties(all, typed);
  return others.length === 0 ? (only ?? null) : null;
}
