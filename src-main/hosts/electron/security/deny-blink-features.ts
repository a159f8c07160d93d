import type { CommandLine, WebPreferences } from 'electron';

/** No feature of the engine is switched on by name in a window (checklist 10). */
export const DENY_BLINK_FEATURES = { enableBlinkFeatures: '' } as const satisfies WebPreferences;

const FEATURE_SWITCHES = [
  'enable-blink-features',
  'enable-blink-test-features',
  'enable-experimental-web-platform-features',
];

/** The first switch of the command line that turns features of the engine on, or null (checklist 10). */
export function findFeatureSwitch(commandLine: Pick<CommandLine, 'hasSwitch'>): string | null {
  return FEATURE_SWITCHES.find((name) => commandLine.hasSwitch(name)) ?? null;
}
