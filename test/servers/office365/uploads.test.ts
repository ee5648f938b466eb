import assert from 'node:assert/strict'
import type { MailferryError } from '../../../src/domain/errors.ts'
import type { OutgoingItem } from '../../../src/servers/mailServer.ts'
import { uploadRanges } from '../../../src/servers/office365/session/uploadRanges.ts'
import { mailboxFor } from '../../sandbox/office365/support.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { certificateFor } from '../exchange/support.ts'
import { never } from '../imap/support.ts'
import { type Cloud, folderOf, outgoing, startCloud, writing } from './cloudSession.ts'
import { json, refusal, type ScriptedCloud, scriptedCloud } from './support.ts'

const put = 'PUT AttachmentSessions'

const read = async (_: number, length: number) => [Buffer.alloc(length)]

/** A message with a file of three ranges. */
function withLargeFile(): OutgoingItem {
  const part = `--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(9_000_000, 'file').toString('base64')}\r\n`
  return outgoing(1, {
    mime: `From: a@b.test\r\nTo: c@d.test\r\nSubject: big\r\nMessage-ID: <big@b.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\ntext\r\n${part}--b--\r\n`,
    marker: 'm1',
  })
}

describe('a large file on its way to Office 365', function () {
  this.timeout(30_000)
  let cloud: Cloud
  beforeEach(async () => {
    cloud = await startCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  const write = async () => {
    await using session = await cloud.open(cloud.org.anna)
    const [result] = await session.write(await folderOf(session, 'inbox'), [withLargeFile()], writing)
    return result
  }
  const files = () =>
    [...mailboxFor(cloud.org, cloud.org.anna).items.values()].map(({ folder, attachments }) => [
      folder.distinguished,
      attachments.map(({ size }) => size > 8_999_999),
    ])

  for (const [what, kind] of [
    ['breaks off before', 'dropBefore'],
    ['breaks off behind', 'dropAfter'],
  ] as const)
    it(`goes on where the server is when the connection ${what} a range`, async () => {
      cloud.org.site.troubles.add({ trouble: { kind }, operations: [put], skip: 1, times: 1 })
      assert.equal((await write())?.state, 'written')
      assert.deepEqual(files(), [['inbox', [true]]])
    })

  it('begins anew when its session was forgotten, and is there once', async () => {
    const forgetting = setInterval(() => {
      const begun = [...cloud.org.site.uploads.values()].find(({ received }) => received > 0)
      if (begun === undefined) return
      cloud.org.site.uploads.delete(begun.id)
      clearInterval(forgetting)
    }, 1)
    const result = await write().finally(() => clearInterval(forgetting))
    assert.equal(result?.state, 'written', JSON.stringify(result))
    assert.deepEqual(files(), [['inbox', [true]]])
    assert.equal(cloud.seen.filter(path => path.includes('createUploadSession')).length, 2)
  })

  it('takes its message along to the deleted items where no session lasts', async () => {
    const forgetting = setInterval(() => cloud.org.site.uploads.clear(), 1)
    cloud.org.site.latency = 20
    const result = await write().finally(() => clearInterval(forgetting))
    assert.equal(result?.state, 'refused')
    assert.ok(result?.state === 'refused' && result.error.code === 'item.rejected')
    assert.deepEqual(files(), [['deleteditems', []]])
  })
})

describe('an upload whose server tells odd things of where it is', () => {
  let certificate: TestCertificate
  before(async () => {
    certificate = await certificateFor('login.test', 'graph.test', 'outlook.test')
  })
  const size = 9_000_000
  const range = 3_932_160
  const contextOf = ({ transport }: ScriptedCloud) => ({
    transport,
    host: 'graph.test',
    pause: 1,
    owner: { address: 'anna@contoso.test' },
    options: { signal: never, connections: 1 },
  })

  /** Where each range began, and what the upload came to; a server that answers each range, or a question, so. */
  const uploaded = async (ranges: (from: number, count: number) => unknown, asked: unknown = {}) => {
    const began: number[] = []
    await using cloud = await scriptedCloud(certificate, {
      outlook({ method, headers }, response) {
        if (method === 'GET') return json(response, asked)
        const from = Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1])
        began.push(from)
        const answer = ranges(from, began.length)
        if (answer === undefined) response.writeHead(201).end()
        else json(response, answer)
      },
    })
    const context = contextOf(cloud)
    const file = { size, read }
    const error: unknown = await uploadRanges(context, 'https://outlook.test/upload?token=kanari3n-link', file, {
      operation: 'POST attachments',
      signal: never,
    }).then(
      answer => answer?.status,
      (thrown: MailferryError) => thrown,
    )
    return { began, error }
  }

  it('goes on where the server says, though it took only a part of a range', async () => {
    const { began, error } = await uploaded((from, count) => (count === 1 ? { nextExpectedRanges: ['1000-'] } : nextOf(from)))
    assert.equal(error, undefined)
    assert.deepEqual(began, [0, 1000, 1000 + range, 1000 + 2 * range])
  })

  it('is not taken for complete while the server still wants bytes, nor goes on for ever', async () => {
    const { error } = await uploaded(() => ({ nextExpectedRanges: ['0-'] }), { nextExpectedRanges: ['0-'] })
    assert.ok(error instanceof Error && 'code' in error && error.code === 'server.protocol')
    assert.ok(!JSON.stringify(error).includes('kanari3n'))
  })

  it('stops where the server goes on behind the end, or at nothing at all', async () => {
    for (const asked of [{ nextExpectedRanges: ['99999999-'] }, { nextExpectedRanges: ['NaN-'] }, { nextExpectedRanges: [] }, {}]) {
      const { error } = await uploaded(() => ({ nextExpectedRanges: ['99999999-'] }), asked)
      assert.ok(error instanceof Error && 'code' in error && error.code === 'server.protocol', JSON.stringify(asked))
    }
  })

  it('answers what a range is refused with', async () => {
    await using cloud = await scriptedCloud(certificate, {
      outlook: (_request, response) => json(response, refusal('ErrorItemNotFound'), 404),
    })
    const asking = { operation: 'POST attachments', signal: never }
    const answer = await uploadRanges(contextOf(cloud), 'https://outlook.test/upload', { size: 10, read }, asking)
    assert.equal(answer?.status, 404)
  })

  const nextOf = (from: number) => (from + range >= size ? undefined : { nextExpectedRanges: [`${from + range}-`] })
})
