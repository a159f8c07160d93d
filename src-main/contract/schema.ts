/** Small schema words that every channel file uses. IPC schemas are strict: no additional properties. */
import { Type, type Static, type TSchema } from 'typebox';

type Properties = Parameters<typeof Type.Object>[0];

/** A strict object: an unknown property is a fault. */
export const strict = <P extends Properties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** One of a fixed set of texts. */
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** The value or null. */
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const text = (maxLength: number) => Type.String({ maxLength });
export const none = strict({});
export const ubrn = Type.String({ pattern: '^\\d{12}$' });
export const nhsNumber = Type.String({ pattern: '^\\d{10,11}$' });
export const serviceId = Type.String({ pattern: '^\\d{1,12}$' });
export const sdsUserId = Type.String({ pattern: '^\\d{12}$' });
export const fhirId = Type.String({ pattern: '^[A-Za-z0-9\\-.]{1,64}$' });
export const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
/** An instant, UTC, ISO 8601 with milliseconds. */
export const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z$' });
/** A calendar date `yyyy-mm-dd`. */
export const day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
/** A code with the display that came with it; unknown codes are kept as they came. */
export const coded = strict({ code: text(80), display: text(200) });
export const count = Type.Integer({ minimum: 0 });

export const PRIORITIES = ['ROUTINE', 'URGENT', 'TWO_WEEK_WAIT'] as const;
export type Coded = Static<typeof coded>;
