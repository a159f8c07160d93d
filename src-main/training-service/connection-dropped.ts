/**
 * A connection that broke. `refused`: no byte was received. `before`: the request was received and nothing came of
 * it. `after`: the request was handled and its reply was lost.
 */
export type DropPhase = 'refused' | 'before' | 'after';

/** What `handle` rejects with when a fault drops the connection. */
export class ConnectionDropped extends Error {
  readonly phase: DropPhase;
  constructor(phase: DropPhase) {
    super(`connection dropped: ${phase}`);
    this.name = 'ConnectionDropped';
    this.phase = phase;
  }
}
