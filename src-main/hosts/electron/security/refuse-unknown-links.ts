/** Every address that the system's browser may be asked to show, by an id; no address comes from a page. */
const LINKS: ReadonlyMap<string, string> = new Map([
  ['ers-web-app', 'https://ebs.ncrs.nhs.uk/'],
  ['service-desk', 'https://digital.nhs.uk/services/e-referral-service'],
]);

/** The address of an id, or null for every other text (checklist 15, attack S19). */
export function findLink(id: string): string | null {
  return LINKS.get(id) ?? null;
}
