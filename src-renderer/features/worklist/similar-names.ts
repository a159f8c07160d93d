import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import { foldText } from '../../app/format.ts';

/** How two patients of a list could be taken for each other. */
export type NameFlag = 'same-surname' | 'similar-name';

const SHORTEST_FOR_TYPOS = 4;

function familyOf(listed: ListedName): string {
  return foldText(listed.name?.family ?? '').replace(/[^\p{L}]/gu, '');
}

const initialOf = (listed: ListedName) =>
  foldText(listed.name?.given ?? '')
    .trim()
    .charAt(0);

/** The name and every form of it with one letter left out: two names one letter apart share a form. */
function formsOf(family: string): readonly string[] {
  if (family.length < SHORTEST_FOR_TYPOS) return [family];
  return [family, ...[...family].map((_, i, letters) => letters.filter((__, at) => at !== i).join(''))];
}

function addTo(groups: Map<string, Set<string>>, key: string, nhsNumber: string): void {
  const group = groups.get(key) ?? new Set<string>();
  groups.set(key, group.add(nhsNumber));
}

/**
 * Flags the patients that could be confused (hazard 1): a surname one letter apart with the same first initial or
 * date of birth is `similar-name`; the same surname alone is `same-surname`.
 */
export function flagSimilarNames(names: Iterable<ListedName>): ReadonlyMap<string, NameFlag> {
  const known = [...names].filter((listed) => familyOf(listed) !== '');
  const bySurname = new Map<string, Set<string>>();
  const byLikeness = new Map<string, Set<string>>();
  const likenesses = (listed: ListedName) =>
    formsOf(familyOf(listed)).flatMap((form) => [
      `${form} ${initialOf(listed)}`,
      `${form} ${listed.birthDate ?? listed.nhsNumber}`,
    ]);
  for (const listed of known) {
    addTo(bySurname, familyOf(listed), listed.nhsNumber);
    likenesses(listed).forEach((key) => addTo(byLikeness, key, listed.nhsNumber));
  }
  const isShared = (groups: Map<string, Set<string>>, key: string) => (groups.get(key)?.size ?? 0) > 1;
  const flags = new Map<string, NameFlag>();
  for (const listed of known) {
    if (likenesses(listed).some((key) => isShared(byLikeness, key)))
      flags.set(listed.nhsNumber, 'similar-name');
    else if (isShared(bySurname, familyOf(listed))) flags.set(listed.nhsNumber, 'same-surname');
  }
  return flags;
}
