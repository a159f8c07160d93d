import { onBeforeUnmount, onMounted, shallowReactive } from 'vue';
import { announce, clearRefusal } from '../app/status-line.ts';
import { reportFault } from '../features/diagnostics/report-fault.ts';
import { parseChord, showChord } from './chords.ts';
import { explainUnboundKey } from './default-keys.ts';
import { ANYWHERE, activeScopes, isPanelOpen } from './scopes.ts';

/** Something that a key or the palette does. */
export interface Command {
  /** Unique in its scope, e.g. `worklist.reread`. */
  readonly id: string;
  readonly title: string;
  /** e.g. `F7`, `Shift+F7`, `Ctrl+Enter`. */
  readonly keys: readonly string[];
  /** `anywhere`, a screen (route name), a pane or a panel. */
  readonly scope: string;
  /** True, or in words why not now. */
  available(): true | string;
  run(): void | Promise<void>;
  /** Runs again while its key is held down. */
  readonly repeats?: boolean;
  /** Runs also while a panel is open, e.g. lock. */
  readonly inPanels?: boolean;
}

/** Makes the commands of one scope, whose ids begin with its name; available always, where nothing is said. */
export function commandMaker(scope: string) {
  return (
    id: string,
    title: string,
    keys: readonly string[],
    run: Command['run'],
    available: Command['available'] = () => true,
  ): Command => ({ id: `${scope}.${id}`, title, keys, scope, run, available });
}

const commands = shallowReactive(new Map<string, Command>());
const slotOf = (command: Command) => `${command.scope} ${command.id}`;

/**
 * Registers a command; the returned function takes it back.
 * Throws on a second command of the same id or key in one scope, and on keys that the key policy forbids.
 */
export function registerCommand(command: Command): () => void {
  const slot = slotOf(command);
  if (commands.has(slot)) throw new Error(`Command ${command.id} is registered twice in ${command.scope}`);
  for (const chord of command.keys.map(parseChord)) {
    const owner = findInScope(chord, command.scope);
    if (owner)
      throw new Error(`${chord} has two commands in ${command.scope}: ${owner.id} and ${command.id}`);
  }
  commands.set(slot, command);
  return () => {
    if (commands.get(slot) === command) commands.delete(slot);
  };
}

/** Registers commands while the component is mounted. */
export function useCommands(list: readonly Command[]): void {
  const undo: (() => void)[] = [];
  onMounted(() => undo.push(...list.map(registerCommand)));
  onBeforeUnmount(() => undo.splice(0).forEach((take) => take()));
}

/** Every command that is registered now, for the palette and the overlay; reactive. */
export function listCommands(): readonly Command[] {
  return [...commands.values()];
}

function findInScope(chord: string, scope: string): Command | null {
  for (const command of commands.values()) {
    if (command.scope === scope && command.keys.some((key) => parseChord(key) === chord)) return command;
  }
  return null;
}

/** The command that a chord means here and now, or null. */
export function findCommand(chord: string): Command | null {
  for (const scope of activeScopes()) {
    const command = findInScope(chord, scope);
    if (command) return command;
  }
  const everywhere = isPanelOpen() ? findInScope(chord, ANYWHERE) : null;
  return everywhere?.inPanels ? everywhere : null;
}

/** Runs a command, or shows in the status line why it cannot run now. A fault in it is reported, never hidden. */
export async function runCommand(command: Command): Promise<void> {
  const availability = command.available();
  if (availability !== true) {
    announce(`${command.title}: ${availability}`, 'refused');
    return;
  }
  clearRefusal();
  try {
    await command.run();
  } catch {
    announce(
      `${command.title} failed in this window. Press the key again; if it fails again, restart the desk.`,
      'refused',
    );
    reportFault('command', command.id);
  }
}

/** Does what a chord means; a known key without a command here says why. False when the desk has no such key. */
export function pressChord(chord: string): boolean {
  const command = findCommand(chord);
  if (command) {
    void runCommand(command);
    return true;
  }
  const reason = isPanelOpen() ? 'close this panel first (Esc).' : explainUnboundKey(chord);
  if (reason === null || (isPanelOpen() && explainUnboundKey(chord) === null)) return false;
  announce(`${showChord(chord)}: ${reason}`, 'refused');
  return true;
}
