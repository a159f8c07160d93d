/** What happens to a session by itself: its end, its lock, what opens the lock, and what is kept meanwhile. */
import type { DeskTimes } from '../../contract/channels/session.ts';
import type {
  PushChannel,
  PushPayload,
  RequestChannel,
  RequestInput,
  RequestOutput,
} from '../../contract/channels.ts';
import { ok, type Outcome } from '../../contract/outcome.ts';
import type { Ports } from '../../app/ports.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import { createDeskPin } from './desk-pin.ts';
import { createDrafts } from './drafts.ts';
import { createExpiry } from './expiry.ts';
import { createIdle, IDLE_MINUTES } from './idle.ts';
import { followLeavingSigns } from './leaving-signs.ts';
import type { SessionFeature } from './session.ts';

type Channel = Extract<
  RequestChannel,
  | 'session/unlock-with-pin'
  | 'session/read-pin'
  | 'session/set-pin'
  | 'session/remove-pin'
  | 'session/read-times'
  | 'session/note-activity'
  | 'session/keep-draft'
  | 'session/take-draft'
>;

export interface SessionLife {
  readonly handlers: { readonly [C in Channel]: (input: RequestInput<C>) => Outcome<RequestOutput<C>> };
  /** Follows the card, the system and the provider from here on. */
  readonly begin: () => void;
  /** The session has changed. */
  readonly follow: () => void;
  /** What runs out has changed: the page is told. */
  readonly tellTimes: () => void;
  /** e-RS is back: an end that had to wait comes now, before anything is sent. */
  readonly backOnline: () => void;
  /** The desk has been given up. */
  readonly forget: () => void;
  readonly stop: () => void;
}

interface Dependencies {
  readonly ports: Pick<
    Ports,
    'settings' | 'clock' | 'log' | 'sessionProvider' | 'cardReader' | 'systemEvents'
  >;
  readonly session: SessionFeature;
  readonly kept: KeptRecords;
  /** False where writes are off. */
  readonly canKeep: () => boolean;
  readonly isOffline: () => boolean;
  readonly audit: (ubrn: string, code: string) => void;
  readonly push: <C extends PushChannel>(channel: C, payload: PushPayload<C>) => void;
}

export function createSessionLife(deps: Dependencies): SessionLife {
  const { ports, session, kept, canKeep, isOffline } = deps;
  const { clock, log, sessionProvider: provider } = ports;
  /** Asked each time: a site may change them while the desk runs. */
  const policies = () => ports.settings.policies ?? {};
  let stopSigns: () => void = () => undefined;

  const isAttended = () => session.state().status !== 'signed-out';
  const isOpen = () => isAttended() && session.state().status !== 'locked';
  const audit = (code: string) => deps.audit('', code);

  const times = (): DeskTimes => ({
    endsInMs: expiry.endsInMs(),
    locksInMs: idle.locksInMs(),
    isClosing: session.isClosing(),
  });
  const tellTimes = () => deps.push('session/times-changed', times());

  const expiry = createExpiry({
    ...{ clock, log, provider, isOffline },
    credential: session.credential,
    renewWith: session.renewWith,
    end: session.noticeEnded,
    onChanged: tellTimes,
  });
  const idle = createIdle({
    ...{ clock, isOpen },
    minutes: () => policies().idleLockMinutes ?? IDLE_MINUTES,
    lock() {
      log.write('info', 'desk-left', { code: 'idle', reason: 'lock' });
      session.lock();
    },
    onChanged: tellTimes,
  });
  const pin = createDeskPin({
    ...{ clock, kept, canKeep, audit },
    desk: session.desk,
    seated: session.seated,
    unlockHere: session.unlockHere,
    endBehindLock: session.endBehindLock,
  });
  const drafts = createDrafts(() => session.state().user?.userId ?? null);

  return {
    handlers: {
      'session/unlock-with-pin': pin.unlock,
      'session/read-pin': pin.read,
      'session/set-pin': pin.set,
      'session/remove-pin': pin.remove,
      'session/read-times': () => ok(times()),
      'session/note-activity'() {
        idle.noteActivity();
        return ok({});
      },
      'session/keep-draft'({ userId, draft }) {
        drafts.keep(userId, draft);
        return ok({});
      },
      'session/take-draft': () => ok({ draft: session.desk() === null ? null : drafts.take() }),
    },
    begin() {
      stopSigns = followLeavingSigns({
        ...ports,
        provider,
        cardRemoval: () => policies().cardRemoval ?? 'lock',
        isAttended,
        lock: () => void session.lock(),
        endBehindLock: session.endBehindLock,
        onWoken: expiry.recheck,
      });
    },
    follow() {
      // Whoever has the desk open has shown who they are.
      if (session.desk() !== null) pin.forget();
      expiry.follow();
      idle.follow();
    },
    tellTimes,
    backOnline: expiry.recheck,
    forget() {
      drafts.forget();
      pin.forget();
    },
    stop() {
      stopSigns();
      expiry.stop();
      idle.stop();
    },
  };
}
