import assert from 'node:assert/strict'
import { MailferryError } from '../../../src/domain/errors.ts'
import { never } from '../imap/support.ts'
import { type Answer, answered, envelope, failed, fault, inbox, scriptedEws, scriptedSession, success } from './scriptedEws.ts'
import { got, readAll, scanned, synced } from './sessionAnswers.ts'

describe('a mailbox on Exchange: trouble', () => {
  const scanWith = async (...answers: Answer[]) =>
    scanned(await scriptedSession(scriptedEws({ SyncFolderItems: [...answers, synced('s', '')] })))

  for (const [what, answer] of Object.entries({
    'a fault of a busy server': fault('ErrorServerBusy', 5),
    'a busy server within a good answer': answered('SyncFolderItems', [failed('SyncFolderItems', 'ErrorServerBusy', 5)]),
    'too many connections': fault('ErrorExceededConnectionCount'),
    'a store that moves': answered('SyncFolderItems', [failed('SyncFolderItems', 'ErrorMailboxMoveInProgress')]),
    'an answer that broke off': synced('s', '').slice(0, -40),
    'an answer without messages': envelope('<m:SyncFolderItemsResponse/>'),
    'a dropped connection': new MailferryError('server.dropped', { host: 'h', cause: 'ECONNRESET' }),
    'HTTP 503': new MailferryError('server.busy', { host: 'h', response: 'HTTP 503', retryAfterMs: 5 }),
  })) {
    it(`asks again after ${what}`, async () => {
      assert.deepEqual(JSON.parse((await scanWith(answer)).checkpoint).syncState, 's')
    })
  }

  it('lets no request out before the time is over that the server asked for', async () => {
    const times: number[] = []
    const ews = scriptedEws({ SyncFolderItems: [fault('ErrorServerBusy', 80), synced('s', '')], FindItem: [fault('ErrorItemNotFound')] })
    const post: typeof ews.post = (body, options) => {
      times.push(performance.now())
      return ews.post(body, options)
    }
    const session = await scriptedSession({ ...ews, post })
    const first = scanned(session)
    await new Promise(resolve => setTimeout(resolve, 20))
    await assert.rejects(session.find(inbox, undefined, never)[Symbol.asyncIterator]().next())
    await first
    const [, busy = 0, ...later] = times
    assert.ok(
      later.every(time => time - busy >= 78),
      String(later.map(time => time - busy)),
    )
  })

  it('finds the one item of many at which the server breaks the connection', async () => {
    const ews = scriptedEws({ GetFolder: [success('GetFolder', '<m:Folders><t:Folder><t:FolderId Id="root"/></t:Folder></m:Folders>')] })
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`)
    const post: typeof ews.post = async (body, options) => {
      const soap = 'parts' in body ? '' : Buffer.concat([...body]).toString()
      const ids = [...soap.matchAll(/<t:ItemId Id="(\w+)"/g)].map(([, id = '']) => id)
      if (ids.length === 0) return ews.post(body, options)
      if (ids.includes('k3')) throw new MailferryError('server.dropped', { host: 'h', cause: 'ECONNRESET' })
      const answer = scriptedEws({
        GetItem: [
          answered(
            'GetItem',
            ids.map(id => got(id, { mime: id })),
          ),
        ],
      })
      // The first answer is that to opening.
      await answer.post(body, options)
      return answer.post(body, options)
    }
    const read = await readAll(await scriptedSession({ ...ews, post }), keys)
    assert.deepEqual(
      read,
      keys.map(key => (key === 'k3' ? 'k3 item.unreadable' : `${key} ${key}`)),
    )
  })

  it('says whose right is missing', async () => {
    const ews = scriptedEws({ SyncFolderItems: [fault('ErrorImpersonateUserDenied')] })
    await assert.rejects(scanned(await scriptedSession(ews)), {
      code: 'permission.actAs',
      params: {
        host: 'mail.example',
        admin: 'admin',
        mailbox: 'ann@corp.example',
        response: 'ErrorImpersonateUserDenied',
        grant: "New-ManagementRoleAssignment -Role ApplicationImpersonation -User 'admin'",
      },
    })
  })

  it('ends with the session’s signal', async () => {
    const ending = new AbortController()
    const session = await scriptedSession(
      scriptedEws({ SyncFolderItems: [fault('ErrorServerBusy', 60_000)] }),
      {},
      { signal: ending.signal },
    )
    const scan = session.scan(inbox, { signal: ending.signal }).next()
    setTimeout(() => ending.abort(), 20)
    await assert.rejects(scan, { code: 'stopped' })
  })
})
