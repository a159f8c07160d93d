/** The ISO texts of instants, kept: a slot's times go over the wire again and again. */
import { toIso } from '../../contract/london-time.ts';

const MOST_KEPT = 50_000;
const kept = new Map<number, string>();

/** The ISO text (UTC, milliseconds) of an instant. */
export function instantText(epochMs: number): string {
  const known = kept.get(epochMs);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const text = toIso(epochMs);
  kept.set(epochMs, text);
  return text;
}
