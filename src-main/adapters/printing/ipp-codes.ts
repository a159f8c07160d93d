/** Numbers of the Internet Printing Protocol that the desk uses (RFC 8010, RFC 8011; CUPS operations: CUPS's own). */

export const OPERATIONS = {
  printJob: 0x0002,
  cancelJob: 0x0008,
  getJobAttributes: 0x0009,
  getPrinterAttributes: 0x000b,
  cupsGetDefault: 0x4001,
  cupsGetPrinters: 0x4002,
} as const;

/** Tags that open a group of attributes. */
export const GROUPS = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const;

/** Tags of values. */
export const TAGS = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  beginCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
  lastOfText: 0x5f,
} as const;

/** The first status that is an error; all below are kinds of "successful". */
export const FIRST_ERROR = 0x0100;

export const STATUSES = {
  notPossible: 0x0404,
  notFound: 0x0406,
  gone: 0x0407,
  internalError: 0x0500,
  deviceError: 0x0504,
  notAcceptingJobs: 0x0506,
  jobCanceled: 0x0508,
} as const;
