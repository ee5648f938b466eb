import assert from 'node:assert/strict'
import type { Connection } from '../../src/domain/connection.ts'
import { asConnectionId } from '../../src/domain/ids.ts'
import { withStoredSecret } from '../../src/engine/reconfigure/newSecret.ts'
import type { Vault } from '../../src/secrets/vault.ts'

const connection: Connection = {
  id: asConnectionId('old'),
  name: 'old',
  role: 'source',
  settings: {
    kind: 'exchange',
    server: { by: 'host', host: 'mail.old.example' },
    admin: { user: 'admin', method: 'ntlm', access: 'impersonation' },
  },
  verification: { state: 'unverified' },
}

/** A vault in memory. */
function memoryVault(stored: Map<string, string>): Vault {
  return {
    get: async id => {
      const text = stored.get(id)
      return text === undefined ? undefined : { text, givenAt: 0 }
    },
    set: async (id, text) => void stored.set(id, text),
    delete: async id => void stored.delete(id),
    has: async id => stored.has(id),
  }
}

const given = { reference: { vault: true }, text: 'canary-2' } as const

describe('a new secret for a reconfigured connection', () => {
  it('is in the vault when the connection is written, and stays', async () => {
    const stored = new Map([['old', 'canary-1']])
    let seen: string | undefined
    await withStoredSecret(memoryVault(stored), connection, given, async () => {
      seen = stored.get('old')
    })
    assert.deepEqual([seen, stored.get('old')], ['canary-2', 'canary-2'])
  })

  it('gives way to the former one, or to none, where the connection could not be written', async () => {
    for (const before of [new Map([['old', 'canary-1']]), new Map<string, string>()]) {
      const stored = new Map(before)
      await assert.rejects(
        withStoredSecret(memoryVault(stored), connection, given, () => Promise.reject(new Error('refused'))),
        /refused/,
      )
      assert.deepEqual(stored, before)
    }
  })

  it('that lies elsewhere is none of the vault’s', async () => {
    const stored = new Map<string, string>()
    await withStoredSecret(memoryVault(stored), connection, { reference: { editor: true }, text: 'canary-2' }, async () => {})
    await withStoredSecret(memoryVault(stored), connection, undefined, async () => {})
    assert.equal(stored.size, 0)
  })
})
