import { readFileSync } from 'node:fs'

/**
 * How many transactions the write-ahead log holds, told by its frames: the last one of a commit carries the database's size
 * (https://sqlite.org/fileformat.html, section 4.1). Frames of an earlier use of the log have another salt.
 */
export function commitsIn(ledger: string): number {
  const wal = readFileSync(`${ledger}-wal`)
  if (wal.length === 0) return 0
  const pageSize = wal.readUInt32BE(8)
  const salt = wal.subarray(16, 24)
  let commits = 0
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    if (wal.subarray(at + 8, at + 16).equals(salt) && wal.readUInt32BE(at + 4) > 0) commits += 1
  }
  return commits
}
