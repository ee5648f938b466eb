import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cli, startCli } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

describe('mailferry sandbox', () => {
  it('starts, writes a plan that applies, takes orders from who has the token, and ends with Ctrl-C', async () => {
    using place = tempDir()
    const running = startCli(['sandbox', '--dir', 'box', '--people', '2', '--messages', '20'], { cwd: place.path })
    await running.says(/Orders, typed here:/)
    assert.match(
      running.stdout(),
      /Fabrikam \(leaving\), 2 mailboxes\n {2}EWS +https:\/\/127\.0\.0\.1:\d+\/EWS\/Exchange\.asmx\n {2}admin +admin@fabrikam\.test/,
    )
    assert.equal(statSync(join(place.path, 'box', 'leaving.secret')).mode & 0o077, 0)

    const applied = await cli(['apply', 'box/plan.json', '--ledger', join(place.path, 'ledger.db')], { cwd: place.path })
    assert.deepEqual([applied.stderr, applied.code], ['', 0])

    const { url, token } = JSON.parse(readFileSync(join(place.path, 'box', 'control.json'), 'utf8'))
    const answer = await fetch(`${url}/move`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    assert.match(await answer.text(), /fabrikam\.test has moved/)
    running.child.kill('SIGINT')
    assert.equal((await running.finished).code, 0)
  })

  it('takes orders by standard input, and ends with quit', async () => {
    using place = tempDir()
    const { stdout, code } = await cli(['sandbox', '--people', '1', '--messages', '1'], {
      cwd: place.path,
      input: 'deliver 2\nmove\nquit\n',
    })
    assert.match(stdout, /2 new messages for .*\n.* has moved/)
    assert.equal(code, 0)
  })

  it('wants whole numbers', async () => {
    const { code, stderr } = await cli(['sandbox', '--people', 'many'])
    assert.match(stderr, /--people needs a whole number from 1 to 500/)
    assert.equal(code, 2)
  })
})
