/** Extensions by the last part of their URL. Their order is never promised (contract.md A005). */
import { objectsAt, textAt, type Json } from './json.ts';
import { lastSegment } from './systems.ts';

/** Every extension of that name, e.g. `Extension-eRS-ReferralState-1` or a nested `state`. */
export function extensionsNamed(holder: Json | null, name: string): readonly Json[] {
  return objectsAt(holder, 'extension').filter((extension) => lastSegment(textAt(extension, 'url')) === name);
}

/** The first extension of that name; null when there is none. */
export function extensionNamed(holder: Json | null, name: string): Json | null {
  return extensionsNamed(holder, name)[0] ?? null;
}
