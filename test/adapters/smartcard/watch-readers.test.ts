import { describe, expect, it } from 'vitest';
import type { CardEvent } from '../../../src-main/app/ports.ts';
import { pcscLayoutOf, readNames } from '../../../src-main/adapters/smartcard/pcsc-layout.ts';
import {
  CHANGED,
  NO_READERS,
  PRESENT,
  SUCCESS,
  TIMEOUT,
  UNKNOWN_READER,
  type Pcsc,
} from '../../../src-main/adapters/smartcard/pcsc.ts';
import { watchReaders } from '../../../src-main/adapters/smartcard/watch-readers.ts';

const NO_SERVICE = 0x8010001d;
const SERVICE_STOPPED = 0x8010001e;
const COMM_ERROR = 0x80100013;

/** One look of the watcher at what a test says is so; `null` is a service that is not there. */
type Scene = { readonly readers: Readonly<Record<string, boolean>>; readonly code?: number } | null;

/** Plays scenes one after the other, one for each wait or failed start; collects what is told and the pauses. */
async function play(scenes: readonly Scene[], newReaders: string | null = '\\\\?PnP?\\Notification') {
  const told: CardEvent[] = [];
  const pauses: number[] = [];
  let at = 0;
  let isEstablished = false;
  const scene = () => scenes[at] ?? null;
  const pcsc: Pcsc = {
    newReaders,
    establish() {
      if (scene() !== null) {
        isEstablished = true;
        return SUCCESS;
      }
      at += 1;
      return NO_SERVICE;
    },
    listReaders() {
      const now = scene();
      if (now === null) return { code: COMM_ERROR, names: [] };
      const names = Object.keys(now.readers);
      return { code: names.length === 0 ? NO_READERS : SUCCESS, names };
    },
    waitForChange(states) {
      const now = scene();
      at += 1;
      if (now === null) return { code: SERVICE_STOPPED, states: [] };
      const next = states.map(({ name }) => ({
        name,
        state: CHANGED | (now.readers[name] === true ? PRESENT : 0x10),
      }));
      return { code: now.code ?? SUCCESS, states: next };
    },
    release: () => void (isEstablished = false),
  };
  await watchReaders({
    pcsc,
    tell: (event) => void told.push(event),
    pause: async (ms) => void pauses.push(ms),
    isWanted: () => at < scenes.length,
  });
  return { told: told.map(say), pauses, isEstablished };
}

const say = (event: CardEvent) =>
  event.kind === 'service' ? `service ${event.isUp ? 'up' : 'down'}` : `${event.kind} ${event.reader}`;

describe('watching readers', () => {
  it('tells what is there, each difference once', async () => {
    const one = { readers: { A: true, B: false } };
    const { told, isEstablished } = await play([one, one, { readers: { A: false, B: false } }, one]);
    expect(told).toEqual([
      'service up',
      'reader-added A',
      'reader-added B',
      'card-inserted A',
      'card-removed A',
      'card-inserted A',
    ]);
    expect(isEstablished).toBe(false);
  });

  it('finds a service that starts later, and one that comes back', async () => {
    const card = { readers: { A: true } };
    const { told, pauses } = await play([null, null, card, null, null, card]);
    expect(told).toEqual([
      'service down',
      'service up',
      'reader-added A',
      'card-inserted A',
      'card-removed A',
      'reader-removed A',
      'service down',
      'service up',
      'reader-added A',
      'card-inserted A',
    ]);
    expect(pauses.filter((ms) => ms === 1_000).length).toBeGreaterThanOrEqual(3);
  });

  it('takes the card of a reader that is pulled out with it', async () => {
    const { told } = await play([{ readers: { A: true } }, { readers: {} }, { readers: {} }]);
    expect(told.slice(-2)).toEqual(['card-removed A', 'reader-removed A']);
  });

  it('waits where there is no reader and no way to be told of one', async () => {
    let looks = 0;
    const pauses: number[] = [];
    await watchReaders({
      pcsc: {
        newReaders: null,
        establish: () => SUCCESS,
        listReaders: () => ({ code: NO_READERS, names: [] }),
        waitForChange: () => ({ code: COMM_ERROR, states: [] }),
        release: () => {},
      },
      tell: () => {},
      pause: async (ms) => void pauses.push(ms),
      isWanted: () => (looks += 1) < 5,
    });
    expect(pauses).toEqual([500, 500, 500]);
  });

  it('hears nothing in a wait that ran out or a reader that PC/SC does not know any more', async () => {
    const still = { readers: { A: true }, code: TIMEOUT };
    const { told } = await play([still, { ...still, code: UNKNOWN_READER }]);
    expect(told).toEqual(['service up', 'reader-added A']);
  });

  it('does not spin when PC/SC speaks of changes that are none', async () => {
    const same = { readers: { A: true } };
    const { pauses } = await play([same, same, same, same]);
    expect(pauses.filter((ms) => ms === 0)).toHaveLength(1);
  });
});

describe('the layout of PC/SC', () => {
  it.each([
    ['linux', 'libpcsclite.so.1', 80],
    ['win32', 'winscard.dll', 64],
    ['darwin', '/System/Library/Frameworks/PCSC.framework/PCSC', 61],
  ] as const)('is known for %s', (platform, library, stateBytes) => {
    expect(pcscLayoutOf(platform)).toMatchObject({ library, stateBytes });
  });

  it('is none elsewhere', () => expect(pcscLayoutOf('aix')).toBeNull());

  it('reads lists of names in both widths', () => {
    expect(readNames(Buffer.from('One 00\0Zwei ö\0\0rubbish\0'), 1)).toEqual(['One 00', 'Zwei ö']);
    expect(readNames(Buffer.from('One 00\0Zwei ö\0\0rubbish\0', 'utf16le'), 2)).toEqual(['One 00', 'Zwei ö']);
    expect(readNames(Buffer.from('\0\0'), 1)).toEqual([]);
  });
});
