import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isError } from '../../../src/domain/errors.ts'
import { defaultJobSettings } from '../../../src/domain/job.ts'
import { applyPlan } from '../../../src/engine/plan/applyPlan.ts'
import { exportPlan } from '../../../src/engine/plan/exportPlan.ts'
import { readPlan } from '../../../src/engine/plan/readPlan.ts'
import { findConnection } from '../../../src/ledger/connections.ts'
import { createJob } from '../../../src/ledger/editJobs.ts'
import { findJob } from '../../../src/ledger/jobs.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { setMailbox, withAddress } from '../../../src/ledger/pairMailboxes.ts'
import { findPair, listPairs } from '../../../src/ledger/pairs.ts'
import { freshLedger } from '../../ledger/support.ts'

const fingerprint = 'ab'.repeat(32)
const guid = (n: number) => `00000000-0000-0000-0000-00000000000${n}`

const connection = (name: string, role: 'source' | 'target', more: object = {}) => ({
  name,
  role,
  kind: 'exchange',
  server: { host: `${name}.example` },
  admin: { user: `admin@${name}.example` },
  ...more,
})

const jobOf = (pairs: unknown) => ({ name: 'move', source: 'old', target: 'new', pairs })

/** Applies plans, written beside the files given, to one ledger. */
async function planner() {
  const fresh = await freshLedger()
  const { ledger, dir } = fresh
  return {
    ledger,
    dir: dir.path,
    async apply(plan: object, files: Record<string, string | Buffer> = {}) {
      for (const [name, content] of Object.entries(files)) writeFileSync(join(dir.path, name), content)
      const file = join(dir.path, 'plan.json')
      writeFileSync(file, JSON.stringify(plan))
      const read = await readPlan(file)
      return ledger.write(tx => applyPlan(tx, read))
    },
    [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose](),
  }
}

const both = [connection('old', 'source'), connection('new', 'target')]

const settingsOf = async (ledger: Ledger, name: string) => (await findConnection(ledger.db, name)).settings
const pairsOf = async (ledger: Ledger) => listPairs(ledger.db, (await findJob(ledger.db, 'move')).id)

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    error => (isError(error) ? error.code : error),
  )

describe('a plan for Exchange', () => {
  it('tells where the server is in one of three ways, whom to trust and who signs in', async () => {
    await using one = await planner()
    const trust = { fingerprints: [fingerprint.toUpperCase()], caFile: 'ca.pem', allowOldTls: true }
    await one.apply({
      connections: [
        connection('a', 'source', { server: { autodiscover: { domain: 'old.example', at: 'https://mail.old.example/' } }, trust }),
        connection('b', 'source', {
          server: { url: 'https://b.example/EWS/Exchange.asmx' },
          admin: { user: 'OLD\\boss', method: 'basic', access: 'delegate' },
        }),
      ],
    })
    assert.deepEqual(await settingsOf(one.ledger, 'a'), {
      kind: 'exchange',
      server: { by: 'autodiscover', domain: 'old.example', at: 'mail.old.example' },
      trust: { fingerprints: [fingerprint], caFile: join(one.dir, 'ca.pem'), allowOldTls: true },
      admin: { user: 'admin@a.example', method: 'ntlm', access: 'impersonation' },
    })
    assert.deepEqual(await settingsOf(one.ledger, 'b'), {
      kind: 'exchange',
      server: { by: 'url', url: 'https://b.example/EWS/Exchange.asmx' },
      admin: { user: 'OLD\\boss', method: 'basic', access: 'delegate' },
    })
  })

  it('comes out of an export as it went in, ids included', async () => {
    await using one = await planner()
    const source = { address: 'anna@old.example', id: guid(1), legacyExchangeDN: '/o=old/cn=anna', displayName: 'Anna' }
    await one.apply({ connections: both, jobs: [jobOf([{ source, target: 'anna@new.example' }])] })
    await one.apply(await exportPlan(one.ledger.db))
    const [pair, ...more] = await pairsOf(one.ledger)
    assert.deepEqual([pair?.source, pair?.target, more], [source, { address: 'anna@new.example' }, []])
  })

  it('can’t change a server or an admin that a job uses, but trust in a certificate it can', async () => {
    await using one = await planner()
    await one.apply({ connections: both, jobs: [jobOf([{ source: 'anna@old.example' }])] })
    const changed = (more: object) => one.apply({ connections: [connection('old', 'source', more)] })
    assert.equal(await refusal(changed({ server: { host: 'other.example' } })), 'inUse')
    assert.equal(await refusal(changed({ admin: { user: 'other@old.example' } })), 'inUse')
    assert.equal(await refusal(changed({ trust: { allowOldTls: true } })), 'inUse')
    await changed({ trust: { fingerprints: [fingerprint] } })
    await one.apply({ connections: both })
    const settings = await settingsOf(one.ledger, 'old')
    assert.deepEqual(settings.kind === 'exchange' && settings.trust, { fingerprints: [fingerprint] })
  })

  it('takes its pairs from what Get-Mailbox exported, in any of the forms it is written', async () => {
    const columns = 'DisplayName;PrimarySmtpAddress;Database;EXCHANGEGUID;LegacyExchangeDN'
    const text = `#TYPE Selected.Mailbox\r\n${columns}\r\n"Anna; A.";anna@old.example;DB1;{${guid(1).toUpperCase()}};/o=old/cn=anna\r\n`
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const targets = `\uFEFFprimarysmtpaddress,exchangeguid\nanna@old.example,${guid(2)}\n`
    await using one = await planner()
    const pairs = { csv: 'source.csv', targetList: 'target.csv' }
    await one.apply({ connections: both, jobs: [jobOf(pairs)] }, { 'source.csv': utf16, 'target.csv': targets })
    const [pair] = await pairsOf(one.ledger)
    assert.deepEqual(pair?.source, {
      address: 'anna@old.example',
      id: guid(1),
      legacyExchangeDN: '/o=old/cn=anna',
      displayName: 'Anna; A.',
    })
    assert.deepEqual(pair?.target, { address: 'anna@old.example', id: guid(2) })
  })

  it('refuses a list with a mailbox twice, a wrong GUID, or a pair that the list doesn’t have, by line', async () => {
    await using one = await planner()
    const apply = (list: string) =>
      one
        .apply(
          { connections: both, jobs: [jobOf({ csv: 'pairs.csv', sourceList: 'list.csv' })] },
          { 'pairs.csv': 'source\nanna@old.example\nbert@old.example\n', 'list.csv': list },
        )
        .catch(error => error.params.problems)
    const head = 'PrimarySmtpAddress,ExchangeGuid\n'
    assert.deepEqual(await apply(`${head}a@x,${guid(1)}\nA@X,\n`), [{ line: 3, message: 'A@X is listed in line 2 already' }])
    assert.deepEqual(await apply(`${head}a@x,17\n`), [{ line: 2, message: 'ExchangeGuid is no GUID' }])
    assert.deepEqual(await apply(`${head}anna@old.example,\n`), [{ line: 3, message: 'the source has no mailbox “bert@old.example”' }])
  })

  it('that is older than an address makes no second pair of its mailbox', async () => {
    await using one = await planner()
    const plan = { connections: both, jobs: [jobOf([{ source: 'anna@old.example', target: 'anna@new.example' }])] }
    await one.apply(plan)
    const [pair] = await pairsOf(one.ledger)
    assert.ok(pair)
    const known = { ...pair.source, id: guid(1) }
    await one.ledger.write(tx => setMailbox(tx, pair.id, 'source', known, 'pair.mailboxLearned'))
    await one.ledger.write(tx => setMailbox(tx, pair.id, 'source', withAddress(known, 'anna@interim.example'), 'pair.addressRefreshed'))
    const lines = await one.apply(plan)
    assert.deepEqual(
      lines.filter(({ kind }) => kind === 'pair').map(({ outcome }) => outcome),
      ['unchanged'],
    )
    for (const name of ['anna@old.example', 'ANNA@interim.example', 'anna@new.example'])
      assert.equal((await findPair(one.ledger.db, pair.job, name)).id, pair.id)
  })

  it('can’t make two pairs of one mailbox by learning who it is', async () => {
    await using one = await planner()
    await one.apply({ connections: both, jobs: [jobOf([{ source: 'anna@old.example' }, { source: 'a.alias@old.example' }])] })
    const [first, second] = await pairsOf(one.ledger)
    assert.ok(first && second)
    await one.ledger.write(tx => setMailbox(tx, first.id, 'source', { ...first.source, id: guid(1) }, 'pair.mailboxLearned'))
    const learning = one.ledger.write(tx => setMailbox(tx, second.id, 'source', { ...second.source, id: guid(1) }, 'pair.mailboxLearned'))
    assert.equal(await refusal(learning), 'pair.twice')
  })

  it('keeps two jobs from writing to one mailbox once it is known to be one', async () => {
    await using one = await planner()
    await one.apply({ connections: both, jobs: [jobOf([{ source: 'anna@old.example' }])] })
    const { source, target } = await findJob(one.ledger.db, 'move')
    await one.ledger.write(tx => createJob(tx, { name: 'again', source, target, settings: defaultJobSettings }))
    await one.apply({
      jobs: [{ name: 'again', source: 'old', target: 'new', pairs: [{ source: 'x', target: { address: 'alias', id: guid(2) } }] }],
    })
    const [pair] = await pairsOf(one.ledger)
    assert.ok(pair)
    assert.equal(
      await refusal(one.ledger.write(tx => setMailbox(tx, pair.id, 'target', { ...pair.target, id: guid(2) }, 'pair.mailboxLearned'))),
      'target.shared',
    )
  })
})
