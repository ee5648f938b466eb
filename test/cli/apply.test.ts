import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cli, type Finished, privateFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

const connection = (name: string, role: 'source' | 'target', more: object = {}) => ({
  name,
  role,
  kind: 'imap',
  server: { host: `${name}.example.org` },
  signIn: { method: 'mailbox' },
  secret: { file: 'passwords.csv' },
  ...more,
})
const job = (more: object = {}) => ({
  name: 'move',
  source: 'old',
  target: 'new',
  pairs: [{ source: 'anna' }, { source: 'berta', priority: 2 }],
  ...more,
})
const plan = (more: object = {}) => ({ connections: [connection('old', 'source'), connection('new', 'target')], jobs: [job()], ...more })

/** A folder with a ledger that plans are applied to. */
function desk() {
  const dir = tempDir()
  const run = (...args: string[]): Promise<Finished> => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
  return {
    dir: dir.path,
    run,
    apply: (content: object, ...args: string[]) => run('apply', privateFile(dir.path, 'plan.json', content), ...args),
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  }
}

const outcomes = ({ events }: Finished) =>
  events.filter(({ event }) => event === 'applied').map(({ kind, name, outcome }) => `${kind} ${name}: ${outcome}`)

describe('apply', () => {
  it('creates what is new, and the second time nothing', async () => {
    using at = desk()
    const first = await at.apply(plan(), '--json')
    assert.deepEqual(outcomes(first), [
      'connection old: created',
      'connection new: created',
      'job move: created',
      'pair anna: created',
      'pair berta: created',
    ])
    const second = await at.apply(plan(), '--json')
    assert.ok(outcomes(second).every(line => line.endsWith('unchanged')))
    assert.deepEqual([first.code, second.code], [0, 0])
  })

  it('takes a plan from standard input', async () => {
    using at = desk()
    const { code } = await cli(['apply', '-', '--ledger', join(at.dir, 'ledger.db')], { cwd: at.dir, input: JSON.stringify(plan()) })
    assert.equal(code, 0)
    assert.ok(outcomes(await at.apply(plan(), '--json')).every(line => line.endsWith('unchanged')))
  })

  it('updates what differs, and lists what the plan leaves out without touching it', async () => {
    using at = desk()
    await at.apply(plan())
    const changed = await at.apply(
      { jobs: [job({ policy: 'mirror', pairs: [{ source: 'anna', priority: 9 }, { source: 'clara' }] })] },
      '--json',
    )
    assert.deepEqual(outcomes(changed), [
      'connection new: left alone',
      'connection old: left alone',
      'job move: updated',
      'pair anna: updated',
      'pair clara: created',
      'pair berta: left alone',
    ])
  })

  it('does all of it or nothing', async () => {
    using at = desk()
    const { code, stderr } = await at.apply(plan({ jobs: [job(), job({ name: 'broken', source: 'nowhere' })] }))
    assert.equal(code, 2)
    assert.match(stderr, /“nowhere”/)
    assert.match((await at.run('connection', 'list')).stdout, /No connections yet/)
  })

  it('with --check only tells what it would do', async () => {
    using at = desk()
    const { stdout } = await at.apply(plan(), '--check')
    assert.match(stdout, /5 to change/)
    assert.match((await at.run('job', 'list')).stdout, /No jobs yet/)
  })

  it('obeys the in-use lock, and names the jobs and the way out', async () => {
    using at = desk()
    await at.apply(plan())
    const user = await at.apply({
      connections: [connection('old', 'source', { signIn: { method: 'admin', user: 'a', actAs: 'authzid' } })],
    })
    assert.equal(user.code, 7)
    assert.match(user.stderr, /“old” is used by the job “move”/)
    const host = await at.apply({ connections: [connection('old', 'source', { server: { host: 'elsewhere.example.org' } })] })
    assert.equal(host.code, 7)
    assert.match(host.stderr, /new job.*adopt/s)
    const role = await at.apply({ connections: [connection('old', 'target')] })
    assert.match(role.stderr, /role .* never changes/)
  })

  it('lets a secret’s place and a certificate change while a job uses the connection', async () => {
    using at = desk()
    await at.apply(plan())
    const fingerprint = 'ab'.repeat(32)
    const changed = await at.apply(
      { connections: [connection('old', 'source', { secret: { fd: 3 }, server: { host: 'old.example.org', fingerprint } })] },
      '--json',
    )
    assert.equal(changed.code, 0, changed.stdout)
    assert.match((await at.run('connection', 'show', 'old')).stdout, new RegExp(`${fingerprint}.*file descriptor 3`, 's'))
    const again = await at.apply(plan(), '--json')
    assert.ok(outcomes(again).includes('connection old: updated'), 'the secret’s place')
    assert.match((await at.run('connection', 'show', 'old')).stdout, new RegExp(fingerprint), 'trust stays')
  })

  for (const [what, content, code, words] of [
    [
      'a typo',
      plan({ jobs: [job({ filters: { recievedFrom: '2020-01-01' } })] }),
      14,
      /jobs\[0\]\.filters\.recievedFrom: unknown; did you mean receivedFrom/,
    ],
    ['a mailbox listed twice', plan({ jobs: [job({ pairs: [{ source: 'a' }, { source: 'A' }] })] }), 2, /“A”.*twice|twice.*“A”/],
    ['a forbidden character in a job’s name', plan({ jobs: [job({ name: 'a/b' })] }), 2, /a\/b/],
    ['a source used as target', plan({ jobs: [job({ source: 'new', target: 'old' })] }), 2, /“new”/],
    [
      'a connection that doesn’t say how to sign in',
      plan({ connections: [{ name: 'cloud', role: 'target', kind: 'office365' }] }),
      14,
      /\[0\]\.signIn/,
    ],
    ['two jobs for one target mailbox', plan({ jobs: [job(), job({ name: 'other' })] }), 7, /“(anna|berta)”/],
  ] as const) {
    it(`refuses ${what}, and leaves the ledger empty`, async () => {
      using at = desk()
      const result = await at.apply(content)
      assert.match(result.stderr, words)
      assert.equal(result.code, code, result.stderr)
      assert.match((await at.run('job', 'list')).stdout, /No jobs yet/)
    })
  }

  it('takes two jobs for one target mailbox where the plan consents', async () => {
    using at = desk()
    const { code, stderr } = await at.apply(
      plan({ jobs: [job({ allowSharedTargets: true }), job({ name: 'other', allowSharedTargets: true })] }),
    )
    assert.equal(code, 0, stderr)
  })

  it('says so when the plan isn’t there', async () => {
    using at = desk()
    const { code, stderr } = await at.run('apply', 'nothing.json')
    assert.equal(code, 13)
    assert.match(stderr, /nothing\.json/)
  })

  it('takes a thousand pairs from a CSV', async () => {
    using at = desk()
    privateFile(at.dir, 'pairs.csv', `source,target\n${Array.from({ length: 1000 }, (_, n) => `m${n},t${n}`).join('\n')}\n`)
    const { stdout } = await at.apply(plan({ jobs: [job({ pairs: { csv: 'pairs.csv' } })] }))
    assert.match(stdout, /1003 changed/)
  })
})

describe('export', () => {
  it('gives a plan that changes nothing, and makes the same ledger elsewhere', async () => {
    using at = desk()
    using other = desk()
    const folders = [{ source: 'Sent Items', target: ['a/b', 'Sent'] }]
    await at.apply(
      plan({
        jobs: [
          job({ folders, policy: 'new', filters: { includeFolders: ['INBOX'], receivedFrom: '2020-01-01' }, limits: { pairsAtOnce: 2 } }),
        ],
      }),
    )
    const file = join(at.dir, 'export.json')
    assert.equal((await at.run('export', '--out', file)).code, 0)
    const exported = JSON.parse(readFileSync(file, 'utf8'))
    assert.ok(outcomes(await at.apply(exported, '--json')).every(line => line.endsWith('unchanged')))
    await other.apply(exported)
    assert.deepEqual(JSON.parse((await other.run('export')).stdout), exported)
  })
})
