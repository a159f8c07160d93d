/**
 * The menu behind the keys that a window has of its own: the sizes of the text, and on macOS copy and paste, which work
 * elsewhere without one. Electron's own menu would load the page anew at Ctrl+R and close it at Ctrl+W.
 */
import type { MenuItemConstructorOptions } from 'electron';

const EDIT: MenuItemConstructorOptions = {
  label: 'Edit',
  submenu: [{ role: 'undo' }, { role: 'redo' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }],
};
const SIZES: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];

/** The whole menu; in a package nothing in it opens the tools of a developer. */
export function makeMenu(platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = isPackaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const, EDIT] : []),
    { label: 'View', submenu: [...SIZES, ...tools] },
  ];
}
