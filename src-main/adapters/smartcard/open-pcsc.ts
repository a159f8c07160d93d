import koffi from 'koffi';
import { pcscLayoutOf, readNames, type PcscLayout } from './pcsc-layout.ts';
import type { Pcsc, ReaderState } from './pcsc.ts';

const SCOPE_USER = 0;
const SCOPE_SYSTEM = 2;
/** More than any desk has; a longer list is not this one's. */
const MOST_NAME_BYTES = 64 * 1024;
/** Codes are unsigned in the documents and signed in some headers. */
const unsigned = (code: number | bigint) => Number(code) >>> 0;

interface NativeState {
  szReader: string;
  pvUserData: null;
  dwCurrentState: number;
  dwEventState: number;
  cbAtr: number;
  rgbAtr: number[];
}

/** The calls of the system's library. Throws where it is not there, or is laid out in another way. */
function loadCalls(layout: PcscLayout) {
  const { dword, long, context: handle, name, suffix } = layout;
  const library = koffi.load(layout.library);
  const shape = {
    szReader: name,
    pvUserData: 'void *',
    dwCurrentState: dword,
    dwEventState: dword,
    cbAtr: dword,
    rgbAtr: koffi.array('uint8_t', layout.atrBytes),
  };
  const state = layout.isPacked ? koffi.pack(shape) : koffi.struct(shape);
  if (koffi.sizeof(state) !== layout.stateBytes) throw new Error('PC/SC is laid out in another way');
  const out = (type: string) => koffi.out(koffi.pointer(type));
  const inout = (type: Parameters<typeof koffi.sizeof>[0]) => koffi.inout(koffi.pointer(type));
  return {
    establish: library.func('SCardEstablishContext', long, [dword, 'void *', 'void *', out(handle)]),
    release: library.func('SCardReleaseContext', long, [handle]),
    list: library.func(`SCardListReaders${suffix}`, long, [handle, 'void *', out('uint8_t'), inout(dword)]),
    change: library.func(`SCardGetStatusChange${suffix}`, long, [handle, dword, inout(state), dword]),
  };
}

/**
 * The system's PC/SC. Throws where the system has no such library or lays its structures out in another way: then
 * nothing may be read from them.
 */
export function openPcsc(platform: NodeJS.Platform = process.platform): Pcsc {
  const layout = pcscLayoutOf(platform);
  if (layout === null) throw new Error('no PC/SC on this system');
  const { establish, release, list, change } = loadCalls(layout);
  let context: number | bigint | null = null;

  const nativeOf = ({ name: szReader, state: dwCurrentState }: ReaderState): NativeState => ({
    ...{ szReader, pvUserData: null, dwCurrentState, dwEventState: 0, cbAtr: 0 },
    rgbAtr: Array.from({ length: layout.atrBytes }, () => 0),
  });

  return {
    newReaders: layout.newReaders,
    establish() {
      const made: (number | bigint)[] = [0];
      const scope = platform === 'win32' ? SCOPE_USER : SCOPE_SYSTEM;
      const code = unsigned(establish(scope, null, null, made) as number);
      context = code === 0 ? (made[0] ?? null) : null;
      return code;
    },
    listReaders() {
      const bytes = Buffer.alloc(MOST_NAME_BYTES);
      const length = [MOST_NAME_BYTES / layout.nameUnit];
      const code = unsigned(list(context ?? 0, null, bytes, length) as number);
      return { code, names: code === 0 ? readNames(bytes, layout.nameUnit) : [] };
    },
    waitForChange(states, timeoutMs) {
      const natives = states.map(nativeOf);
      const code = unsigned(change(context ?? 0, timeoutMs, natives, natives.length) as number);
      const seen = natives.map(({ dwEventState }, at) => ({
        name: states[at]?.name ?? '',
        state: Number(dwEventState),
      }));
      return { code, states: seen };
    },
    release() {
      if (context !== null) release(context);
      context = null;
    },
  };
}
