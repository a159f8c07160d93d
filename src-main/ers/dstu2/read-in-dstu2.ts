import type { ErsClient } from '../client.ts';
import type { Operation } from '../operation.ts';
import { a004InDstu2, a005InDstu2, a006InDstu2, a007InDstu2, a008InDstu2 } from './forms.ts';

type AnyForm = Operation<unknown, unknown>;

/** The old forms by their catalogue id. */
export const DSTU2_FORMS: ReadonlyMap<string, AnyForm> = new Map(
  [a004InDstu2, a005InDstu2, a006InDstu2, a007InDstu2, a008InDstu2].map((form) => [
    form.id,
    form as unknown as AnyForm,
  ]),
);

/** Calls that read in the old form what there is of it; everything else goes as it did. */
export function readInDstu2(call: ErsClient['call']): ErsClient['call'] {
  return (operation, input, options) => {
    const form = DSTU2_FORMS.get(operation.id);
    const framing = form?.dialects['spine-session'];
    if (form === undefined || framing === undefined || framing.supports?.(input) === false)
      return call(operation, input, options);
    // The form of an operation takes and gives what the operation does: `inOldForm` makes it from that one.
    return call(form as unknown as typeof operation, input, options);
  };
}
