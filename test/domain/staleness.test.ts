import assert from 'node:assert/strict'
import type { Verification } from '../../src/domain/connection.ts'
import { maySignInByItself, refusedSignIn, secretGiven } from '../../src/domain/refusedSignIns.ts'
import { mayOperate } from '../../src/domain/staleGate.ts'
import { canBeStale, judge, type Observed } from '../../src/domain/staleness.ts'
import { application, code, connection, exchange, imap, job, office365, recorded, stale, verified } from './build.ts'

const at = '2026-06-01T00:00:00.000Z'
const found = { organisation: 'org-1', adminAddress: 'admin@old.example', acceptedDomains: ['old.example'] }
const old = (verification: Verification = verified, settings = exchange()) => connection('Old', settings, { verification })

/** State and reason after a check, or the code of the error. */
const checked = (seen: Omit<Observed, 'at'>, before = old()): unknown => {
  const result = judge(before, { at, ...seen })
  return 'state' in result ? (result.state === 'stale' ? result.reason : result.state) : code(result)
}

describe('a connection can be stale', () => {
  it('only where its sign-in depends on a domain of the company', () => {
    assert.deepEqual([exchange(), office365(), office365('admin@contoso.onmicrosoft.com'), application, imap()].map(canBeStale), [
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('but not by the names that tenants keep for good, in any of the national clouds', () => {
    const users = ['admin@contoso.onmicrosoft.us', 'admin@contoso.partner.onmschina.cn', 'admin@onmicrosoft.com.example']
    assert.deepEqual(
      users.map(user => canBeStale(office365(user))),
      [false, false, true],
    )
  })

  it('by its admin, whatever else an Office 365 connection says', () => {
    const more = { kind: 'office365', cloud: 'usGov', ews: true } as const
    assert.equal(canBeStale({ ...more, signIn: { method: 'admin', user: 'admin@old.example', clientId: 'public' } }), true)
    assert.equal(canBeStale({ ...more, signIn: { method: 'application', tenant: 't', clientId: 'c', credential: 'secret' } }), false)
  })
})

describe('a check finds a connection', () => {
  it('verified where all is as recorded, however the user name was typed', () => {
    const typed = exchange(undefined, 'OLD\\administrator')
    assert.equal(checked({ signIn: 'accepted', found: { ...found, adminAddress: 'ADMIN@old.example' } }, old(verified, typed)), 'verified')
  })

  it('stale where the admin’s primary address is another than recorded', () => {
    assert.equal(checked({ signIn: 'accepted', found: { ...found, adminAddress: 'admin@interim.example' } }), 'adminAddressChanged')
  })

  it('stale where the sign-in is refused and the admin’s domain has left the organisation', () => {
    assert.equal(checked({ signIn: 'refused', acceptedDomains: ['interim.example'] }), 'signInRefusedDomainGone')
  })

  it('stale where the sign-in is refused and the admin’s domain is found elsewhere than it was', () => {
    const discovery = { recorded: 'ex.example', now: 'outlook.office365.com' }
    assert.equal(checked({ signIn: 'refused', discovery }), 'signInRefusedDomainGone')
    assert.equal(checked({ signIn: 'refused', discovery: { ...discovery, now: 'ex.example' } }), 'credentialsNeeded')
    assert.equal(checked({ signIn: 'refused', discovery, acceptedDomains: ['old.example'] }), 'credentialsNeeded')
  })

  it('stale as it was declared, whatever works, with the secret that was refused since', () => {
    const result = judge(old(stale), { at, signIn: 'refused', user: 'admin' })
    assert.deepEqual(result, { ...stale, refused: [{ user: 'admin', at }] })
    assert.deepEqual(judge(old(stale), { at, signIn: 'accepted', user: 'admin', found }), stale)
  })

  it('in need of credentials where the sign-in is refused and nothing else is known, or the domain is still there', () => {
    assert.equal(checked({ signIn: 'refused' }), 'credentialsNeeded')
    assert.equal(checked({ signIn: 'refused', acceptedDomains: ['OLD.example'] }), 'credentialsNeeded')
  })

  it('stale where nothing answers at the recorded address and discovery leads elsewhere', () => {
    assert.equal(checked({ cause: 'ENOTFOUND', discovery: { recorded: 'ex.example', now: 'outlook.office365.com' } }), 'addressMoved')
  })

  it('unreachable where nothing answers and discovery leads nowhere else', () => {
    assert.equal(checked({ cause: 'ENOTFOUND' }), 'unreachable')
    assert.equal(checked({ cause: 'ENOTFOUND', discovery: { recorded: 'ex.example', now: 'EX.example.' } }), 'unreachable')
  })

  it('not stale where discovery leads elsewhere but the recorded address still answers', () => {
    assert.equal(checked({ signIn: 'accepted', found, discovery: { recorded: 'ex.example', now: 'elsewhere.example' } }), 'verified')
  })

  it('never stale where it can’t be', () => {
    const refused = { signIn: 'refused', acceptedDomains: ['interim.example'] } as const
    for (const settings of [imap(), application, office365('admin@contoso.onmicrosoft.com')]) {
      assert.equal(checked(refused, old(verified, settings)), 'credentialsNeeded')
    }
  })

  it('in another organisation: then nothing is taken over', () => {
    assert.equal(checked({ signIn: 'accepted', found: { ...found, organisation: 'org-2' } }), 'organisation.different')
  })

  it('unverified no more after the first success', () => {
    assert.deepEqual(judge(old({ state: 'unverified' }), { at, signIn: 'accepted', found }), {
      state: 'verified',
      recorded: { at, ...found },
    })
  })

  it('as declared, until it is reconfigured', () => {
    assert.equal(checked({ signIn: 'accepted', found }, old(stale)), 'declared')
  })

  it('no longer stale when what made it so is undone', () => {
    const moved: Verification = { state: 'stale', recorded, reason: 'addressMoved', detail: '', since: at }
    assert.equal(checked({ signIn: 'accepted', found }, old(moved)), 'verified')
    assert.equal(checked({ cause: 'ETIMEDOUT' }, old(moved)), 'addressMoved', 'but not by silence')
  })

  it('with what was recorded kept through every failure', () => {
    for (const seen of [{ signIn: 'refused', user: 'admin' }, { cause: 'ENOTFOUND' }] as const) {
      const result = judge(old(), { at, ...seen })
      assert.deepEqual('recorded' in result && result.recorded, recorded)
    }
  })
})

describe('one refused sign-in', () => {
  const refused = refusedSignIn(verified, 'ann', at)
  const given = Date.parse('2026-05-01')

  it('stops all that nobody asked for, of that user only', () => {
    assert.equal(code(maySignInByItself(old(refused), 'ANN', given)), 'signIn.stopped')
    assert.equal(maySignInByItself(old(refused), 'bob', given), undefined)
    assert.equal(maySignInByItself(old(), 'ann', given), undefined)
  })

  it('of another user is kept beside it', () => {
    const later = '2026-07-01T00:00:00.000Z'
    const both = refusedSignIn(refused, 'bob', later)
    assert.deepEqual('refused' in both && both.refused, [
      { user: 'ann', at },
      { user: 'bob', at: later },
    ])
    assert.deepEqual(secretGiven(both, 'ann'), { state: 'credentialsNeeded', recorded, refused: [{ user: 'bob', at: later }] })
    assert.deepEqual(secretGiven(both), verified)
  })

  it('is cured by a new secret, also where another user’s was refused after it was given', () => {
    const both = refusedSignIn(refused, 'bob', '2026-07-01T00:00:00.000Z')
    const between = Date.parse('2026-06-15')
    assert.equal(maySignInByItself(old(both), 'ann', between), undefined)
    assert.equal(code(maySignInByItself(old(both), 'bob', between)), 'signIn.stopped')
    assert.deepEqual(secretGiven(refused, 'Ann'), verified)
    assert.deepEqual(secretGiven(refusedSignIn({ state: 'unverified' }, 'ann', at), 'ann'), { state: 'unverified' })
  })

  it('is not forgotten because another user gets in, or because the server is away', () => {
    assert.equal(checked({ signIn: 'accepted', user: 'bob', found }, old(refused, imap())), 'credentialsNeeded')
    assert.equal(checked({ cause: 'ENOTFOUND' }, old(refused, imap())), 'credentialsNeeded')
    assert.equal(checked({ signIn: 'accepted', user: 'ann', found }, old(refused, imap())), 'verified')
  })

  it('leaves a stale connection stale, with no more sign-ins once one was refused', () => {
    const declared = refusedSignIn(stale, 'admin', at)
    assert.deepEqual(declared, { ...stale, refused: [{ user: 'admin', at }] })
    assert.equal(code(maySignInByItself(old(declared), 'admin', given)), 'signIn.stopped')
    assert.deepEqual(secretGiven(declared, 'admin'), stale)
    const gone: Verification = { state: 'stale', recorded, reason: 'signInRefusedDomainGone', detail: '', since: at }
    assert.equal(code(maySignInByItself(old(gone), 'admin', given)), 'signIn.stopped')
  })
})

describe('a stale connection', () => {
  const operations = ['refreshAddresses', 'start', 'restart', 'delta', 'reset'] as const

  for (const operation of operations) {
    it(`forbids ${operation} on its jobs, on whichever side it is`, () => {
      for (const [source, target] of [
        [stale, verified],
        [verified, stale],
      ] as const) {
        const connections = [
          connection('Old', exchange(), { verification: source }),
          connection('New', office365(), { verification: target }),
        ]
        const refusal = mayOperate(operation, job('Move'), connections)
        assert.equal(refusal?.code, 'stale')
        assert.match(JSON.stringify(refusal?.params), source === stale ? /"Old"/ : /"New"/)
      }
    })
  }

  it('forbids nothing on other jobs, and no other state forbids anything', () => {
    const connections = [connection('Old', exchange(), { verification: stale })]
    assert.equal(mayOperate('start', job('Other', 'A', 'B'), connections), undefined)
    const refused = refusedSignIn(verified, 'admin', at)
    assert.equal(mayOperate('start', job('Move'), [connection('Old', exchange(), { verification: refused })]), undefined)
  })
})
