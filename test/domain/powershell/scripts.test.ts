import assert from 'node:assert/strict'
import { addX500Script, x500Pairs } from '../../../src/domain/powershell/addX500.ts'
import { carryAccessScript } from '../../../src/domain/powershell/carryAccess.ts'
import { rowsIn } from '../../support/powershell.ts'

const name = "Müller's $(Remove-Item *) `’"
const pairs = [
  {
    source: { address: `${name}@old.example`, formerly: ['anna@gone.example'], legacyExchangeDN: `/o=X/cn=${name}` },
    target: { address: 'anna@new.example', id: 'id-1' },
  },
  { source: { address: 'bert@old.example' }, target: { address: 'bert@new.example' } },
]
const kinds = { source: 'exchange', target: 'office365' } as const
const isAscii = (script: string): boolean => /^[\x20-\x7E\r\n]*$/.test(script)

describe('the X500 addresses of a job', () => {
  const found = x500Pairs(pairs, kinds)

  it('are the legacyExchangeDNs of the sources; who has none is listed with the reason', () => {
    assert.deepEqual(
      found.map(pair => ('x500' in pair ? pair.x500 : pair.without)),
      [`X500:/o=X/cn=${name}`, 'notLearned'],
    )
    const reasons = (source: 'imap' | 'office365' | 'exchange', target: 'imap' | 'exchange') =>
      x500Pairs(pairs, { source, target }).map(pair => ('x500' in pair ? 'x500' : pair.without))
    assert.deepEqual(reasons('office365', 'exchange'), ['x500', 'notTold'])
    assert.deepEqual(reasons('imap', 'exchange'), ['x500', 'imapSource'])
    assert.deepEqual(reasons('exchange', 'imap'), ['imapTarget', 'imapTarget'])
  })

  it('come as a script in which names are only names', () => {
    const script = addX500Script(`Move\r\n${name}`, found, 'office365')
    assert.deepEqual(rowsIn(script), [
      { Source: `${name}@old.example`, Target: 'anna@new.example', Id: 'id-1', X500: `X500:/o=X/cn=${name}` },
    ])
    assert.ok(isAscii(script))
  })

  it('are looked up by what the target’s kind calls a mailbox’s id', () => {
    assert.match(addX500Script('Move', found, 'office365'), /\$mailbox\.ExternalDirectoryObjectId -ne \$one\.Id[\s\S]*IsDirSynced/)
    const onPremises = addX500Script('Move', found, 'exchange')
    assert.match(onPremises, /\$mailbox\.ExchangeGuid -ne \$one\.Id/)
    assert.doesNotMatch(onPremises, /IsDirSynced|Connect-ExchangeOnline/)
  })
})

describe('the script for forwarding and permissions', () => {
  it('knows each mailbox by the addresses it has and had', () => {
    const script = carryAccessScript('Move', pairs, kinds)
    assert.deepEqual(rowsIn(script), [
      { Source: `${name}@old.example`, Known: `${name}@old.example anna@gone.example`, Target: 'anna@new.example' },
      { Source: 'bert@old.example', Known: 'bert@old.example', Target: 'bert@new.example' },
    ])
    assert.ok(isAscii(script))
  })

  it('reads and applies with the cmdlets of each side’s kind', () => {
    assert.match(carryAccessScript('Move', pairs, kinds), /Get-ADPermission[\s\S]*Add-RecipientPermission/)
    assert.match(
      carryAccessScript('Move', pairs, { source: 'office365', target: 'exchange' }),
      /Get-RecipientPermission[\s\S]*Add-ADPermission/,
    )
  })
})
