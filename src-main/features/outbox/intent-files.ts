import type { Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { fileContext } from './intent-rows.ts';
import type { Intent } from './record-schemas.ts';

/** What uploads send, sealed in rows of their own: lists of intents need not open megabytes. */
export interface IntentFiles {
  /** Keeps the content of an upload, in the transaction of its row; gives the intent without it. */
  keepApart(intent: Intent): Intent;
  /** Base64; null when there is none that opens. */
  read(intentId: string): string | null;
  /** Of an upload that is settled nothing more is needed. */
  wipe(intentId: string): void;
}

/** Over a database whose steps are done. */
export function createIntentFiles({
  storage,
  vault,
}: {
  readonly storage: Storage;
  readonly vault: Vault;
}): IntentFiles {
  return {
    keepApart(intent) {
      if (intent.action !== 'upload-file') return intent;
      const { intentId, content } = intent;
      const sealed = vault.seal(fileContext(intentId), content);
      storage.run('INSERT INTO intent_file (id, content) VALUES (?, ?)', intentId, sealed);
      return { ...intent, content: '' };
    },
    read(intentId) {
      const [row] = storage.all('SELECT content FROM intent_file WHERE id = ?', intentId);
      if (row === undefined) return null;
      const opened = vault.open(fileContext(intentId), row['content'] as Uint8Array);
      return opened.ok ? String(opened.value) : null;
    },
    wipe: (intentId) => storage.run('DELETE FROM intent_file WHERE id = ?', intentId),
  };
}
