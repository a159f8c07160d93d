import type { Command } from '../keyboard/command-registry.ts';
import { ANYWHERE } from '../keyboard/scopes.ts';
import { openPanel, showPanel } from './panels.ts';

/** Opens the check of this desk; also before a sign-in and over the lock, where it is needed most. */
export function openDiagnostics(): void {
  showPanel('diagnostics');
}

/** Takes the place of a panel only where nothing is typed that would go with it. */
function availability(): true | string {
  const open = openPanel.value;
  if (open === null || open === 'palette' || open === 'keys' || open === 'help') return true;
  return open === 'diagnostics' ? 'the check is open already.' : 'close this panel first (Esc).';
}

export function diagnosticsCommand(): Command {
  return {
    id: 'frame.diagnostics',
    title: 'Check this desk',
    keys: ['Ctrl+F1'],
    scope: ANYWHERE,
    inPanels: true,
    available: availability,
    run: openDiagnostics,
  };
}
