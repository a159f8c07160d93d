/** The made-up origin of the interface: secure, and no name that any resolver knows. */
export const APP_ORIGIN = 'https://app.bookingdesk.internal';

/** The address that the window opens. */
export const APP_URL = `${APP_ORIGIN}/`;
