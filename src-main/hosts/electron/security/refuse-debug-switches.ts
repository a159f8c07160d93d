import type { CommandLine } from 'electron';

const DEBUG_SWITCHES = [
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'load-extension',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'remote-allow-origins',
];

/** The first switch of the command line by which another program could steer the product, or null (attack S24). */
export function findDebugSwitch(commandLine: Pick<CommandLine, 'hasSwitch'>): string | null {
  return DEBUG_SWITCHES.find((name) => commandLine.hasSwitch(name)) ?? null;
}
