import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { startDovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { migrationBetween } from '../support/migration.ts'
import { snapshot } from '../support/snapshot.ts'

describe('the speed of a job', () => {
  it('stays below its megabytes a second, after a burst of one second', async () => {
    await using source = await startDovecot({ anyUser: 'secret' })
    await using target = await startDovecot({ anyUser: 'secret' })
    const large = (n: number) => ({
      body: `Subject: ${n}\r\n\r\n${'x'.repeat(70)}\r\n`.padEnd(700_000, `${n}\r\n`),
      received: new Date(n * 1000),
    })
    await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: [1, 2, 3].map(large) }])
    await using migration = await migrationBetween(source, target, { job: { limits: { megabytesPerSecond: 1 } } })
    const began = performance.now()
    assert.equal((await migration.run()).state, 'completed')
    assert.ok(performance.now() - began > 1000)
    assert.deepEqual(compareSnapshots(await snapshot(source, 'anna'), await snapshot(target, 'anna')), [])
  })
})
