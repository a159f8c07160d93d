import type {
  RequestChannel,
  RequestOutput,
  PushChannel,
  PushPayload,
} from '../../../src-main/contract/channels.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { App } from '../../../src-main/app/create-app.ts';

type Script<C extends RequestChannel> =
  Outcome<RequestOutput<C>> | 'never' | ((input: unknown) => Promise<Outcome<RequestOutput<C>>>);

/** The real application, with single channels answered by a script: any state of any screen, on demand. */
export interface ScriptedApp extends Pick<App, 'handle' | 'onPush'> {
  script<C extends RequestChannel>(channel: C, answer: Script<C>): void;
  /** Lets every channel reach the application again, and its pushes the page. */
  unscript(): void;
  /** Pushes this to the page; what the application itself pushes there waits for `unscript`. */
  push<C extends PushChannel>(channel: C, payload: PushPayload<C>): void;
}

export function createScriptedApp(app: App): ScriptedApp {
  const scripts = new Map<string, Script<RequestChannel>>();
  const scriptedPushes = new Set<PushChannel>();
  const listeners = new Set<(channel: PushChannel, payload: unknown) => void>();
  return {
    handle(channel, input, sender) {
      const script = scripts.get(channel);
      if (script === undefined || !sender.isTrusted) return app.handle(channel, input, sender);
      if (script === 'never') return new Promise(() => undefined);
      return Promise.resolve(typeof script === 'function' ? script(input) : script);
    },
    onPush(listener) {
      listeners.add(listener);
      const stop = app.onPush((channel, payload) => {
        if (!scriptedPushes.has(channel)) listener(channel, payload);
      });
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    script: (channel, answer) => void scripts.set(channel, answer as Script<RequestChannel>),
    unscript() {
      scripts.clear();
      scriptedPushes.clear();
    },
    push(channel, payload) {
      scriptedPushes.add(channel);
      listeners.forEach((listener) => listener(channel, payload));
    },
  };
}
