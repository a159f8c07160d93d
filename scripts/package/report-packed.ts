/** What was packed, looked at again: the archive of each unpacked program, and its fuses as they stand in the file. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage, uncache } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { FUSE_STATES } from '../../src-main/hosts/electron/security/fuse-states.ts';

/** What never belongs into an archive. */
const FOREIGN = /(^|\/)(test|scripts|src-main|src-renderer|docs|\.github)\/|\.(map|ts|vue)$/;
const PROGRAMS = ['booking-desk', 'booking-desk.exe'];

export interface PackedReport {
  readonly lines: readonly string[];
  /** What is wrong with it; empty when nothing is. */
  readonly faults: readonly string[];
}

async function readFuses(program: string): Promise<PackedReport> {
  const wire = await getCurrentFuseWire(program);
  const states = Object.entries(FUSE_STATES).map(([name, isOn]) => {
    const state = wire[FuseV1Options[name as keyof typeof FUSE_STATES]];
    return { name, isOn, isRight: state === (isOn ? FuseState.ENABLE : FuseState.DISABLE) };
  });
  const wrong = states.filter(({ isRight }) => !isRight);
  const named = states.map(({ name, isOn, isRight }) => `${name} ${isRight === isOn ? 'on' : 'off'}`);
  return {
    lines: [`fuses, read back: ${named.join(', ')}`],
    faults: wrong.map(({ name }) => `the fuse ${name} is not as decided`),
  };
}

/** The unpacked programs below `output` that are not older than `sinceMs`. */
export async function reportPacked(output: string, sinceMs: number): Promise<PackedReport> {
  const lines: string[] = [];
  const faults: string[] = [];
  for (const name of existsSync(output) ? readdirSync(output).sort() : []) {
    const folder = join(output, name);
    const archive = join(folder, 'resources/app.asar');
    if (!name.endsWith('-unpacked') || !existsSync(archive) || statSync(archive).mtimeMs < sinceMs) continue;
    // The library remembers archives by their path.
    uncache(archive);
    const paths = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));
    const files = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
    const size = Math.round(statSync(archive).size / 1024);
    lines.push(`${name}: app.asar holds ${files.length} files, ${size} KiB`);
    faults.push(
      ...files.filter((path) => FOREIGN.test(path)).map((path) => `${path} does not belong inside`),
    );
    const program = PROGRAMS.map((one) => join(folder, one)).find((path) => existsSync(path));
    if (program === undefined) continue;
    const fuses = await readFuses(program);
    lines.push(...fuses.lines);
    faults.push(...fuses.faults);
  }
  return { lines, faults };
}
