/** An input that a channel's schema takes, made from the schema itself: what is not refused at the door goes further. */
import { requests } from '../../../src-main/contract/channels.ts';
import { TEXTS } from './odd-values.ts';
import type { Seeded } from './seeded.ts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

/** Texts of which one fits each pattern of the contract. */
const SHAPES = [
  ...['000000070000', '9912003888', '11000', 'R69', '021600556514', '1', '12', '123', '1234', '123456', 'a'],
  ...['2027-07-12', '2027-07-12T12:00:00.000Z', '0dad6368-b119-416a-aa41-7e71929fd22e', '0101', '01-01-1970'],
  ...[
    'R69.REFERRING_CLINICIAN_ADMIN',
    'A016',
    '12:30',
    'clinical',
    'OTHER',
    'letter.txt',
    'AAAA',
    'AAAA AAAA',
  ],
  ...[
    'x'.repeat(64),
    'ab'.repeat(32),
    '0'.repeat(32),
    'worklist',
    'Ctrl+K',
    'a b',
    'AB1 2CD',
    '07700 900000',
  ],
];

function textOf(schema: Schema, seeded: Seeded): string {
  const { minLength = 0, maxLength = 10_000, pattern } = schema;
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (!pattern || new RegExp(pattern, 'u').test(text));
  const fitting = [...SHAPES, ...TEXTS].filter(fits);
  return fitting.length > 0 ? seeded.pick(fitting) : 'a'.repeat(minLength);
}

function objectOf({ properties = {}, required = [] }: Schema, seeded: Seeded): object {
  const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || seeded.isHit(0.5));
  return Object.fromEntries(wanted.map(([name, schema]) => [name, valueOf(schema, seeded)]));
}

function valueOf(schema: Schema, seeded: Seeded): unknown {
  if (schema.enum !== undefined) return seeded.pick(schema.enum);
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf !== undefined) return valueOf(seeded.pick(schema.anyOf), seeded);
  const { minItems = 0, maxItems = 3, minimum = 0, maximum = 1_000 } = schema;
  switch (schema.type) {
    case 'object':
      return objectOf(schema, seeded);
    case 'array':
      return Array.from({ length: minItems + seeded.int(Math.min(3, maxItems - minItems) + 1) }, () =>
        valueOf(schema.items ?? {}, seeded),
      );
    case 'string':
      return textOf(schema, seeded);
    case 'integer':
    case 'number':
      return minimum + seeded.int(Math.max(1, maximum - minimum + 1));
    case 'boolean':
      return seeded.isHit(0.5);
    default:
      return null;
  }
}

/** An input of a channel, mostly valid; what the schema asks beyond these words it may miss. */
export function makeInput(channel: string, seeded: Seeded): unknown {
  return valueOf((requests as unknown as Record<string, { input: Schema }>)[channel]?.input ?? {}, seeded);
}
