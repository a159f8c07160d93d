/** An input per operation, for examples of errors that belong to many endpoints and name no request. */
const UBRN = '000000070000';
const BOOKING = {
  use: 'book',
  ubrn: UBRN,
  version: 6,
  serviceId: '11000',
  nhsNumber: '9912003888',
  clinicianId: null,
  slotId: '11000021',
  start: '2027-07-12T12:00:00.000Z',
  end: '2027-07-12T13:00:00.000Z',
};

export const SAMPLE_INPUTS: Readonly<Record<string, unknown>> = {
  A001: { token: 'ticket' },
  A002: {
    sessionKey: 'session-1',
    token: 'ticket',
    businessFunction: 'REFERRING_CLINICIAN',
    organisation: 'R69',
  },
  A003: { sessionKey: 'session-1' },
  A004: { set: 'PRIORITY' },
  A005: { ubrn: UBRN },
  A008: { kind: 'AWAITING_BOOKING' },
  A015: {
    serviceId: '11000',
    priority: 'ROUTINE',
    commissioningOrg: 'R69',
    page: 1,
    count: 20,
    clinicianId: null,
  },
  A016: BOOKING,
  A019: { ubrn: UBRN },
  A029: { ubrn: UBRN, version: 6 },
  A030: {},
  A033: { serviceId: '11000' },
  A035: { serviceIds: ['11000'] },
  A038: { appointmentId: '70000' },
};
