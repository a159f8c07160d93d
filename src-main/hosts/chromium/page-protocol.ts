/** What page and host say to each other over the DevTools protocol; shared by both ends, so it imports nothing. */

/** The function that the browser puts into every frame; the page script takes it away before any other script. */
export const BINDING_NAME = 'bookingDeskHost';

/** Marks the one console call by which the page script hands its receiver to the host, and nobody else. */
export const HANDSHAKE = 'booking-desk: page script ready';

/** A longer request is refused at both ends (attack S07). */
export const MAX_MESSAGE_LENGTH = 1_000_000;

/** Page to host: number of the request, channel, input. */
export type PageRequest = readonly [id: number, channel: string, input: unknown];

/** Host to page: the answer to a request (`id` > 0), or a push (`id` 0, with its channel). */
export type HostMessage = readonly [id: number, channel: string, value: unknown];
