/** What shows that the person has left: the card, the lock and the sleep of the operating system, the provider. */
import type { CardReader, Log, SessionProvider, SitePolicies, SystemEvents } from '../../app/ports.ts';

interface Dependencies {
  readonly cardReader: CardReader;
  readonly systemEvents: SystemEvents;
  readonly provider: SessionProvider;
  readonly cardRemoval: () => NonNullable<SitePolicies['cardRemoval']>;
  readonly log: Log;
  readonly isAttended: () => boolean;
  readonly lock: () => void;
  readonly endBehindLock: (code: string) => void;
  /** The machine has slept: time has passed that no timer saw. */
  readonly onWoken: () => void;
}

/**
 * Follows the signs until the returned function is called. The legacy Identity Agent ends the session when the card
 * goes, Smartcard Connect goes on without it: the site says which (devices.md section 2, safety.md S37).
 */
export function followLeavingSigns(deps: Dependencies): () => void {
  function act(code: string, how: 'lock' | 'end-session' | 'nothing'): void {
    if (!deps.isAttended() || how === 'nothing') return;
    deps.log.write('info', 'desk-left', { code, reason: how });
    if (how === 'lock') deps.lock();
    else deps.endBehindLock(code);
  }

  const stops = [
    deps.cardReader.watch((event) => {
      if (event.kind === 'card-removed') act('card-removed', deps.cardRemoval());
    }),
    deps.systemEvents.watch((event) => {
      if (event === 'locked' || event === 'suspended') act(`system-${event}`, 'lock');
      if (event === 'resumed') deps.onWoken();
    }),
    deps.provider.watchEnd?.((end) => act(end, 'end-session')),
  ];
  return () => stops.forEach((stop) => stop?.());
}
