import type { WebPreferences } from 'electron';

/** Web preferences of every window (safety.md, checklist 2, 3, 4, 6, 8 to 11): all stated, none left to a default. */
export function hardenWebPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    // The spelling checker would fetch dictionaries from another host.
    spellcheck: false,
    devTools: !isPackaged,
  };
}
