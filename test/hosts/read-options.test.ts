import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findDataRoot } from '../../src-main/hosts/data-folder.ts';
import { readOptions } from '../../src-main/hosts/read-options.ts';

it('starts in training over the platform when nothing is said', () => {
  expect(readOptions([], {})).toEqual({
    ok: true,
    options: { environment: 'training', dialect: 'api-platform', seed: 1, dataDir: null },
  });
});

it('keeps the keys where it is told, in files for training alone', () => {
  const read = (argv: string[], env = {}) => readOptions(argv, env);
  expect(read([])).not.toHaveProperty('options.secrets');
  expect(read(['--secrets', 'keyring'])).toHaveProperty('options.secrets', 'keyring');
  expect(read([], { BOOKING_DESK_SECRETS: 'key-file' })).toHaveProperty('options.secrets', 'key-file');
  expect(read(['--environment=live', '--secrets=keyring'])).toHaveProperty('options.secrets', 'keyring');
});

it('takes the command line before the variables, and passes over foreign switches', () => {
  const argv = [
    'dist/main/main.js',
    '--no-sandbox',
    '--dialect',
    'spine-session',
    '--seed=7',
    '--data-dir',
    'desk',
  ];
  const env = {
    BOOKING_DESK_SEED: '9',
    BOOKING_DESK_ENVIRONMENT: 'sandbox',
    BOOKING_DESK_DATA_DIR: '/elsewhere',
  };
  expect(readOptions(argv, env)).toEqual({
    ok: true,
    options: { environment: 'sandbox', dialect: 'spine-session', seed: 7, dataDir: resolve('desk') },
  });
});

it.each([
  [['--environment', 'production'], '--environment is one of training, sandbox, integration, live'],
  [['--dialect', 'stu3'], '--dialect is one of api-platform, spine-session'],
  [['--seed', '-1'], '--seed is a number of 1 to 9 digits'],
  [['--seed', '1e3'], '--seed is a number of 1 to 9 digits'],
  [['--data-dir='], '--data-dir needs a folder'],
  [['--secrets', 'keytar'], '--secrets is one of key-file, keyring'],
  [['--secrets='], '--secrets is one of key-file, keyring'],
  [['--environment', 'live', '--secrets', 'key-file'], '--secrets key-file is for training only'],
])('says what is wrong with %j', (argv, message) => {
  expect(readOptions(argv, {})).toEqual({ ok: false, message });
});

it.each([
  ['win32', { APPDATA: '/roaming' }, join('/roaming', 'Booking Desk')],
  ['darwin', {}, join('/home/clerk', 'Library', 'Application Support', 'Booking Desk')],
  ['linux', {}, join('/home/clerk', '.local', 'share', 'booking-desk')],
  ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'booking-desk')],
] as const)('keeps data on %s where the system means it', (platform, env, expected) => {
  expect(findDataRoot({ platform, env, home: '/home/clerk' })).toBe(expected);
});

it('looks at this machine by default', () => {
  expect(findDataRoot().startsWith(process.env['XDG_DATA_HOME'] ?? homedir())).toBe(true);
});
