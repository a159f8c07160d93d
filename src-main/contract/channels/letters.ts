import { Type, type Static } from 'typebox';
import { count, instant, strict, text, ubrn } from '../schema.ts';

const letter = strict({
  ubrn,
  /** The PDF, base64: at most 8 MB before coding. Lives in memory only. */
  pdf: Type.String({ maxLength: 11_200_000, pattern: '^[A-Za-z0-9+/=]*$' }),
  bytes: count,
  pages: count,
  /** Kind from the server's file name, e.g. `Appointment_Confirmation_Summary`; empty when none. */
  kind: text(80),
  readAt: instant,
});

export const requests = {
  /** Fetches the patient's letter afresh (A019); never cached. */
  'letters/fetch': { input: strict({ ubrn }), output: letter },
  /** Records that the access code was shown (hazard 7). */
  'letters/record-unmask': { input: strict({ ubrn }), output: strict({}) },
};

export const pushes = {};

export type Letter = Static<typeof letter>;
