import assert from 'node:assert/strict'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MailferryError } from '../../src/domain/errors.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import type { SecretReference } from '../../src/domain/secretReference.ts'
import { secretLimit } from '../../src/secrets/limit.ts'
import { createSecrets } from '../../src/secrets/secrets.ts'
import type { Vault } from '../../src/secrets/vault.ts'
import { tempDir } from '../support/tempDir.ts'

const emptyVault: Vault = { get: async () => undefined, set: async () => {}, delete: async () => {}, has: async () => false }
const secrets = createSecrets(emptyVault, () => 4711)
const owner = (secret?: SecretReference) => ({ id: asConnectionId('c'), name: 'old', ...(secret && { secret }) })

const refusal = (code: string, cause?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MailferryError)
  assert.equal(error.code, code)
  if (cause !== undefined) assert.match(JSON.stringify(error.params), cause)
  return true
}

describe('secrets', () => {
  it('come from a file, with when it was written', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'secret')
    writeFileSync(file, 'hunter2\n', { mode: 0o600 })
    const given = await secrets.secretFor(owner({ file }))
    assert.equal(given.text, 'hunter2\n')
    assert.equal(given.exposed, undefined)
    assert.ok(Math.abs(given.givenAt - Date.now()) < 60_000)
  })

  it('in a file that everybody can read are marked as exposed', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'secret')
    writeFileSync(file, 'hunter2\n', { mode: 0o644 })
    assert.equal((await secrets.secretFor(owner({ file }))).exposed, true)
  })

  it('in a file that can’t be read are refused with the reason', async () => {
    using dir = tempDir()
    await assert.rejects(secrets.secretFor(owner({ file: join(dir.path, 'none') })), refusal('secret.source', /no such file/))
    await assert.rejects(secrets.secretFor(owner({ file: dir.path })), refusal('secret.source', /not a file|a directory/))
    const huge = join(dir.path, 'huge')
    writeFileSync(huge, Buffer.alloc(secretLimit + 1))
    await assert.rejects(secrets.secretFor(owner({ file: huge })), refusal('secret.source', /larger than/))
  })

  it('come from a file descriptor, which is read once for all who ask', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'secret')
    writeFileSync(file, 'hunter2\n')
    const fd = openSync(file, 'r')
    const [first, second] = await Promise.all([secrets.secretFor(owner({ fd })), secrets.secretFor(owner({ fd }))])
    closeSync(fd)
    assert.deepEqual([first?.text, second?.text, first?.givenAt], ['hunter2\n', 'hunter2\n', 4711])
  })

  it('from a descriptor that isn’t open are refused', async () => {
    const fd = openSync('/dev/null', 'r')
    closeSync(fd)
    await assert.rejects(secrets.secretFor(owner({ fd: 999 })), refusal('secret.source', /nothing is open there/))
  })

  it('are missing where no reference was given, or nothing is stored', async () => {
    await assert.rejects(secrets.secretFor(owner()), refusal('secret.missing'))
    await assert.rejects(secrets.secretFor(owner({ vault: true })), refusal('secret.missing'))
  })
})
