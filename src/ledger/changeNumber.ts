import type { Tx } from './ledger.ts'

/** The next change number: every write of a connection, job or pair carries one, so that others can read what is new (`changedSince`). */
export async function nextChange(tx: Tx): Promise<number> {
  const { n } = await tx
    .updateTable('change_number')
    .set(({ eb }) => ({ n: eb('n', '+', 1) }))
    .returning('n')
    .executeTakeFirstOrThrow()
  return n
}
