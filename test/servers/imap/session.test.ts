import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { isError } from '../../../src/domain/errors.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { openRaw } from '../../support/mailbox.ts'
import {
  codeOf,
  contents,
  folderNamed,
  item,
  listed,
  made,
  openSession,
  put,
  scanned,
  streamed,
  stripped,
  writing,
} from './sessionSupport.ts'
import { never } from './support.ts'

const mail = (text: string): string => `Subject: ${text}\r\nMessage-ID: <${text}@example.com>\r\n\r\n${text}\r\n`
const large = mail('large') + 'x'.repeat(400_000)
const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex')

const servers = {
  'with all its extensions': undefined,
  'stripped of its extensions': stripped,
  'with CONDSTORE but neither QRESYNC nor ESEARCH': `${stripped} CONDSTORE ENABLE UIDPLUS LITERAL+`,
  'with LITERAL- and without MULTIAPPEND': `${stripped} LITERAL- UIDPLUS MOVE ESEARCH ENABLE CONDSTORE QRESYNC`,
}

for (const [manner, capability] of Object.entries(servers)) {
  describe(`a mailbox on Dovecot ${manner}`, () => {
    let dovecot: Dovecot
    let session: MailSession
    before(async () => {
      dovecot = await startDovecot({ users: { ann: 'secret' }, specialUse: true, ...(capability !== undefined && { capability }) })
      session = await openSession(dovecot)
    })
    after(async () => {
      await session?.[Symbol.asyncDispose]()
      await dovecot?.[Symbol.asyncDispose]()
    })
    const has = (name: string): boolean => capability === undefined || capability.split(' ').includes(name)
    /** The keys of what was written, found where the server doesn't tell. */
    const written = async (
      ...[folder, ...items]: Parameters<typeof put> extends [unknown, ...infer Rest] ? Rest : never
    ): Promise<number[]> => {
      if (session.traits.writesAnswerKeys) return put(session, folder, ...items)
      const before = (await listed(session, folder)).map(({ key }) => Number(key))
      const results = await session.write(folder, items, writing)
      assert.deepEqual(new Set(results.map(({ state }) => state)), new Set(['written']))
      return (await listed(session, folder, Math.max(0, ...before) + 1)).map(({ key }) => Number(key))
    }

    it('tells what it can do', () => {
      assert.deepEqual(session.traits.formats, ['rfc822'])
      assert.equal(session.traits.writesAnswerKeys, has('UIDPLUS'))
      assert.equal(session.traits.exactSizes, true)
    })

    it('keeps bytes, flags, keywords and the date of what is written', async () => {
      const folder = await made(session, 'Kept')
      const odd = 'From: \xfc\r\n\r\nbare\nLF and a very\rCR, no end'
      const flags = ['$Forwarded', 'Work', '\\Answered', '\\Seen']
      const received = Date.parse('1999-12-31T23:59:58Z')
      const [one = 0, two = 0, three = 0] = await written(
        folder,
        item(Buffer.from(odd, 'latin1'), { flags, received }),
        item(mail('two')),
        item(''.padEnd(5000, 'y')),
      )
      const infos = await session.infos(folder, [one, two, three, 99], never)
      assert.deepEqual([...infos.keys()], [one, two, three])
      assert.deepEqual({ ...infos.get(one), size: 0 }, { key: one, size: 0, received, flags })
      const found = await contents(session, folder, [three, one, two])
      assert.deepEqual([...found.keys()], [three, one, two])
      // Dovecot keeps every line's end as CRLF.
      assert.equal(found.get(one), odd.replace(/(?<!\r)\n/g, '\r\n'))
      assert.equal(found.get(two), mail('two'))
    })

    it('takes and gives a large item as a stream, in its place among the others', async () => {
      const folder = await made(session, 'Large')
      await written(folder, item(mail('before')))
      await written(folder, streamed(large, { flags: ['\\Seen', 'Big'] }))
      await written(folder, item(mail('after')))
      const kinds: string[] = []
      const keys = (await listed(session, folder)).map(({ key }) => key)
      for await (const items of session.read(folder, keys, {
        signal: never,
        format: 'rfc822',
        batch: { items: 9, bytes: 1e5, streamAbove: 5e4 },
      })) {
        for (const one of items) kinds.push('content' in one && 'stream' in one.content ? 'stream' : 'whole')
        // A stream nobody takes doesn't keep the next batch from coming.
      }
      assert.deepEqual(kinds, ['whole', 'stream', 'whole'])
      const found = await contents(session, folder, keys)
      assert.deepEqual([...found.values()].map(sha256), [mail('before'), large, mail('after')].map(sha256))
      assert.deepEqual((await listed(session, folder))[1]?.flags, ['Big', '\\Seen'])
    })

    it('reads many items in batches, in any order, and says which are gone', async () => {
      const folder = await made(session, 'Many')
      const keys = await written(folder, ...Array.from({ length: 45 }, (_, index) => item(mail(`n${index}`))))
      await session.remove(folder, keys.slice(3, 5), writing)
      const shuffled = [...keys.slice(20), ...keys.slice(0, 20).reverse()]
      const sizes: number[] = []
      const order: (number | string)[] = []
      const batch = { items: 10, bytes: 1e6, streamAbove: 1e6 }
      for await (const items of session.read(folder, shuffled, { signal: never, format: 'rfc822', batch })) {
        sizes.push(items.length)
        order.push(...items.map(({ key }) => key))
      }
      assert.deepEqual(order, shuffled)
      assert.deepEqual(sizes, [10, 10, 10, 10, 5])
      const found = await contents(session, folder, shuffled)
      assert.deepEqual([found.get(keys[3] ?? 0), found.get(keys[4] ?? 0), found.get(keys[5] ?? 0)], ['gone', 'gone', mail('n5')])
    })

    it('serves many folders at once over few connections', async () => {
      const names = Array.from({ length: 12 }, (_, index) => `Side ${index}`)
      const folders = await Promise.all(names.map(name => made(session, name)))
      await Promise.all(
        folders.map((folder, at) => written(folder, ...Array.from({ length: 30 }, (_, index) => item(mail(`${at}.${index}`))))),
      )
      await Promise.all(
        folders.map(async (folder, at) => {
          const { items } = await scanned(session, folder)
          assert.equal(items.length, 30)
          const found = await contents(
            session,
            folder,
            items.map(({ key }) => key),
          )
          assert.deepEqual([...found.values()].sort(), Array.from({ length: 30 }, (_, index) => mail(`${at}.${index}`)).sort())
        }),
      )
    })

    it('tells what changed since a checkpoint, and nothing when nothing did', async () => {
      const folder = await made(session, 'Changing')
      const keys = await written(folder, ...Array.from({ length: 8 }, (_, index) => item(mail(`c${index}`))))
      const first = await scanned(session, folder)
      assert.deepEqual(
        first.items.map(({ key }) => key),
        keys,
      )
      const known = first.items.map(({ key }) => key)

      const idle = await scanned(session, folder, { checkpoint: first.checkpoint, known })
      assert.deepEqual([idle.items, idle.vanished], [[], []])
      assert.ok(idle.flags.every(({ flags }) => flags.length === 0))
      if (has('CONDSTORE')) assert.ok(idle.flags.length <= 1, 'not all of them are told again')

      await session.setFlags(folder, [{ key: keys[1] ?? 0, flags: ['\\Flagged', 'Work'] }], writing)
      await session.remove(folder, [keys[2] ?? 0, keys[7] ?? 0], writing)
      const [fresh = 0] = await written(folder, item(mail('fresh'), { flags: ['\\Seen'] }))
      const later = await scanned(session, folder, { checkpoint: idle.checkpoint, known })
      assert.deepEqual(
        later.items.map(({ key, flags }) => [key, flags]),
        [[fresh, ['\\Seen']]],
      )
      assert.deepEqual([...later.vanished].sort(), [keys[2], keys[7]])
      assert.deepEqual(later.flags.find(({ key }) => key === keys[1])?.flags, ['Work', '\\Flagged'])
      if (has('CONDSTORE')) assert.equal(later.flags.length, 1)

      const again = await scanned(session, folder, {
        checkpoint: later.checkpoint,
        known: [...known, fresh].filter(key => !later.vanished.includes(key)),
      })
      assert.deepEqual([again.items, again.vanished], [[], []])
    })

    it('takes nothing for gone that came after the checkpoint and is known of an interrupted run, unless it went again', async () => {
      const folder = await made(session, 'Interrupted')
      const old = await written(folder, item(mail('i1')), item(mail('i2')))
      const { checkpoint } = await scanned(session, folder)
      const fresh = await written(folder, item(mail('i3')), item(mail('i4')), item(mail('i5')))
      const known = [...old, ...fresh]
      assert.deepEqual((await scanned(session, folder, { checkpoint, known })).vanished, [])
      const gone = [old[0] ?? 0, fresh[1] ?? 0, fresh[2] ?? 0]
      await session.remove(folder, gone, writing)
      assert.deepEqual((await scanned(session, folder, { checkpoint, known })).vanished, gone)
    })

    it('finds what came since a UID', async () => {
      const folder = await made(session, 'Found')
      const keys = await written(folder, ...Array.from({ length: 5 }, (_, index) => item(mail(`f${index}`))))
      assert.deepEqual(
        (await listed(session, folder, keys[3])).map(({ key }) => key),
        keys.slice(3),
      )
      assert.deepEqual(await listed(session, folder, 1000), [])
      assert.equal((await listed(session, folder)).length, 5)
    })

    it('digests and recognises messages without keeping them', async () => {
      const folder = await made(session, 'Hashed')
      const keys = await written(folder, item(mail('one')), item(large), item(mail('one')))
      const digests = await session.digests(folder, [...keys, 999], never)
      assert.deepEqual(
        [...digests.values()].map(digest => digest.toString('hex')),
        [mail('one'), large, mail('one')].map(sha256),
      )
      const prints = await session.fingerprints(folder, [...keys, 999], never)
      assert.equal(prints.size, 3)
      assert.deepEqual(prints.get(keys[0] ?? 0), prints.get(keys[2] ?? 0))
      assert.notDeepEqual(prints.get(keys[0] ?? 0), prints.get(keys[1] ?? 0))
    })

    it('sets flags exactly, but only where they are still as expected', async () => {
      const folder = await made(session, 'Flagged')
      const [one = 0, two = 0, three = 0] = await written(
        folder,
        item(mail('1'), { flags: ['\\Seen', 'Old'] }),
        item(mail('2')),
        item(mail('3')),
      )
      const set = await session.setFlags(
        folder,
        [
          { key: one, flags: ['\\Flagged'], expected: ['Old', '\\Seen'] },
          { key: two, flags: ['\\Flagged'], expected: ['\\Answered'] },
          { key: three, flags: ['New', '\\Seen'] },
          { key: 999, flags: [] },
        ],
        writing,
      )
      assert.deepEqual([...set.keys()], [one, three])
      const flags = (await listed(session, folder)).map(({ key, flags }) => [key, flags])
      assert.deepEqual(flags, [
        [one, ['\\Flagged']],
        [two, []],
        [three, ['New', '\\Seen']],
      ])
    })

    it('moves messages and tells where they went', async () => {
      const [from, to] = [await made(session, 'From'), await made(session, 'To')]
      const keys = await written(from, item(mail('stays')), item(mail('goes')), item(mail('too')))
      const moved = await session.move(from, [...keys.slice(1), 999], to, writing)
      assert.deepEqual([...moved.keys()], keys.slice(1))
      assert.deepEqual(
        (await listed(session, from)).map(({ key }) => key),
        keys.slice(0, 1),
      )
      const there = (await listed(session, to)).map(({ key }) => key)
      // Dovecot tells it even where it doesn't announce to.
      assert.deepEqual(
        [...moved.values()].map(({ key }) => key),
        there,
      )
      assert.deepEqual([...(await contents(session, to, there)).values()], [mail('goes'), mail('too')])
    })

    it('deletes into the bin, and from there for good, never what others marked', async () => {
      const folder = await made(session, 'Deleting')
      const [mine = 0, theirs = 0] = await written(folder, item(mail('mine')), item(mail('theirs'), { flags: ['\\Deleted'] }))
      const bin = await folderNamed(session, 'Trash')
      assert.deepEqual(await session.remove(folder, [mine, 999], writing), new Set([mine]))
      const left = await listed(session, folder)
      assert.ok(left.some(({ key }) => key === theirs))
      // Without UIDPLUS it can't be expunged alone, so it stays marked beside the other.
      if (has('UIDPLUS')) assert.equal(left.length, 1)
      else assert.ok(left.every(({ flags }) => flags.includes('\\Deleted')))
      const inBin = await listed(session, bin)
      const [thrown = 0] = inBin.map(({ key }) => key).slice(-1)
      assert.equal((await contents(session, bin, [thrown])).get(thrown), mail('mine'))
      await session.remove(bin, [thrown], writing)
      assert.ok(!(await listed(session, bin)).some(({ key }) => key === thrown))
    })

    it('makes folders once, lists them again and sees what others did', async () => {
      const wanted = [
        { path: ['Deep'], subscribe: true },
        { path: ['Deep', 'er & ümläut'], subscribe: false },
      ]
      const made = await session.ensureFolders(wanted, never)
      assert.deepEqual(
        made.map(folder => (isError(folder) ? folder.code : (folder as { path: readonly string[] }).path)),
        wanted.map(({ path }) => path),
      )
      assert.deepEqual(await session.ensureFolders(wanted, never), made)
      {
        await using raw = await openRaw(dovecot, 'ann')
        await raw.command(['CREATE "Elsewhere"'])
      }
      const names = (await session.folders()).map(({ path }) => path.join('/'))
      assert.ok(names.includes('Elsewhere') && names.includes('Deep/er & ümläut'), names.join())
      const deep = await folderNamed(session, 'Deep')
      assert.deepEqual([deep.subscribed, deep.count, deep.next], [true, 0, 1])
    })

    it('throws folder.gone for a folder that went, and for one made anew under its name', async () => {
      const folder = await made(session, 'Fleeting')
      await written(folder, item(mail('x')))
      {
        await using raw = await openRaw(dovecot, 'ann')
        await raw.command(['DELETE "Fleeting"'])
      }
      await assert.rejects(scanned(session, folder), error => codeOf(error) === 'folder.gone')
      await assert.rejects(contents(session, folder, [1]), error => codeOf(error) === 'folder.gone')
      const [result] = await session.write(folder, [item(mail('y'))], writing)
      assert.equal(result?.state === 'refused' && result.error.code, 'folder.gone')
      {
        await using raw = await openRaw(dovecot, 'ann')
        await raw.command(['CREATE "Fleeting"'])
      }
      await assert.rejects(scanned(session, folder), error => codeOf(error) === 'folder.gone')
      await assert.rejects(contents(session, folder, [1]), error => codeOf(error) === 'folder.gone')
    })

    it('is the same store as long as nobody makes it anew', async () => {
      assert.equal(await session.incarnation(), await session.incarnation())
    })
  })
}
