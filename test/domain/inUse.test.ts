import assert from 'node:assert/strict'
import type { ConnectionSettings } from '../../src/domain/connection.ts'
import { connectionChanges } from '../../src/domain/connectionChange.ts'
import { jobsUsing, mayChange, mayDelete } from '../../src/domain/inUse.ts'
import { application, code, connection, exchange, imap, job, office365 } from './build.ts'

const jobs = [job('Move'), job('Move again'), job('Other', 'Another', 'New')]

describe('a connection in use', () => {
  it('is one that a job has as its source or target', () => {
    assert.deepEqual(
      jobsUsing(connection('Old').id, jobs).map(({ name }) => name),
      ['Move', 'Move again'],
    )
    assert.deepEqual(jobsUsing(connection('New').id, jobs).length, 3)
    assert.deepEqual(jobsUsing(connection('Free').id, jobs), [])
  })

  it('can’t be deleted, and the refusal names the jobs', () => {
    const refusal = mayDelete(connection('Old'), jobs)
    assert.deepEqual([refusal?.code, refusal?.params], ['inUse', { connection: 'Old', jobs: ['Move', 'Move again'] }])
    assert.equal(mayDelete(connection('Free'), jobs), undefined)
  })

  it('can’t be edited, whatever its kind', () => {
    const edits: [ConnectionSettings, ConnectionSettings][] = [
      [imap(), imap({ port: 143 })],
      [imap(), imap({ compress: true })],
      [imap(), { kind: 'imap', server: { host: 'mail.example', port: 993, tls: 'implicit' }, signIn: { method: 'token' } }],
      [exchange(), exchange({ by: 'autodiscover', domain: 'old.example' })],
      [exchange(), exchange(undefined, 'other@old.example')],
      [office365(), application],
    ]
    for (const [before, settings] of edits) {
      const old = connection('Old', before)
      assert.equal(code(mayChange(old, { ...old, settings }, jobs)), 'inUse')
      assert.equal(mayChange(old, { ...old, settings }, []), undefined, 'and can when it is free')
    }
  })

  it('can be renamed', () => {
    const old = connection('Old')
    assert.equal(mayChange(old, { ...old, name: 'Older' }, jobs), undefined)
  })

  it('can be given trust in a new certificate of the same host', () => {
    const old = connection('Old', imap({ fingerprint: 'AB:CD' }))
    for (const settings of [imap({ fingerprint: 'ef01' }), imap(), imap({ caFile: '/ca.pem' })]) {
      assert.equal(mayChange(old, { ...old, name: 'Older', settings }, jobs), undefined)
    }
  })

  it('can’t be led to another IMAP host, trust or no trust; the refusal says where it leads and was to lead', () => {
    const old = connection('Old')
    const refusal = mayChange(old, { ...old, settings: imap({ host: 'imap.example', fingerprint: 'ef01' }) }, jobs)
    assert.deepEqual(
      [refusal?.code, refusal?.params],
      ['imap.hostChanged', { connection: 'Old', recorded: 'mail.example', wanted: 'imap.example' }],
    )
    assert.equal(mayChange(old, { ...old, settings: imap({ host: 'imap.example' }) }, []), undefined, 'and can when it is free')
  })
})

describe('any connection', () => {
  it('keeps its role and its kind', () => {
    const old = connection('Old')
    assert.deepEqual(mayChange(old, { ...old, role: 'target' }, [])?.params, { connection: 'Old', field: 'role' })
    assert.deepEqual(mayChange(old, { ...old, settings: exchange() }, [])?.params, { connection: 'Old', field: 'kind' })
  })

  it('stays as it is when the same is said in other words', () => {
    const old = connection('Old', imap({ fingerprint: 'ab12' }))
    assert.deepEqual(connectionChanges(old, { ...old, settings: imap({ host: 'MAIL.example.', fingerprint: 'AB:12' }) }), new Set())
  })

  it('can change in several ways at once', () => {
    const old = connection('Old')
    assert.deepEqual(
      connectionChanges(old, { ...old, name: 'X', settings: imap({ port: 1, fingerprint: 'f' }) }),
      new Set(['rename', 'trust', 'edit']),
    )
  })
})
