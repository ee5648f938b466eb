import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { differences } from './compareSnapshots.ts'
import { changeFlags, deliver } from './corpus/changes.ts'
import { company, passwords, seedCompany } from './corpus/company.ts'
import { type CorpusOptions, corpus } from './corpus.ts'
import { startDovecot } from './dovecot.ts'
import type { SeedMessage } from './mailbox.ts'
import { snapshot } from './snapshot.ts'

const read = (options: CorpusOptions): SeedMessage[] => [...corpus(options)].flatMap(({ messages = [] }) => [...messages])
const bytes = ({ body }: SeedMessage): number => Buffer.byteLength(body)

describe('the corpus', () => {
  it('has the sizes of real mail, some duplicates and some messages without Message-ID', () => {
    const messages = read({ seed: 1, messages: 4000, sizes: 'real' })
    const sizes = messages.map(bytes).sort((a, b) => a - b)
    const [median, mean] = [sizes[2000] ?? 0, sizes.reduce((sum, size) => sum + size, 0) / 4000]
    const distinct = new Set(messages.map(({ body }) => createHash('sha256').update(body).digest('hex')))
    const nameless = messages.filter(({ body }) => !/^Message-ID:/m.test(body.toString('latin1').slice(0, 2000)))

    assert.equal(messages.length, 4000)
    assert.ok(median > 7000 && median < 9000, `median ${median}`)
    assert.ok(mean > 45_000 && mean < 65_000, `mean ${mean}`)
    assert.ok(distinct.size > 3900 && distinct.size < 3990, `${distinct.size} distinct`)
    assert.ok(nameless.length > 40 && nameless.length < 130, `${nameless.length} without Message-ID`)
  })

  it('is the same for the same seed, and another for another', () => {
    const fingerprint = (seed: number) =>
      read({ seed, messages: 300, sizes: 'small' }).map(({ body, flags = [], received }) =>
        [createHash('md5').update(body).digest('hex'), ...flags, received?.getTime()].join(' '),
      )
    assert.deepEqual(fingerprint(7), fingerprint(7))
    assert.notDeepEqual(fingerprint(7), fingerprint(8))
  })

  it('keeps lines within what mail allows', () => {
    for (const { body } of read({ seed: 3, messages: 300, sizes: 'real' })) {
      const longest = Math.max(
        ...body
          .toString('latin1')
          .split('\r\n')
          .map(line => line.length),
      )
      assert.ok(longest <= 998, `${longest} characters`)
      assert.doesNotMatch(body.toString('latin1'), /[^\r]\n/)
    }
  })

  it('fills a company, whose mailboxes then get mail and change', async () => {
    const people = company('old.test', 3)
    await using server = await startDovecot({ users: passwords(people) })
    await seedCompany(server, people, { seed: 1, messagesEach: 100, sizes: 'small' })
    const user = people[0]?.user ?? ''
    const before = await snapshot(server, user)
    await deliver(server, user, { seed: 2, messages: 20 })
    await changeFlags(server, user, { count: 10, round: 0 })

    const kinds = Map.groupBy(differences(before, await snapshot(server, user)), ({ what }) => what)
    assert.equal(kinds.get('extra')?.length, 20)
    assert.ok((kinds.get('keywords')?.length ?? 0) >= 6)
    assert.equal(kinds.get('missing'), undefined)
  })
})
