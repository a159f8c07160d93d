import { Type, type Static } from 'typebox';
import { count, instant, oneOf, strict, text, ubrn } from '../schema.ts';

/** A file of a referral, judged by its own bytes; what is neither PDF, picture nor text is only saved. */
export const attachmentFile = strict({
  name: text(255),
  kind: oneOf(['pdf', 'image', 'text', 'other']),
  /** For `image`: the type that the bytes prove. */
  mediaType: text(100),
  bytes: count,
  /** Base64; empty for `other`. */
  content: Type.String({ maxLength: 14_000_000 }),
  fetchedAt: instant,
});

export const requests = {
  /** A file of an open referral (A042, or A006 in the 2021 dialect), by its place in the list of attachments. */
  'attachments/read': { input: strict({ ubrn, index: count }), output: attachmentFile },
  /** The clinical information of an open referral as one PDF (A007). */
  'attachments/read-clinical-information': { input: strict({ ubrn }), output: attachmentFile },
  /** Saves a file where the clerk chooses; its name is made by the desk. Answers whether it was saved. */
  'attachments/save': {
    input: strict({ ubrn, index: count }),
    output: strict({ isSaved: Type.Boolean() }),
  },
};

export const pushes = {};

export type AttachmentFile = Static<typeof attachmentFile>;
