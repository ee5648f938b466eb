import { migration0001 } from './0001.ts'
import { migration0002 } from './0002.ts'
import { migration0003 } from './0003.ts'
import type { Migration } from './migration.ts'

/** Every schema change there ever was, in order; a ledger's `user_version` says how many it has had. */
export const migrations: readonly Migration[] = [migration0001, migration0002, migration0003]
