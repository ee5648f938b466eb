import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { inKeyringSession, withoutKeyring } from '../support/keyring.ts'
import { tempDir } from '../support/tempDir.ts'

const root = join(import.meta.dirname, '../..')

/** Stores a secret in one vault and reads it with another, as two processes would. */
const program = (ledger: string) => `
  import { openVault } from '${root}/src/secrets/vault.ts'
  import { systemKeychain } from '${root}/src/secrets/keychainVault.ts'
  import { isError } from '${root}/src/domain/errors.ts'
  const vault = () => openVault('${ledger}', systemKeychain())
  try {
    await vault().set('0190a0a0-0000-7000-8000-000000000001', 'a secret, '.repeat(1000))
    const given = await vault().get('0190a0a0-0000-7000-8000-000000000001')
    console.log(given.text.length)
  } catch (error) {
    console.log(isError(error) ? error.code : error)
  }
`
const node = (dir: string) => ['node', '--input-type=module', '-e', program(join(dir, 'ledger'))]

describe('the system’s keychain', function () {
  this.slow(5000)

  it('keeps the key of the vault (GNOME keyring in a D-Bus session)', () => {
    using dir = tempDir()
    const { stdout, stderr, status } = inKeyringSession(dir.path, node(dir.path))
    assert.deepEqual([stdout, status], ['10000\n', 0], stderr)
  })

  it('is said to be unavailable where there is none', () => {
    using dir = tempDir()
    const [command = '', ...args] = node(dir.path)
    const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: withoutKeyring(dir.path), timeout: 30_000 })
    assert.equal(stdout, 'vault.unavailable\n', stderr)
  })
})
