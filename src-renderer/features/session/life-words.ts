/** Words for what runs out at this desk. */
import { countOf } from '../../app/format.ts';

/** `4:05` for minutes and seconds. */
const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** The header's countdown to the session's end; empty while there is none. */
export function endsInWords(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds === 0 ? 'Your sign-in is ending.' : `Your sign-in ends in ${clockOf(seconds)}.`;
}

/** The same for ears: once a minute is enough. */
export function endsInSpoken(seconds: number | null): string {
  if (seconds === null) return '';
  const minutes = Math.ceil(seconds / 60);
  return `Your sign-in ends in ${countOf(minutes, 'minute')}. Then you sign in again here; what you typed stays.`;
}

export function locksInWords(seconds: number): string {
  return seconds === 0 ? 'The desk locks now.' : `The desk locks in ${countOf(seconds, 'second')}.`;
}

/** Why a PIN did not open the lock, or was not taken; null for what has words of its own. */
export function pinFault(code: string, facts: Readonly<Record<string, unknown>>): string | null {
  switch (code) {
    case 'pin-wrong': {
      const left = Number(facts['attemptsLeft'] ?? 0);
      if (left <= 0) return 'Wrong PIN, for the fifth time: your session was ended. Sign in again.';
      return `Wrong PIN. ${countOf(left, 'attempt')} left, then your session ends.`;
    }
    case 'pin-too-soon':
      return `Wait ${countOf(Math.ceil(Number(facts['waitMs'] ?? 1000) / 1000), 'second')}, then type the PIN again.`;
    case 'pin-too-simple':
      return 'Too easy to guess: not one digit over and over, and no digits in a row.';
    default:
      return null;
  }
}
