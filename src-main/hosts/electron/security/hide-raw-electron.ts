import type { IpcRenderer } from 'electron';
import { fail } from '../../../contract/outcome.ts';
import type { BridgePrimitives } from '../../bridge/expose-bridge.ts';

/** The two primitives of the bridge: neither they, nor an event, nor a sender ever reaches a page (checklist 20). */
export function hideRawElectron(
  ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on' | 'removeListener'>,
): BridgePrimitives {
  return {
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
  };
}
