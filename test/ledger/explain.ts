import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Reader, Tx } from '../../src/ledger/ledger.ts'
import type { Schema } from '../../src/ledger/schema.ts'
import { sqliteDialect } from '../../src/ledger/sqlite/dialect.ts'
import { openDatabase } from '../../src/ledger/sqlite/openDatabase.ts'

/** A statement that walks more of a big table than it needs. */
export interface Walk {
  readonly sql: string
  readonly plan: string
}

/** Tables that grow with mailboxes and items; the others have a handful of rows. */
const big = ['items', 'folders', 'pairs', 'journal', 'removed', 'mine', 'other', 'here', 'there']

/**
 * Runs `work` and asks SQLite how each of its statements was done. Answers those that scanned a big table or
 * had to sort. What is written is undone.
 */
export async function walks(path: string, work: (db: Reader, tx: Tx) => Promise<unknown>): Promise<Walk[]> {
  const statements = new Map<string, readonly unknown[]>()
  const connection = openDatabase(path, Date.now)
  const kysely = new Kysely<Schema>({
    dialect: sqliteDialect(connection, path),
    log: ({ query }) => void statements.set(query.sql, query.parameters),
  })
  await kysely
    .transaction()
    .execute(async tx => {
      await work(tx, tx)
      throw undone
    })
    .catch(thrown => {
      if (thrown !== undone) throw thrown
    })
  const found = [...statements.keys()]
    .filter(sql => /^\s*(select|insert|update|delete)/i.test(sql))
    .flatMap(sql =>
      planOf(connection, sql)
        .filter(isWalk)
        .map(plan => ({ sql: sql.replace(/\s+/g, ' ').trim(), plan })),
    )
  connection.close()
  return found
}

const undone = new Error('undone on purpose')

const planOf = (db: DatabaseSync, sql: string): string[] =>
  db
    .prepare(`explain query plan ${sql}`)
    .all()
    .map(row => String(row['detail']))

const isWalk = (plan: string): boolean =>
  big.some(table => new RegExp(`^SCAN ${table}( |$)`).test(plan)) || /USE TEMP B-TREE FOR (ORDER|GROUP) BY/.test(plan)
