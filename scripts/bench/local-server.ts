import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface LocalServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

const script = fileURLToPath(new URL('./serve-replies.ts', import.meta.url));

/** Starts the local service in its own process; throws when it does not come up. */
export async function startLocalServer(options: { readonly isSmooth: boolean }): Promise<LocalServer> {
  const child = fork(script, options.isSmooth ? ['--smooth'] : []);
  const ended = once(child, 'exit');
  const [port] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  if (typeof port !== 'number' || child.exitCode !== null)
    throw new Error('the local service did not come up');
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
