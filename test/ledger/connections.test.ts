import assert from 'node:assert/strict'
import { hostname, userInfo } from 'node:os'
import { findConnection, listConnections } from '../../src/ledger/connections.ts'
import {
  createConnection,
  deleteConnection,
  renameConnection,
  setVerification,
  trustCertificate,
  updateConnection,
} from '../../src/ledger/editConnections.ts'
import { listJournal } from '../../src/ledger/journal.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { freshLedger, imap, makeJob } from './support.ts'

const add = (ledger: Ledger, name: string, role: 'source' | 'target' = 'source') =>
  ledger.write(tx => createConnection(tx, { name, role, settings: imap('mail.example') }))

describe('a connection in the ledger', () => {
  it('is found by its id, and by its name without regard to case', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const made = await add(ledger, 'Büro')
    assert.deepEqual(await findConnection(ledger.db, 'BÜRO'), made)
    assert.deepEqual(await findConnection(ledger.db, made.id), made)
    assert.deepEqual(await listConnections(ledger.db), [made])
  })

  it('that isn’t there is refused with those that are', async () => {
    await using fresh = await freshLedger()
    await add(fresh.ledger, 'Old')
    await add(fresh.ledger, 'New', 'target')
    await assert.rejects(findConnection(fresh.ledger.db, 'Odl'), {
      code: 'connection.notFound',
      params: { name: 'Odl', known: ['New', 'Old'] },
    })
  })

  it('has a name nobody else has', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const first = await add(ledger, 'Old')
    const other = await add(ledger, 'Other')
    await assert.rejects(add(ledger, 'OLD'), { code: 'name.taken', params: { kind: 'connection', name: 'Old' } })
    await assert.rejects(
      ledger.write(tx => renameConnection(tx, other.id, 'old')),
      { code: 'name.taken' },
    )
    assert.equal((await ledger.write(tx => renameConnection(tx, first.id, 'OLD'))).name, 'OLD')
  })

  it('is not verified any more once its server is another', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await add(ledger, 'Old')
    await ledger.write(tx => setVerification(tx, id, verified))
    await ledger.write(tx => updateConnection(tx, id, imap('other.example')))
    const { settings, verification } = await findConnection(ledger.db, id)
    assert.deepEqual([settings, verification], [imap('other.example'), { state: 'unverified' }])
  })

  it('stays as it is when nothing about it is new', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await add(ledger, 'Old')
    await ledger.write(tx => setVerification(tx, id, verified))
    const entries = (await listJournal(ledger.db)).length
    await ledger.write(tx => updateConnection(tx, id, imap('mail.example')))
    assert.deepEqual((await findConnection(ledger.db, id)).verification, verified)
    assert.equal((await listJournal(ledger.db)).length, entries)
  })

  it('never changes its kind', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await add(ledger, 'Old')
    const office = { kind: 'office365', signIn: { method: 'admin', user: 'admin@example.org' } } as const
    await assert.rejects(
      ledger.write(tx => updateConnection(tx, id, office)),
      { code: 'immutable', params: { connection: 'Old', field: 'kind' } },
    )
  })

  it('can be deleted while nobody uses it', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const { id } = await add(ledger, 'Old')
    await ledger.write(tx => deleteConnection(tx, id))
    assert.deepEqual(await listConnections(ledger.db), [])
  })
})

describe('a connection that jobs use', () => {
  it('can’t be edited or deleted: the refusal names the jobs', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    const edit = { ...imap('old.example'), signIn: { method: 'token' } } as const
    const refusal = { code: 'inUse', params: { connection: 'Move from', jobs: ['Move'] } }
    await assert.rejects(
      ledger.write(tx => updateConnection(tx, job.source, edit)),
      refusal,
    )
    await assert.rejects(
      ledger.write(tx => deleteConnection(tx, job.source)),
      refusal,
    )
  })

  it('can’t lead to another host: that is a new connection', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    await assert.rejects(
      ledger.write(tx => updateConnection(tx, job.source, imap('elsewhere.example'))),
      { code: 'imap.hostChanged' },
    )
  })

  it('can be renamed, and trust a new certificate of the same host', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await makeJob(ledger)
    await ledger.write(tx => setVerification(tx, job.source, verified))
    await ledger.write(tx => renameConnection(tx, job.source, 'Attic'))
    await ledger.write(tx => trustCertificate(tx, job.source, 'ab'.repeat(32)))
    const { name, settings, verification } = await findConnection(ledger.db, job.source)
    assert.equal(name, 'Attic')
    assert.equal(settings.kind === 'imap' && settings.server.fingerprint, 'ab'.repeat(32))
    assert.deepEqual(verification, verified)
  })

  it('has every change of it in the journal, old and new', async () => {
    await using fresh = await freshLedger({ now: () => Date.parse('2026-03-01T10:00:00Z') })
    const { ledger } = fresh
    const { source } = await makeJob(ledger)
    await ledger.write(tx => renameConnection(tx, source, 'Attic'))
    await ledger.write(tx => setVerification(tx, source, verified))
    const entries = await listJournal(ledger.db, { subject: source })
    assert.deepEqual([...new Set(entries.map(({ who }) => who))], [`${userInfo().username}@${hostname()}`])
    assert.deepEqual(
      entries.map(({ at, what, detail }) => ({ at, what, detail })),
      [
        { at: '2026-03-01T10:00:00.000Z', what: 'connection.verification', detail: { from: 'unverified', to: 'verified' } },
        { at: '2026-03-01T10:00:00.000Z', what: 'connection.renamed', detail: { from: 'Move from', to: 'Attic' } },
        {
          at: '2026-03-01T10:00:00.000Z',
          what: 'connection.created',
          detail: { name: 'Move from', role: 'source', settings: imap('old.example') },
        },
      ],
    )
  })
})

const verified = { state: 'verified', recorded: { at: '2026-01-01T00:00:00.000Z', organisation: 'imap:mail.example' } } as const
