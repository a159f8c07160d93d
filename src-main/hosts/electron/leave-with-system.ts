/** The system shuts down or signs its user out: it asks nobody, so neither does the desk. */
import { powerMonitor, type BrowserWindow } from 'electron';

/** Ends the window at once; what is open stays in the outbox as it is, and the next start reads it back. */
export function leaveWithSystem(window: BrowserWindow): void {
  const leave = () => {
    if (!window.isDestroyed()) window.destroy();
  };
  // Linux and macOS tell of it here, Windows at the window.
  powerMonitor.on('shutdown', leave);
  window.on('session-end', leave);
}
