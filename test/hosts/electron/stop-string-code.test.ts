import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const FILE = pathToFileURL('src-main/hosts/electron/security/stop-string-code.ts').href;
const WAYS = {
  eval: `eval('1')`,
  'indirect eval': `(0, eval)('1')`,
  Function: `new Function('return 1')()`,
  'a constructor': `(() => 0).constructor('return 1')()`,
  'an async constructor': `(async () => 0).constructor('return 1')()`,
  'a generator constructor': `(function* () { yield 1; }).constructor('yield 1')()`,
  'an async generator constructor': `(async function* () { yield 1; }).constructor('yield 1')()`,
  'a text timer': `setTimeout('1')`,
};

/** What became of each way in a process of its own: the stop holds for good. */
function tryAll(before: string, ...switches: string[]): unknown {
  const script = `${before}
    const told = {};
    for (const [name, way] of Object.entries({ ${Object.entries(WAYS)
      .map(([name, code]) => `${JSON.stringify(name)}: () => ${code}`)
      .join(', ')} }))
      try { way(); told[name] = 'ran'; } catch (error) { told[name] = error.name; }
    told.isFunction = (() => 0) instanceof Function;
    console.log(JSON.stringify(told));`;
  const run = [...switches, '--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, run, { encoding: 'utf8' }));
}

const refused = (name: string) => (name === 'a text timer' ? 'TypeError' : 'EvalError');
const allRefused = {
  ...Object.fromEntries(Object.keys(WAYS).map((name) => [name, refused(name)])),
  isFunction: true,
};

it('closes every way from a text to code in main', () => {
  expect(tryAll(`(await import(${JSON.stringify(FILE)})).stopStringCode(globalThis);`)).toEqual(allRefused);
});

it('is what the switch of Node does for the host without Electron', () => {
  expect(tryAll('', '--disallow-code-generation-from-strings')).toEqual(allRefused);
});

it('would be seen missing', () => {
  expect(tryAll('')).toMatchObject({ eval: 'ran', Function: 'ran', 'an async constructor': 'ran' });
});
