import { strict, text } from '../schema.ts';

export const requests = {
  /** A fault that the renderer met: its kind and place only, never a text of the page. */
  'diagnostics/report-fault': {
    input: strict({ kind: text(40), place: text(120) }),
    output: strict({}),
  },
};

export const pushes = {};
