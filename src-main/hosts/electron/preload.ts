/** The preload of every window: sandboxed, isolated, one file. The page gets the frozen bridge and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, makeBridge } from '../bridge/expose-bridge.ts';
import { fail } from '../../contract/outcome.ts';

const bridge = makeBridge({
  // An exception crosses as text only; the page gets data, always.
  request: (channel, input) =>
    ipcRenderer.invoke(channel, input).catch(() => fail('internal', 'bridge-failed')) as Promise<unknown>,
  subscribe(channel, listener) {
    const hear = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, hear);
    return () => {
      ipcRenderer.removeListener(channel, hear);
    };
  },
});

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
