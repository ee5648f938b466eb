import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { domainMove } from '../support/fakeDomainMove.ts'
import { rowsIn } from '../support/powershell.ts'

describe('scripts for the administrators of a job’s servers', () => {
  it('give the target’s mailboxes the addresses that a list of the source tells, and name who has none', async () => {
    await using move = await domainMove(['anna', 'bert'])
    const sourceList = join(move.dir, 'source.csv')
    writeFileSync(sourceList, 'PrimarySmtpAddress,LegacyExchangeDN\nAnna@old.example,/o=Old/cn=anna\n')
    const { script = '', csv, pairs } = await move.call('job.x500', { name: 'move', sourceList })
    assert.deepEqual(
      pairs.map(pair => ('x500' in pair ? pair.x500 : pair.without)),
      ['X500:/o=Old/cn=anna', 'notLearned'],
    )
    assert.deepEqual(
      rowsIn(script).map(({ Target, X500 }) => [Target, X500]),
      [['anna@new.example', 'X500:/o=Old/cn=anna']],
    )
    assert.match(
      csv,
      /\r\nanna@old\.example,anna@new\.example,X500:\/o=Old\/cn=anna,\r\nbert@old\.example,bert@new\.example,,"?it isn’t known yet/,
    )
  })

  it('leave the script out where there is nothing to add', async () => {
    await using move = await domainMove(['anna'])
    assert.equal((await move.call('job.x500', { name: 'move' })).script, undefined)
  })

  it('carry forwarding and permissions over by the pairs', async () => {
    await using move = await domainMove(['anna', 'bert'])
    const { script = '' } = await move.call('job.scripts', { name: 'move' })
    assert.deepEqual(
      rowsIn(script).map(({ Source, Target }) => [Source, Target]),
      [
        ['anna@old.example', 'anna@new.example'],
        ['bert@old.example', 'bert@new.example'],
      ],
    )
    const { pairs } = await move.call('job.scripts', { name: 'move', mailboxes: ['bert@old.example'] })
    assert.equal(pairs, 1)
  })
})
