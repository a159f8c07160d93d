/** The preload of every window: sandboxed, isolated, one file. The page gets the frozen bridge and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_NAME, makeBridge } from '../bridge/expose-bridge.ts';
import { hideRawElectron } from './security/hide-raw-electron.ts';
import { assertIsolated } from './security/isolate-preload.ts';

assertIsolated(process);
contextBridge.exposeInMainWorld(BRIDGE_NAME, makeBridge(hideRawElectron(ipcRenderer)));
