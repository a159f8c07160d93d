/** Which event of the protocol lies between two rows, as far as the rows tell; for the report's table of transitions. */
import { EVENT } from '../tally.ts';
import type { DurableRow } from './disk.ts';

const WITHDRAW_CODES = ['patient-declined', 'made-in-error', 'done-elsewhere', 'other', 'edited', 'redone'];

export function causeOf(before: DurableRow | null, row: DurableRow): number {
  if (before === null) return EVENT.made;
  if (row.state === 'QUARANTINED') return EVENT.restart;
  if (row.state === 'PREFLIGHT' || (row.state === 'RECONCILING' && before.state === 'UNKNOWN'))
    return EVENT.turn;
  if (row.state === 'ABANDONED' && WITHDRAW_CODES.includes(row.code)) return EVENT.withdraw;
  switch (before.state) {
    case 'PREFLIGHT':
      return causeAfterCheck(row);
    case 'SENDING':
      return causeAfterAnswer(row);
    case 'RECONCILING':
      return causeAfterReadBack(row);
    case 'NEEDS_CLERK':
      if (row.state === 'RECONCILING') return EVENT['read-now'];
      return row.state === 'APPLIED' ? EVENT['carried-out'] : EVENT.confirm;
    case 'QUEUED':
      return row.state === 'WAITING' ? EVENT['no-connection'] : EVENT.restart;
    default:
      return row.state === 'QUEUED' ? EVENT.confirm : EVENT.restart;
  }
}

function causeAfterCheck({ state, code }: DurableRow): number {
  switch (state) {
    case 'APPLIED':
      return EVENT['checked own-effect'];
    case 'REJECTED':
      return EVENT['checked refused'];
    case 'HELD':
      return EVENT['checked held'];
    case 'WAITING':
      return waitingCause(code, 'checked not-reached', 'checked limited', 'checked locked');
    case 'SENDING':
      return EVENT['checked clear'];
    case 'QUEUED':
      // The person left meanwhile, or the check took too long to go by.
      return EVENT['checked clear'];
    default:
      return code === 'expired' || code === 'confirm-needed'
        ? EVENT['checked clear']
        : EVENT['checked changed'];
  }
}

function causeAfterAnswer({ state, code }: DurableRow): number {
  switch (state) {
    case 'RECONCILING':
      return code === 'accepted' ? EVENT['answered accepted'] : EVENT['answered answered'];
    case 'UNKNOWN':
      return EVENT['answered unknown'];
    case 'HELD':
      return EVENT['answered held'];
    default:
      return waitingCause(code, 'answered not-sent', 'answered limited', 'answered locked');
  }
}

function causeAfterReadBack({ state, code }: DurableRow): number {
  if (state === 'APPLIED') return EVENT['read-back ours'];
  if (state === 'UNKNOWN') return EVENT['read-back not-reached'];
  return code === 'changed-meanwhile' ? EVENT['read-back changed-otherwise'] : EVENT['read-back unchanged'];
}

function waitingCause<N extends keyof typeof EVENT>(
  code: string,
  unreached: N,
  limited: N,
  locked: N,
): number {
  if (code === 'no-connection') return EVENT[unreached];
  return code === 'locked' ? EVENT[locked] : EVENT[limited];
}
