import { decodeBase64 } from '../../app/decode-base64.ts';
import type { OpenDocument } from '../../app/pdf/open-document.ts';
import type { FileFacts } from './attachments.store.ts';

/** A file opened for showing; a picture and a document must be let go of. */
export type OpenFile =
  | { readonly kind: 'pdf'; readonly document: OpenDocument }
  | { readonly kind: 'image'; readonly picture: ImageBitmap }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' };

/**
 * Opens what main judged; null when it cannot be read after all. A picture is decoded to a bitmap for our own canvas:
 * no `img`, no address, so nothing of it is ever a page, a style or a script (safety.md S18).
 */
export async function openFile({ kind, mediaType }: FileFacts, content: string): Promise<OpenFile | null> {
  try {
    switch (kind) {
      case 'pdf': {
        const { openDocument } = await import('../../app/pdf/open-document.ts');
        return { kind, document: await openDocument(decodeBase64(content)) };
      }
      case 'image':
        return { kind, picture: await decodePicture(decodeBase64(content), mediaType) };
      case 'text':
        return { kind, text: new TextDecoder().decode(decodeBase64(content)) };
      case 'other':
        return { kind };
    }
  } catch {
    return null;
  }
}

const decodePicture = (bytes: Uint8Array, type: string): Promise<ImageBitmap> =>
  createImageBitmap(new Blob([new Uint8Array(bytes)], { type }));

/** Lets go of the bytes. */
export async function closeFile(file: OpenFile | null): Promise<void> {
  if (file?.kind === 'pdf') await file.document.destroy();
  if (file?.kind === 'image') file.picture.close();
}
