import type { DatabaseSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SqliteConnection } from './connection.ts'

/**
 * Kysely over `node:sqlite`. Its own SQLite dialect takes better-sqlite3's statements and begins transactions deferred;
 * the ledger's are `BEGIN IMMEDIATE`, so that a transaction that has read never fails to write (SQLITE_BUSY_SNAPSHOT).
 */
export function sqliteDialect(db: DatabaseSync, path: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver(db, path),
    createIntrospector: kysely => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function driver(db: DatabaseSync, path: string): Driver {
  const connection = new SqliteConnection(db, path)
  const run = async (to: DatabaseConnection, sql: string) => void (await to.executeQuery(CompiledQuery.raw(sql)))
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: to => run(to, 'begin immediate'),
    commitTransaction: to => run(to, 'commit'),
    rollbackTransaction: async to => {
      // SQLite rolls back by itself after some errors, a full disk among them.
      if (db.isTransaction) await run(to, 'rollback')
    },
    destroy: async () => {
      if (db.isOpen) db.close()
    },
  }
}
