import assert from 'node:assert/strict'
import type { Verification } from '../../src/domain/connection.ts'
import { concernedBy, declared, dependences, exemption, undeclared } from '../../src/domain/domainChange.ts'
import { application, connection, exchange, imap, office365, recorded, stale, verified } from './build.ts'

const because = (settings: Parameters<typeof connection>[1], verification: Verification = { state: 'unverified' }) =>
  dependences(connection('X', settings, { verification }), 'OLD.example.')

describe('a domain change concerns', () => {
  it('a connection whose admin signs in with the domain, as typed or as recorded', () => {
    assert.deepEqual(because(office365('admin@old.example')), ['admin'])
    assert.deepEqual(because(exchange(undefined, 'OLD\\admin'), verified), ['admin'])
    assert.deepEqual(because(office365('admin@sub.old.example')), [])
  })

  it('an Exchange connection that is discovered by the domain, or whose host lies in it', () => {
    assert.deepEqual(because(exchange({ by: 'autodiscover', domain: 'old.example' }, 'x')), ['autodiscover'])
    assert.deepEqual(because(exchange({ by: 'host', host: 'mail.old.example' }, 'x')), ['host'])
    assert.deepEqual(because(exchange({ by: 'url', url: 'https://mail.old.example/ews/exchange.asmx' }, 'x')), ['host'])
    assert.deepEqual(because(exchange({ by: 'url', url: 'https://mail.gold.example/' }, 'x')), [])
    assert.deepEqual(because(exchange({ by: 'url', url: 'not an address' }, 'x')), [])
  })

  it('none that can’t be stale', () => {
    for (const settings of [imap({ host: 'mail.old.example' }), application, office365('admin@contoso.onmicrosoft.com')]) {
      assert.deepEqual(because(settings, verified), [])
    }
  })

  it('both sides when the domain goes from one to the other, one when only that one changed', () => {
    const source = connection('Old', exchange())
    const target = connection('New', office365('admin@new.example'), { role: 'target', verification: { state: 'unverified' } })
    const sameDomain = connection('New', office365('admin@old.example'), { role: 'target' })
    const names = (...all: (typeof source)[]) => concernedBy('old.example', all).map(one => one.connection.name)
    assert.deepEqual(names(source, sameDomain), ['Old', 'New'])
    assert.deepEqual(names(source, target), ['Old'])
  })
})

describe('a connection that no domain change concerns', () => {
  it('says why: its kind, or how it signs in', () => {
    assert.match(exemption(imap()) ?? '', /what was typed/)
    assert.match(exemption(application) ?? '', /signs in as an application/)
    assert.match(exemption(office365('admin@contoso.onmicrosoft.com')) ?? '', /onmicrosoft\.com address/)
    assert.equal(exemption(office365('admin@old.example')), undefined)
    assert.equal(exemption(exchange()), undefined)
  })
})

describe('declaring a domain change', () => {
  const at = '2026-06-01T00:00:00.000Z'

  it('makes a verified connection stale', () => {
    assert.deepEqual(declared(verified, 'Old.example', at), {
      state: 'stale',
      recorded,
      reason: 'declared',
      detail: 'the domain old.example moves',
      since: at,
    })
  })

  it('marks nothing that was never verified, or is stale already', () => {
    assert.equal(declared({ state: 'unverified' }, 'old.example', at), undefined)
    assert.equal(declared({ state: 'unreachable', since: at, cause: 'x' }, 'old.example', at), undefined)
    assert.equal(declared(stale, 'old.example', at), undefined)
  })

  it('can be taken back, for that domain only, and keeps in mind what was refused', () => {
    assert.deepEqual(undeclared(stale, 'OLD.example'), verified)
    assert.equal(undeclared(stale, 'new.example'), undefined)
    assert.equal(undeclared(verified, 'old.example'), undefined)
    const refused = [{ user: 'admin', at }]
    assert.deepEqual(undeclared({ ...stale, refused }, 'old.example'), { state: 'credentialsNeeded', recorded, refused })
  })
})
