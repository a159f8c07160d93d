import type { SealedRow, SealedTable } from '../vault/reseal-rows.ts';
import type { Vault } from '../vault/vault.ts';
import { fileContext, ownerContext, payloadContext, resultContext } from './intent-rows.ts';

const idOf = (row: SealedRow) => String(row['id']);

/** The sealed rows of the outbox, for a change of key. An intent is bound to its person, whom the row names sealed. */
export function intentTables(vault: Pick<Vault, 'open'>): readonly SealedTable[] {
  const userIdOf = (row: SealedRow): readonly string[] => {
    const owner = vault.open(ownerContext(idOf(row)), row['owner'] as Uint8Array);
    return owner.ok ? [(owner.value as { userId: string }).userId] : [];
  };
  return [
    {
      name: 'intent',
      columns: [
        { name: 'owner', contextsOf: (row) => [ownerContext(idOf(row))] },
        { name: 'payload', contextsOf: (row) => userIdOf(row).map((id) => payloadContext(idOf(row), id)) },
        { name: 'result', contextsOf: (row) => [resultContext(idOf(row))] },
      ],
    },
    { name: 'intent_file', columns: [{ name: 'content', contextsOf: (row) => [fileContext(idOf(row))] }] },
  ];
}
