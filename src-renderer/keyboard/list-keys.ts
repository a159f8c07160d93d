/** Where a key goes in a list of choices; null where it is no key of a list. An empty list stays at 0. */
export function moveInList(key: string, at: number, length: number): number | null {
  const last = Math.max(0, length - 1);
  if (key === 'ArrowDown') return Math.min(at + 1, last);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}
