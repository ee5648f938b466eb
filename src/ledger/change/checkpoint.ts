import type { Tx } from '../ledger.ts'
import type { Of } from './rows.ts'

export async function checkpoint(tx: Tx, { folder, checkpoint, version }: Of<'checkpoint'>): Promise<void> {
  await tx
    .updateTable('folders')
    .set({ checkpoint, version: version ?? null })
    .where('id', '=', folder)
    .execute()
}
