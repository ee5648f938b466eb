import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectionSettings } from '../../src/domain/connection.ts'
import { createConnection, updateConnection } from '../../src/ledger/editConnections.ts'
import { freshLedger } from './support.ts'

const canary = 'canary-6f1d-hunter2'

/** Settings as a careless caller would hand them in: with the secret somewhere in them. */
const careless: ConnectionSettings[] = [
  withCanary({
    kind: 'imap',
    server: withCanary({
      host: 'mail.example',
      port: 993,
      tls: 'implicit',
      allowPlaintext: false,
      caFile: '/ca.pem',
      compress: true,
      fingerprint: 'ab',
    }),
    signIn: withCanary({ method: 'admin', user: 'master', actAs: 'separator', separator: '*' }),
  }),
  withCanary({
    kind: 'imap',
    server: { host: 'mail.example', port: 993, tls: 'implicit' },
    signIn: withCanary({ method: 'admin', user: 'master', actAs: 'authzid' }),
  }),
  withCanary({ kind: 'imap', server: { host: 'mail.example', port: 993, tls: 'implicit' }, signIn: withCanary({ method: 'mailbox' }) }),
  withCanary({
    kind: 'imap',
    server: { host: 'mail.example', port: 993, tls: 'implicit' },
    signIn: withCanary({ method: 'token', mechanism: 'XOAUTH2' }),
  }),
  withCanary({
    kind: 'exchange',
    server: withCanary({ by: 'autodiscover', domain: 'example.org' }),
    admin: withCanary({ user: 'a', method: 'ntlm', access: 'delegate' }),
  }),
  withCanary({
    kind: 'exchange',
    server: withCanary({ by: 'host', host: 'x.example' }),
    admin: withCanary({ user: 'a', method: 'ntlm', access: 'delegate' }),
  }),
  withCanary({
    kind: 'exchange',
    server: withCanary({ by: 'url', url: 'https://x' }),
    admin: withCanary({ user: 'a', method: 'ntlm', access: 'delegate' }),
  }),
  withCanary({ kind: 'office365', signIn: withCanary({ method: 'admin', user: 'admin@example.org' }) }),
  withCanary({
    kind: 'office365',
    cloud: 'china',
    at: withCanary({ login: 'https://login.example', graph: 'https://graph.example' }),
    trust: withCanary({ caFile: '/ca.pem' }),
    signIn: withCanary({ method: 'admin', user: 'admin@example.org', clientId: 'c' }),
    ews: true,
  }),
  withCanary({ kind: 'office365', signIn: withCanary({ method: 'application', tenant: 't', clientId: 'c', credential: 'secret' }) }),
]

function withCanary<const Of extends object>(settings: Of): Of {
  return { ...settings, password: canary, secret: canary, accessToken: canary }
}

describe('the ledger', () => {
  it('holds no secret, whatever a caller hands in with the settings', async () => {
    await using fresh = await freshLedger()
    const { ledger, dir } = fresh
    for (const [index, settings] of careless.entries()) {
      const { id } = await ledger.write(tx => createConnection(tx, { name: `connection ${index}`, role: 'source', settings }))
      const again: ConnectionSettings =
        settings.kind === 'office365' ? withCanary({ kind: 'office365', signIn: withCanary({ method: 'admin', user: 'other' }) }) : settings
      await ledger.write(tx => updateConnection(tx, id, again))
    }
    const files = readdirSync(dir.path)
    assert.ok(files.includes('ledger.db-wal'))
    for (const name of files) assert.equal(readFileSync(join(dir.path, name)).includes(canary), false, name)
  })

  it('keeps every setting there is', async () => {
    await using fresh = await freshLedger()
    for (const [index, settings] of careless.entries()) {
      const made = await fresh.ledger.write(tx => createConnection(tx, { name: `${index}`, role: 'source', settings }))
      assert.deepEqual(made.settings, withoutCanary(settings))
    }
  })
})

const withoutCanary = (settings: unknown): unknown =>
  JSON.parse(JSON.stringify(settings, (_, value: unknown) => (value === canary ? undefined : value)))
