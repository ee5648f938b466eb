import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { retryWhileBusy } from './retry.ts'

/** More than the ledger has, since lists travel to it as JSON. */
const keptStatements = 300

/** One SQLite connection for Kysely, which prepares each statement once. */
export class SqliteConnection implements DatabaseConnection {
  readonly #db: DatabaseSync
  readonly #path: string
  readonly #statements = new Map<string, { readonly statement: StatementSync; readonly reads: boolean }>()

  constructor(db: DatabaseSync, path: string) {
    this.#db = db
    this.#path = path
  }

  /** Reads too can find the ledger busy for an instant: while another process recovers or closes it. */
  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return retryWhileBusy(this.#path, () => this.#run<Row>(query.sql, query.parameters.map(bindable)))
  }

  // biome-ignore lint/correctness/useYield: Kysely's interface asks for it; the ledger pages instead, so that no statement stays open across awaits.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the ledger reads in pages')
  }

  #run<Row>(sql: string, parameters: SQLInputValue[]): QueryResult<Row> {
    const { statement, reads } = this.#prepare(sql)
    // The rows are what the schema's types say of them; SQLite's STRICT tables hold them to it.
    if (reads) return { rows: statement.all(...parameters) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#db.prepare(sql)
    const prepared = { statement, reads: statement.columns().length > 0 }
    this.#statements.set(sql, prepared)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > keptStatements && oldest !== undefined) this.#statements.delete(oldest)
    return prepared
  }
}

/** `node:sqlite` binds every number as REAL, which a column of type `any` would keep; whole ones are bound as INTEGER here. */
function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value
  throw new TypeError(`can't bind a ${typeof value}`)
}
