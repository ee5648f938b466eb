import assert from 'node:assert/strict'
import { planSchema } from '../../src/rpc/plan.ts'
import { startControl } from '../../src/sandbox/control.ts'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import { planFiles } from '../../src/sandbox/exports.ts'
import { createOrders } from '../../src/sandbox/orders.ts'
import { startSandbox } from '../../src/sandbox/world.ts'

describe('orders to a running sandbox', () => {
  it('deliver mail to whoever has the domain, and move it', async () => {
    await using sandbox = await startSandbox({ people: 3 })
    const { carryOut } = createOrders(sandbox)
    const itemsOf = ({ organisation, people }: typeof sandbox.leaving): number =>
      people.reduce((sum, person) => sum + (mailboxOf(organisation, person)?.items.size ?? 0), 0)
    assert.match(await carryOut('deliver 3'), /^3 new messages for .*@fabrikam\.test/)
    assert.match(await carryOut('move'), /^fabrikam\.test has moved: 4 people of Fabrikam .*, 4 of Northwind/)
    assert.match(await carryOut(' deliver '), /^1 new message for .*@fabrikam\.test/)
    assert.match(await carryOut('status'), /^Northwind has fabrikam\.test/)
    assert.deepEqual([itemsOf(sandbox.leaving), itemsOf(sandbox.receiving)], [3, 1])
  })

  it('are refused in words where they can’t be carried out', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    const { carryOut } = createOrders(sandbox)
    await assert.rejects(carryOut('deliver many'), /a number from 1 to 10000/)
    await assert.rejects(carryOut('dance'), /“dance” is no order/)
    await carryOut('move')
    await assert.rejects(carryOut('move'), /does not have the domain/)
  })

  it('come over HTTP from who has the token', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    await using control = await startControl(createOrders(sandbox))
    const post = async (path: string, token: string): Promise<string> => {
      const answer = await fetch(`${control.url}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
      return `${answer.status} ${await answer.text()}`
    }
    assert.equal(await post('move', 'guessed'), '401 {"error":"no token"}')
    assert.match(await post('deliver/2', control.token), /^200 {"done":"2 new messages/)
    assert.match(await post('dance', control.token), /^400 {"error":"“dance” is no order/)
  })
})

describe('the sandbox’s plan', () => {
  it('is one, with lists as Get-Mailbox exports them', async () => {
    await using sandbox = await startSandbox({ people: 2 })
    const files = planFiles(sandbox)
    const plan = planSchema.parse(JSON.parse(files['plan.json'] ?? ''))
    assert.deepEqual(
      plan.connections?.map(({ name, role, kind }) => [name, role, kind]),
      [
        ['leaving', 'source', 'exchange'],
        ['receiving', 'target', 'exchange'],
      ],
    )
    const [person] = sandbox.leaving.people
    assert.ok(files['leaving-mailboxes.csv']?.includes(`"${person?.primarySmtpAddress}","${person?.displayName}","${person?.mailboxGuid}"`))
    assert.equal(files['pairs.csv']?.split('\n').length, 4)
  })
})
