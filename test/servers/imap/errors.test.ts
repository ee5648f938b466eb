import assert from 'node:assert/strict'
import type { ErrorCode } from '../../../src/domain/errors.ts'
import { classifyResponse, type FailedStatus, type ResponseContext } from '../../../src/servers/imap/errors.ts'
import { scrub } from '../../../src/servers/scrub.ts'

const append: ResponseContext = { host: 'mail', command: 'APPEND', user: 'ann', mailbox: 'ann@example.org', folder: 'Sent' }

describe('what a refusal means', () => {
  const cases: [FailedStatus, string | undefined, string, ErrorCode][] = [
    ['NO', 'OVERQUOTA', 'Quota exceeded (mailbox for user is full)', 'mailbox.full'],
    ['NO', undefined, 'Over quota', 'mailbox.full'],
    ['NO', undefined, 'Mailbox is full', 'mailbox.full'],
    ['NO', 'TRYCREATE', 'No such mailbox', 'folder.gone'],
    ['NO', 'NONEXISTENT', 'Unknown Mailbox', 'folder.gone'],
    ['NO', 'INUSE', 'Mailbox is locked', 'server.busy'],
    ['NO', 'UNAVAILABLE', 'The mail store is away', 'server.busy'],
    ['NO', 'SERVERBUG', 'Internal error occurred', 'server.protocol'],
    ['NO', 'NOPERM', 'Permission denied', 'folder.refused'],
    ['NO', undefined, 'Nothing doing', 'folder.refused'],
    ['BAD', undefined, 'Request is throttled. Suggested Backoff Time: 92415 milliseconds', 'server.busy'],
    ['BAD', undefined, 'Error in IMAP command', 'server.refused'],
    ['BYE', undefined, 'Autologout', 'server.bye'],
    ['BYE', undefined, 'Too many connections', 'server.tooManyConnections'],
  ]
  for (const [status, code, text, expected] of cases) {
    it(`is ${expected} for ${status} ${code ? `[${code}] ` : ''}${text}`, () =>
      assert.equal(classifyResponse(append, status, code, text).code, expected))
  }

  it('names the folder, the mailbox and the server’s words', () => {
    assert.deepEqual(classifyResponse(append, 'NO', undefined, 'Nothing doing').params, { folder: 'Sent', response: 'Nothing doing' })
    assert.deepEqual(classifyResponse(append, 'NO', 'overquota', 'Full').params, { mailbox: 'ann@example.org', response: 'Full' })
    assert.deepEqual(
      classifyResponse(append, 'BAD', undefined, 'Request is throttled. Suggested Backoff Time: 92415 milliseconds').params,
      {
        host: 'mail',
        response: 'Request is throttled. Suggested Backoff Time: 92415 milliseconds',
        retryAfterMs: 92415,
      },
    )
  })
})

describe('a server’s text', () => {
  it('is one line of sensible length', () => {
    assert.equal(scrub('a\r\n\tb\u0000c\u001b[31m'), 'a b c [31m')
    assert.equal(scrub('x'.repeat(1000)).length, 301)
  })

  it('has no secrets', () => {
    assert.equal(scrub('bad password hunter2, really: hunter2', ['hunter2', '']), 'bad password ***, really: ***')
    assert.equal(scrub(`got ${Buffer.from('hunter2').toString('base64')}`, ['hunter2']), 'got ***')
  })
})
