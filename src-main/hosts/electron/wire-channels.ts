/** Carries requests and pushes between windows and the application: one handler a channel, none generic. */
import type { IpcMain, WebContents } from 'electron';
import { requestChannels } from '../../../build/generated/channel-names.ts';
import type { App } from '../../app/create-app.ts';
import { fail } from '../../contract/outcome.ts';
import { checkIpcSender } from './security/refuse-foreign-senders.ts';

/** The windows of the application: those whose main frame may call, and which hear pushes. */
export interface KnownWindows {
  readonly ids: ReadonlySet<number>;
  all(): readonly WebContents[];
}

/** Wires every channel of the contract; answers how to take the wires out. */
export function wireChannels(
  ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>,
  app: Pick<App, 'handle' | 'onPush'>,
  windows: KnownWindows,
): () => void {
  for (const channel of requestChannels) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => {
      if (args.length !== 1) return fail('invalid-input', 'one-argument');
      return app.handle(channel, args[0], checkIpcSender(event, windows.ids));
    });
  }
  const stopPushes = app.onPush((channel, payload) => {
    for (const contents of windows.all()) if (!contents.isDestroyed()) contents.send(channel, payload);
  });
  return () => {
    stopPushes();
    for (const channel of requestChannels) ipcMain.removeHandler(channel);
  };
}
