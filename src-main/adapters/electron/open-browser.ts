import { shell } from 'electron';

/** Shows an address of main's own in the system's browser; false when there is none, or it is not https. */
export async function openBrowser(address: URL): Promise<boolean> {
  if (address.protocol !== 'https:') return false;
  try {
    await shell.openExternal(address.href);
    return true;
  } catch {
    return false;
  }
}
