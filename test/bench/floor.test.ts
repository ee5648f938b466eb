import assert from 'node:assert/strict'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { changeFlags, deliver } from '../support/corpus/changes.ts'
import { corpus } from '../support/corpus.ts'
import { startDovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { snapshot } from '../support/snapshot.ts'
import { floorCopy } from './floor.ts'

describe('the bare copier that Mailferry is measured against', () => {
  it('makes a true copy, and keeps it true', async () => {
    await using source = await startDovecot({ users: { anna: 'old' } })
    await using target = await startDovecot({ users: { anna: 'new' } })
    const [from, to] = [{ ...source, user: 'anna', password: 'old' } as const, { ...target, user: 'anna', password: 'new' } as const]
    const differences = async () => compareSnapshots(await snapshot(source, 'anna'), await snapshot(target, 'anna'))
    await seedMailbox(source, 'anna', corpus({ seed: 1, messages: 200, sizes: 'small' }))

    const state = await floorCopy(from, to)
    assert.deepEqual(await differences(), [])

    await deliver(source, 'anna', { seed: 2, messages: 40 })
    await changeFlags(source, 'anna', { count: 20, round: 0 })
    await floorCopy(from, to, state)
    assert.deepEqual(await differences(), [])
  })
})
