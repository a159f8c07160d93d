/** Schemas of what the service sends: tolerant of unknown fields, strict on what we rely on. */
import { Type } from 'typebox';

export const wireSchemas = {
  operationOutcome: Type.Object({ resourceType: Type.Literal('OperationOutcome') }),
};
