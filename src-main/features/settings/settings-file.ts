/** The text of a settings file, read: upgraded step by step, parsed, judged. Nothing here touches the disk. */
import { settings as schemas } from '../../../build/generated/record-validators.js';
import type { DeskFile, PolicyFile } from './settings-schemas.ts';

/** A file of one version back, brought to the next. A step is never changed once released. */
export type SettingsStep = (file: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** From version 1 on; the first release wrote version 1, so there is none yet. */
export const SETTINGS_STEPS: readonly SettingsStep[] = [];

export type FileReading<T> =
  | { readonly kind: 'good'; readonly file: T }
  /** Written by a later version of the desk: not read, and never written over. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'broken'; readonly code: 'not-json' | 'not-settings' };

function parseObject(text: string): Record<string, unknown> | null {
  try {
    // An editor of Windows may put a mark in front.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    // Torn, or no JSON at all: the caller keeps the file aside and says so.
    return null;
  }
}

/** Brings a file up to the newest version by the steps that it has not been through; null when a step cannot take it. */
export function upgradeSettings(
  file: Record<string, unknown>,
  steps: readonly SettingsStep[],
): Record<string, unknown> | null {
  try {
    const due = steps.slice(Number(file['version']) - 1);
    return { ...due.reduce((older, step) => step(older), file), version: steps.length + 1 };
  } catch {
    // A step meets what no version ever wrote.
    return null;
  }
}

function read<T>(kind: 'desk' | 'policy', text: string, steps: readonly SettingsStep[]): FileReading<T> {
  const parsed = parseObject(text);
  if (parsed === null) return { kind: 'broken', code: 'not-json' };
  const { version } = parsed;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { kind: 'broken', code: 'not-settings' };
  if (version > steps.length + 1) return { kind: 'newer' };
  const file = upgradeSettings(parsed, steps);
  if (file === null || !schemas[kind](file)) return { kind: 'broken', code: 'not-settings' };
  return { kind: 'good', file: file as T };
}

export const readDeskFile = (text: string, steps = SETTINGS_STEPS): FileReading<DeskFile> =>
  read('desk', text, steps);

/** A policy has the versions and the steps of the settings that it sets. */
export const readPolicyFile = (text: string, steps = SETTINGS_STEPS): FileReading<PolicyFile> =>
  read('policy', text, steps);

export const formatDeskFile = (file: DeskFile): string => `${JSON.stringify(file, null, 2)}\n`;
