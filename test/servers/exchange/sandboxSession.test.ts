import assert from 'node:assert/strict'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { ask, type Company, createCompany, distinguishedXml } from '../../support/ews.ts'
import { never } from '../imap/support.ts'
import { carry, contents, folderOfRole, mime, put, scanAll, sessionOf } from './sandboxSession.ts'
import { inTime, outcome, outgoing } from './sessionAnswers.ts'

const appointment = `<t:CalendarItem><t:Subject>Jour fixe</t:Subject><t:Start>2026-03-03T08:00:00Z</t:Start><t:End>2026-03-03T09:00:00Z</t:End></t:CalendarItem>`
const contact = `<t:Contact><t:FileAs>Baum, Bernd</t:FileAs><t:DisplayName>Bernd Baum</t:DisplayName></t:Contact>`
const create = (company: Company, folder: string, item: string) =>
  ask(
    company,
    `<m:CreateItem MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"><m:SavedItemFolderId>${distinguishedXml(folder)}</m:SavedItemFolderId><m:Items>${item}</m:Items></m:CreateItem>`,
    { version: 'Exchange2010_SP2' },
  )

for (const release of ['Exchange2010_SP2', 'Exchange2019'] as const) {
  for (const access of ['impersonation', 'delegate'] as const) {
    describe(`a mailbox on the sandbox’s ${release} by ${access}`, () => {
      let company: Company
      let session: MailSession

      beforeEach(async () => {
        company = createCompany({ release, mailbox: { language: 'de' } })
        if (access === 'delegate') company.anna.fullAccess.add(company.service.objectGuid)
        session = await sessionOf(company, { access })
      })

      it('has the folders of a new mailbox, its incarnation and its owner', async () => {
        const folders = await session.folders()
        const roles = new Map(folders.map(({ role, path }) => [role, path]))
        assert.deepEqual(roles.get('inbox'), ['INBOX'])
        assert.deepEqual(roles.get('sent'), ['Gesendete Elemente'])
        assert.ok(!folders.some(({ path }) => path.includes('Postausgang')))
        assert.deepEqual(await session.identity(), { address: 'anna@fabrikam.example', id: company.anna.mailboxGuid })
        assert.match(await session.incarnation(), new RegExp(`^${company.anna.mailboxGuid} `))
      })

      it('makes folders of any class and name once', async () => {
        const wanted = [
          { path: ['INBOX', 'Kunden/Ost', 'Ä\\ö'], subscribe: true },
          { path: ['Team'], containerClass: 'IPF.Appointment', subscribe: true },
          { path: ['Zettel'], containerClass: 'IPF.StickyNote', subscribe: true },
        ]
        const first = await session.ensureFolders(wanted, never)
        const second = await session.ensureFolders(wanted, never)
        assert.deepEqual(
          second.map(one => 'id' in one && [one.id, one.path, one.containerClass]),
          first.map((one, index) => 'id' in one && [one.id, wanted[index]?.path, wanted[index]?.containerClass]),
        )
      })

      it('keeps all that is written to it of a mail, and gives it back', async () => {
        const inbox = await folderOfRole(session, 'inbox')
        const flags = ['Rot', '\\Answered', '\\Flagged', '\\Seen'].sort()
        const received = Date.parse('2024-02-29T12:00:00Z')
        const [key = ''] = await put(session, inbox, {
          ...outgoing(mime('one'), { flags, received }),
          marker: 'mark',
          details: { itemClass: 'IPM.Note', importance: 'high', followUp: { due: Date.parse('2024-03-01T00:00:00Z') } },
        })
        const info = (await session.infos(inbox, [key], never)).get(key)
        assert.deepEqual({ flags: info?.flags, received: info?.received }, { flags, received })
        const [read] = await contents(session, inbox, [key], 'rfc822')
        assert.ok(read && 'content' in read)
        assert.equal(await outcome(read), mime('one'))
        assert.equal(read.details?.importance, 'high')
        assert.deepEqual(read.details?.followUp, { due: Date.parse('2024-03-01T00:00:00Z') })
      })

      it('tells what people do with mail from one scan to the next', async () => {
        const inbox = await folderOfRole(session, 'inbox')
        const drafts = await folderOfRole(session, 'drafts')
        const [a = '', b = '', c = ''] = await put(session, inbox, outgoing(mime('a')), outgoing(mime('b')), outgoing(mime('c')))
        const before = await scanAll(session, inbox)
        assert.deepEqual(new Set(before.items.map(({ key }) => key)), new Set([a, b, c]))
        const since = { checkpoint: before.checkpoint, known: [a, b, c].sort() }

        await session.setFlags(
          inbox,
          [
            { key: a, flags: ['\\Seen'] },
            { key: b, flags: ['Rot'] },
          ],
          inTime,
        )
        const moved = await session.move(inbox, [c], drafts, inTime)
        const [d = ''] = await put(session, inbox, outgoing(mime('d')))
        const after = await scanAll(session, inbox, since)
        assert.deepEqual(
          after.items.map(({ key }) => key),
          [d],
        )
        assert.deepEqual(
          new Map(after.flags.map(({ key, flags }) => [key, flags])),
          new Map([
            [a, ['\\Seen']],
            [b, ['Rot']],
          ]),
        )
        assert.deepEqual(after.vanished, [c])
        assert.deepEqual([...(await session.infos(drafts, [moved.get(c)?.key ?? ''], never)).keys()], [moved.get(c)?.key])
        const nothing = await scanAll(session, inbox, { checkpoint: after.checkpoint, known: [a, b, d].sort() })
        assert.deepEqual([nothing.items, nothing.flags, nothing.changed, nothing.vanished], [[], [], [], []])
      })

      it('finds what was written since, with its markers', async () => {
        const inbox = await folderOfRole(session, 'inbox')
        await put(session, inbox, outgoing(mime('old')))
        company.pass(3_600_000)
        const { next } = await folderOfRole(session, 'inbox')
        const written = await put(session, inbox, { ...outgoing(mime('new')), marker: 'mark' }, outgoing(mime('plain')))
        const found = []
        for await (const part of session.find(inbox, next, never)) found.push(...part)
        assert.deepEqual(
          new Map(found.map(({ key, marker }) => [key, marker])),
          new Map([
            [written[0], 'mark'],
            [written[1], undefined],
          ]),
        )
      })

      it('deletes to the deleted items, and from there recoverably', async () => {
        const [inbox, bin] = [await folderOfRole(session, 'inbox'), await folderOfRole(session, 'deleted')]
        const [gone = '', ...keys] = await put(session, inbox, outgoing(mime('gone')), outgoing(mime('a')))
        await session.move(inbox, [gone], await folderOfRole(session, 'junk'), inTime)
        assert.deepEqual([...(await session.remove(inbox, [...keys, gone], inTime))], keys)
        const binned = await scanAll(session, bin)
        assert.equal(binned.items.length, 1)
        await session.remove(
          bin,
          binned.items.map(({ key }) => key),
          inTime,
        )
        assert.equal((await scanAll(session, bin)).items.length, 0)
      })

      it('never tells anybody that mail was read or deleted', async () => {
        const inbox = await folderOfRole(session, 'inbox')
        const asking = 'Disposition-Notification-To: bernd@fabrikam.example\r\n'
        const keys = await put(
          session,
          inbox,
          outgoing(mime('a', asking)),
          outgoing(mime('b', asking)),
          outgoing(mime('c', asking), { flags: ['\\Seen'] }),
        )
        const [a = '', b = ''] = keys
        await session.setFlags(inbox, [{ key: a, flags: ['\\Seen'] }], inTime)
        await session.remove(inbox, [b], inTime)
        assert.deepEqual(company.organisation.outbox, [])
      })

      it('carries mail, appointments and contacts to another mailbox as Exchange’s own stream, and marks them there', async () => {
        const inbox = await folderOfRole(session, 'inbox')
        await put(session, inbox, outgoing(mime('a'), { flags: ['Rot', '\\Flagged', '\\Seen'].sort() }), outgoing(mime('b')))
        await create(company, 'calendar', appointment)
        await create(company, 'contacts', contact)
        if (access === 'delegate') company.bernd.fullAccess.add(company.service.objectGuid)
        const other = await sessionOf(company, { access, person: company.bernd })
        for (const role of ['inbox', 'calendar', 'contacts'] as const) {
          const { source, target, items, out, results } = await carry(session, other, role, 'fts')
          assert.ok(items.length > 0 && results.length === items.length)
          const keys = results.map(result => (result.state === 'written' ? String(result.key) : result.error.code))
          assert.deepEqual(
            [...(await other.infos(target, keys, never)).values()].map(({ flags, received }) => ({ flags, received })),
            items.map(({ flags, received }) => ({ flags, received })),
          )
          await other.stamp?.(
            target,
            keys.map((key, index) => ({ key, marker: out[index]?.marker ?? '' })),
            inTime,
          )
          const markers = new Map<string | number, string | undefined>()
          for await (const part of other.find(target, undefined, never)) for (const one of part) markers.set(one.key, one.marker)
          assert.deepEqual(markers, new Map(keys.map((key, index) => [key, out[index]?.marker])))
          const [ours, theirs] = [
            await session.fingerprints(
              source,
              items.map(({ key }) => key),
              never,
            ),
            await other.fingerprints(target, keys, never),
          ]
          assert.deepEqual([...theirs.values()], [...ours.values()])
        }
      })

      it('says of each item that MIME can’t carry what it is', async () => {
        await create(company, 'calendar', appointment)
        const calendar = await folderOfRole(session, 'calendar')
        const { items } = await scanAll(session, calendar)
        const read = await contents(
          session,
          calendar,
          items.map(({ key }) => key),
          'rfc822',
        )
        assert.deepEqual(
          read.map(one => 'error' in one && [one.error.code, one.error.params]),
          [['item.notCarried', { itemClass: 'IPM.Appointment', format: 'rfc822' }]],
        )
      })

      it('puts a draft’s new content into it, which keeps its place', async () => {
        const drafts = await folderOfRole(session, 'drafts')
        const flags = ['\\Draft']
        const [key = '', newer = ''] = await put(
          session,
          drafts,
          outgoing(mime('draft'), { flags }),
          outgoing(mime('draft', '', 'Changed'), { flags }),
        )
        const [read] = await contents(session, drafts, [newer], 'fts')
        assert.ok(read && 'content' in read)
        const [replaced] = (await session.replace?.(drafts, [{ ...outgoing('', { flags }), ...read, key }], inTime)) ?? []
        assert.ok(replaced?.state === 'written' && replaced.key === key)
        const [now] = await contents(session, drafts, [key], 'rfc822')
        assert.ok(now && 'content' in now && 'chunks' in now.content)
        assert.match(Buffer.concat(now.content.chunks).toString(), /Changed/)
        assert.equal((await scanAll(session, drafts)).items.length, 2)
      })
    })
  }
}
