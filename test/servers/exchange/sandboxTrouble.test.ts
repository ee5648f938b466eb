import assert from 'node:assert/strict'
import { isError } from '../../../src/domain/errors.ts'
import { describe as words } from '../../../src/domain/errorText.ts'
import { giveMailbox } from '../../../src/sandbox/exchange/organisation.ts'
import { createCompany } from '../../support/ews.ts'
import { never } from '../imap/support.ts'
import { carry, contents, folderOfRole, mime, put, sessionOf } from './sandboxSession.ts'
import { inTime, outgoing } from './sessionAnswers.ts'

describe('a mailbox on the sandbox in trouble', () => {
  it('knows mail again that Exchange composed anew', async () => {
    const company = createCompany({ regenerateMime: true })
    const session = await sessionOf(company)
    const inbox = await folderOfRole(session, 'inbox')
    const keys = await put(session, inbox, outgoing(mime('a')), outgoing(mime('b')))
    const other = await sessionOf(company, { person: company.bernd })
    const { target, results } = await carry(session, other, 'inbox', 'rfc822')
    const theirs = await other.fingerprints(
      target,
      results.flatMap(result => (result.state === 'written' ? (result.key ?? []) : [])),
      never,
    )
    const ours = await session.fingerprints(inbox, keys, never)
    assert.deepEqual(
      [...theirs.values()].map(({ loose }) => loose),
      [...ours.values()].map(({ loose }) => loose),
    )
    assert.ok([...ours.values()].every(({ loose }) => loose !== undefined))
  })

  it('finds every item whatever the server drops and refuses', async () => {
    const company = createCompany()
    const session = await sessionOf(company)
    const inbox = await folderOfRole(session, 'inbox')
    const keys = await put(session, inbox, ...Array.from({ length: 30 }, (_, index) => outgoing(mime(`m${index}`))))
    let count = 0
    const { faults } = company.organisation
    faults.item = () => (++count % 7 === 0 ? 'ErrorBatchProcessingStopped' : count % 11 === 0 ? 'ErrorTimeoutExpired' : undefined)
    faults.dropAnswers = () => count % 3
    faults.request = () => (++count % 5 === 0 ? { code: 'ErrorServerBusy', backOffMilliseconds: 1, as: 'inner' } : undefined)
    const read = await contents(session, inbox, keys, 'rfc822')
    assert.deepEqual(
      read.map(one => 'content' in one && one.key),
      keys,
    )
  })

  it('reports damaged items one by one', async () => {
    const company = createCompany()
    const session = await sessionOf(company)
    const inbox = await folderOfRole(session, 'inbox')
    const keys = await put(session, inbox, outgoing(mime('good')), outgoing(mime('bad')))
    company.organisation.faults.item = ({ subject }) => (subject === 'bad' ? 'ErrorItemCorrupt' : undefined)
    for (const format of ['rfc822', 'fts'] as const) {
      const read = await contents(session, inbox, keys, format)
      assert.deepEqual(
        read.map(one => ('error' in one ? one.error.code : 'content' in one)),
        [true, 'item.unreadable'],
      )
    }
  })

  it('says why a mailbox can’t be opened', async () => {
    const company = createCompany()
    company.organisation.faults.impersonationDenied.add(company.anna.mailboxGuid ?? '')
    await assert.rejects(sessionOf(company), { code: 'permission.actAs' })
    await assert.rejects(sessionOf(company, { person: company.bernd, access: 'delegate' }), { code: 'permission.actAs' })
    company.anna.mailboxGuid = undefined
    company.organisation.faults.impersonationDenied.clear()
    await assert.rejects(sessionOf(company), { code: 'mailbox.notFound' })
  })

  it('says what does not fit', async () => {
    const company = createCompany({ limits: { maxMessageSize: 10_000 }, mailbox: { quota: 60_000 } })
    const session = await sessionOf(company)
    const inbox = await folderOfRole(session, 'inbox')
    const [large] = await session.write(inbox, [outgoing(mime('large', '', 'x'.repeat(20_000)))], inTime)
    assert.ok(large?.state === 'refused' && isError(large.error, 'item.tooLarge'))
    assert.equal(large.error.params.raise, "Set-Mailbox 'anna@fabrikam.example' -MaxReceiveSize 1MB")
    assert.match(words(large.error).next, /-MaxReceiveSize 1MB/)
    const many = Array.from({ length: 20 }, (_, index) => outgoing(mime(`m${index}`, '', 'x'.repeat(5000))))
    const results = await session.write(inbox, many, inTime)
    assert.ok(results.some(result => result.state === 'refused' && result.error.code === 'mailbox.full'))
  })

  it('is another incarnation when it was created anew', async () => {
    const company = createCompany()
    const before = await (await sessionOf(company)).incarnation()
    giveMailbox(company.organisation, company.anna)
    assert.notEqual(await (await sessionOf(company)).incarnation(), before)
  })
})
