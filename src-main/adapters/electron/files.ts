/** Saves a file where the clerk chooses in the system's own dialog (safety.md S23: name and extension are ours). */
import { dialog } from 'electron';
import { extname } from 'node:path';
import type { Files, FileToSave } from '../../app/ports.ts';
import { ok } from '../../contract/outcome.ts';
import { notSaved } from '../node/folder-files.ts';
import { writeForeignFile } from '../node/mark-of-the-web.ts';

const WORDS: Readonly<Record<FileToSave['what'], { readonly title: string; readonly kind: string }>> = {
  attachment: { title: 'Save the attachment', kind: 'Attachment' },
  'print-log': { title: 'Save the print log', kind: 'Table (CSV)' },
  'audit-trail': { title: 'Save what is recorded', kind: 'Table (CSV)' },
};

/** The files port of the Electron host. */
export function createElectronFiles(): Files {
  return {
    async saveFile({ suggestedName, what, bytes, isWanted }) {
      const extension = extname(suggestedName);
      const { canceled, filePath } = await dialog.showSaveDialog({
        title: WORDS[what].title,
        defaultPath: suggestedName,
        filters: [{ name: WORDS[what].kind, extensions: [extension.slice(1)] }],
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      if (canceled || filePath === '' || !isWanted()) return ok({ isSaved: false });
      // Whatever was typed, the file keeps the type that its bytes prove: it must not become a program by its name.
      const isOfType = extname(filePath).toLowerCase() === extension;
      try {
        await writeForeignFile(isOfType ? filePath : filePath + extension, bytes, {
          // The dialog has asked about the name that it saw, not about the longer one.
          flag: isOfType ? 'w' : 'wx',
        });
        return ok({ isSaved: true });
      } catch (error) {
        return notSaved(error);
      }
    },
  };
}
