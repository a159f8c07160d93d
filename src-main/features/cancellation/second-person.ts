/** The second person who confirms the cancellation of a referral, where the site asks for one (screens.md section 8). */

/** Initials as they are kept: letters alone, in capitals. */
export const initialsOf = (typed: string): string =>
  typed.replace(/[^\p{L}]/gu, '').toLocaleUpperCase('en-GB');

/** Why these initials do not stand for another person; null when they may. */
export function objectionToSecondPerson(typed: string, userName: string): string | null {
  const initials = initialsOf(typed);
  if (initials.length < 2 || /[\p{N}\p{Cc}\p{Cf}]/u.test(typed)) return 'second-person-missing';
  return initials === initialsOfName(userName) ? 'second-person-is-you' : null;
}

/** `Alex Clerk` → `AC`. */
function initialsOfName(name: string): string {
  const firsts = name.split(/\s+/).map((part) => [...part][0] ?? '');
  return initialsOf(firsts.join(''));
}
