import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MailferryError } from '../../src/domain/errors.ts'
import { describe as inWords } from '../../src/domain/errorText.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import { type Keychain, openVault } from '../../src/secrets/vault.ts'
import { tempDir } from '../support/tempDir.ts'

const anna = asConnectionId('0190a0a0-0000-7000-8000-000000000001')
const berta = asConnectionId('0190a0a0-0000-7000-8000-000000000002')

/** A keychain in memory, as forgetful as told. */
function keychain(): Keychain & { forget(): void } {
  let key: Buffer | undefined
  return {
    async key({ create }) {
      if (create) key ??= randomBytes(32)
      return key
    },
    forget() {
      key = undefined
    },
  }
}

describe('the vault', () => {
  it('gives back what it was given, and nothing where nothing was', async () => {
    using dir = tempDir()
    const vault = openVault(join(dir.path, 'ledger'), keychain())
    await vault.set(anna, 'pässword\n')
    assert.equal((await vault.get(anna))?.text, 'pässword\n')
    assert.equal(await vault.get(berta), undefined)
    await vault.delete(anna)
    assert.equal(await vault.get(anna), undefined)
  })

  it('keeps secrets beside the ledger, sealed, for this person’s eyes only', async () => {
    using dir = tempDir()
    const vault = openVault(join(dir.path, 'ledger'), keychain())
    await vault.set(anna, 'canary-4711')
    const directory = join(dir.path, 'ledger.vault')
    assert.equal(statSync(directory).mode & 0o777, 0o700)
    const files = readdirSync(directory)
    assert.deepEqual(files, [`${anna}.sealed`])
    const file = join(directory, `${anna}.sealed`)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(readFileSync(file).includes('canary'), false)
  })

  it('opens no secret that was put in another’s place, changed or cut short', async () => {
    using dir = tempDir()
    const vault = openVault(join(dir.path, 'ledger'), keychain())
    await vault.set(anna, 'secret')
    const file = (id: string) => join(dir.path, 'ledger.vault', `${id}.sealed`)
    const sealed = readFileSync(file(anna))
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    for (const bytes of [sealed, changed, sealed.subarray(0, 20), Buffer.alloc(0)]) {
      writeFileSync(file(berta), bytes)
      await assert.rejects(vault.get(berta), error => error instanceof MailferryError && error.code === 'secret.source')
    }
  })

  it('says what to do when the keychain has lost the key', async () => {
    using dir = tempDir()
    const chain = keychain()
    const vault = openVault(join(dir.path, 'ledger'), chain)
    await vault.set(anna, 'secret')
    chain.forget()
    await assert.rejects(vault.get(anna), error => {
      assert.ok(error instanceof MailferryError)
      assert.match(inWords(error).message, /no longer has the key; store it anew/)
      return true
    })
  })

  it('survives two processes’ worth of writing at once', async () => {
    using dir = tempDir()
    const chain = keychain()
    const path = join(dir.path, 'ledger')
    await Promise.all(Array.from({ length: 20 }, (_, n) => openVault(path, chain).set(n % 2 === 0 ? anna : berta, `secret ${n}`)))
    assert.match((await openVault(path, chain).get(anna))?.text ?? '', /^secret \d+$/)
    assert.deepEqual(readdirSync(`${path}.vault`).sort(), [`${anna}.sealed`, `${berta}.sealed`])
  })
})
