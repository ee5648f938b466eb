import assert from 'node:assert/strict'
import { join } from 'node:path'
import { cli } from './cli.ts'
import { type PlannedPair, planFor } from './migrationPlan.ts'
import { measuredCli } from './peakMemory.ts'
import { tempDir } from './tempDir.ts'

const head = `From: Ann <ann@example.org>
To: Bob <bob@example.org>
Subject: The whole archive
Date: Mon, 04 Mar 2024 10:00:00 +0000
Message-ID: <archive@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Here it is.
`.replaceAll('\n', '\r\n')

const fileHead = `--b
Content-Type: application/octet-stream; name="archive.bin"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="archive.bin"

`.replaceAll('\n', '\r\n')

const line = Buffer.from(`${Buffer.alloc(57, 'some of the file ').toString('base64')}\r\n`)

/** A message of so many bytes, most of them files of equal size. */
export function largeMail(bytes: number, files = 1): Buffer {
  const file = Buffer.concat([Buffer.from(fileHead), Buffer.alloc(line.length * linesOf(bytes / files), line)])
  return Buffer.concat([Buffer.from(head), ...Array.from({ length: files }, () => file), Buffer.from('--b--\r\n')])
}

const linesOf = (bytes: number): number => Math.floor(bytes / line.length)

/** Bytes of a file that takes so many in such a message. */
export const sizeOfFile = (bytes: number): number => 57 * linesOf(bytes)

/** Migrates by the command line that is shipped; throws where that takes more memory than an engine may. */
export async function migratesInLittleMemory(pair: PlannedPair): Promise<void> {
  using dir = tempDir()
  const ledger = ['--ledger', join(dir.path, 'ledger.db')]
  const applied = await cli(['apply', planFor(dir.path, pair), ...ledger], { cwd: dir.path })
  assert.equal(applied.code, 0, applied.stdout + applied.stderr)
  const { code, peak, stdout, stderr } = await measuredCli(dir.path, ['job', 'start', 'move', ...ledger])
  assert.equal(code, 0, stdout + stderr)
  assert.ok(peak < 200e6, `took ${Math.round(peak / 1e6)} MB`)
}
