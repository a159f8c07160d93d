import type { Connection } from '../../../src-main/contract/channels/session.ts';
import { formatClock, formatTime } from '../../../src-main/contract/london-time.ts';

/** The line to e-RS in words, with a shape, so that colour says nothing alone. */
export interface ConnectionWords {
  readonly text: string;
  readonly shape: string;
  readonly tone: 'good' | 'bad' | 'quiet';
}

export function connectionWords(connection: Connection): ConnectionWords {
  if (connection.pausedUntil !== null) {
    return { text: `e-RS pause until ${formatClock(connection.pausedUntil)}`, shape: '❚❚', tone: 'bad' };
  }
  switch (connection.status) {
    case 'online':
      return { text: 'Online', shape: '●', tone: 'good' };
    case 'offline': {
      const since = connection.since === null ? '' : ` since ${formatTime(connection.since)}`;
      return { text: `Offline${since}`, shape: '✕', tone: 'bad' };
    }
    case 'portal':
      return { text: 'Network sign-in', shape: '▲', tone: 'bad' };
    case 'unknown':
      return { text: 'Connection not tried', shape: '○', tone: 'quiet' };
  }
}

/** True while e-RS cannot be reached: what is on show is what was read last. */
export function isCutOff({ status }: Connection): boolean {
  return status === 'offline' || status === 'portal';
}

/** What the clerk can do about the line; empty when there is nothing to do. */
export function connectionAdvice(connection: Connection): string {
  switch (connection.status) {
    case 'portal':
      return 'The network asks you to sign in to it: open its page in a browser, sign in there, then press F5 here.';
    case 'offline':
      return 'e-RS cannot be reached; F5 tries again.';
    case 'online':
    case 'unknown':
      return '';
  }
}
