import type { IpcMainInvokeEvent } from 'electron';
import { isAppUrl } from '../origin.ts';

/** What the application is told of a sender. */
export interface JudgedSender {
  readonly isTrusted: boolean;
  readonly place: string;
}

function judge(event: IpcMainInvokeEvent, windowIds: ReadonlySet<number>): string {
  if (!windowIds.has(event.sender.id)) return 'unknown-window';
  const frame = event.senderFrame;
  // Null once the frame has navigated or gone: nobody to answer, nobody to trust.
  if (!frame) return 'gone-frame';
  if (frame.parent !== null || frame !== event.sender.mainFrame) return 'subframe';
  return isAppUrl(frame.url) ? 'main-frame' : 'foreign-origin';
}

/** A message is trusted from the main frame of a known window on our origin only (checklist 17, S05, S06). */
export function checkIpcSender(event: IpcMainInvokeEvent, windowIds: ReadonlySet<number>): JudgedSender {
  const place = judge(event, windowIds);
  return { isTrusted: place === 'main-frame', place };
}
