/** The scheme and authority of the interface in Electron. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://ui';
export const APP_URL = `${APP_ORIGIN}/`;

/** True when an address is the interface's, by parsing it and never by comparing a prefix (safety.md, S16). */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return `${url.protocol}//${url.host}` === APP_ORIGIN && url.username === '' && url.password === '';
}
