import assert from 'node:assert/strict'
import { freePort } from '../../support/freePort.ts'
import { exchangeLike, startHostileImap } from '../../support/hostileImap.ts'
import { enter, imapLines, listen, password, problemOf, refusal } from './support.ts'

const ann = password('ann', 'secret')
const impatient = { connect: 300, greeting: 300, silence: 300 }

describe('a server that can’t be reached', () => {
  it('has no address', async () => {
    assert.deepEqual(await refusal({ host: 'mail.invalid', port: 993, tls: 'implicit' }, ann), {
      code: 'host.notFound',
      params: { host: 'mail.invalid' },
    })
  })

  it('refuses the connection', async () => {
    const port = await freePort()
    assert.deepEqual(await refusal({ host: '127.0.0.1', port, tls: 'implicit' }, ann), {
      code: 'host.refused',
      params: { host: '127.0.0.1', port },
    })
  })
})

describe('a server that doesn’t answer', () => {
  it('is given up after a while, in the middle of TLS too', async () => {
    await using listener = await listen(() => {}, 'implicit')
    const { host, port } = listener.server
    assert.deepEqual(await refusal(listener.server, ann, impatient), { code: 'host.timeout', params: { host, port, ms: 300 } })
  })
})

describe('what is no IMAP server', () => {
  for (const [what, greeting] of Object.entries({
    ssh: 'SSH-2.0-OpenSSH_9.2',
    smtp: '220 mail ESMTP',
    pop3: '+OK ready',
    ftp: '220-Welcome',
  })) {
    it(`is told by its greeting (${what})`, async () => {
      await using listener = await listen(socket => socket.write(`${greeting}\r\n`))
      const { code, params } = await refusal(listener.server, ann)
      assert.equal(code, 'host.notImap')
      assert('detail' in params)
      assert.equal(params.detail, `it greets with "${greeting}"`)
      assert.equal(listener.received(), '', 'nothing was sent to it')
    })
  }

  it('says nothing, as HTTP and a port for TLS do', async () => {
    await using listener = await listen(() => {})
    const { code, params } = await refusal(listener.server, ann, { ...impatient, silence: 2000 })
    assert.equal(code, 'host.notImap')
    assert('detail' in params)
    assert.match(params.detail, /says nothing for 0.3 s; is this the port for implicit TLS\?/)
  })

  it('ends the connection', async () => {
    await using listener = await listen(socket => socket.end())
    assert.equal((await refusal(listener.server, ann)).code, 'host.notImap')
  })

  it('doesn’t speak TLS on that port', async () => {
    await using listener = await listen(socket => socket.write('* OK IMAP4rev1 ready\r\n'), 'implicit')
    const { code, params } = await refusal(listener.server, ann)
    assert.equal(code, 'tls.handshake')
    assert('reason' in params)
    assert.match(params.reason, /no TLS is spoken on this port; is it the port for STARTTLS/)
  })
})

describe('STARTTLS', () => {
  const capable = (command: string) => (command === 'CAPABILITY' ? '* CAPABILITY IMAP4rev1 STARTTLS\r\n% OK\r\n' : '% BAD no\r\n')

  it('is never done without where it is missing', async () => {
    await using listener = await listen(
      imapLines('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready', () => '% OK\r\n'),
      'starttls',
    )
    assert.equal((await refusal(listener.server, ann)).code, 'tls.starttlsMissing')
    assert.doesNotMatch(listener.received(), /LOGIN|AUTHENTICATE|ID/)
  })

  it('is never done without where it is refused', async () => {
    await using listener = await listen(imapLines('* OK ready', capable), 'starttls')
    assert.equal((await refusal(listener.server, ann)).code, 'tls.handshake')
    assert.doesNotMatch(listener.received(), /LOGIN|AUTHENTICATE/)
  })

  it('isn’t skipped by a server that takes us as signed in', async () => {
    await using listener = await listen(imapLines('* PREAUTH welcome', capable), 'starttls')
    const { code, params } = await refusal(listener.server, ann)
    assert.equal(code, 'host.notImap')
    assert('detail' in params)
    assert.match(params.detail, /PREAUTH/)
  })

  it('is given up when something was slipped in before it', async () => {
    await using listener = await listen(
      imapLines('* OK ready', command => (command === 'STARTTLS' ? '% OK\r\n* CAPABILITY AUTH=PLAIN\r\n' : capable(command))),
      'starttls',
    )
    const { code, params } = await refusal(listener.server, ann)
    assert.equal(code, 'tls.handshake')
    assert('reason' in params)
    assert.match(params.reason, /tampering/)
  })
})

describe('the way to sign in', () => {
  const offering = (capabilities: string) => listen(imapLines(`* OK [CAPABILITY IMAP4rev1 ${capabilities}] ready`, () => '% NO never\r\n'))
  const sent = async (capabilities: string, credentials: Parameters<typeof enter>[1]) => {
    await using listener = await offering(capabilities)
    const result = await problemOf(enter(listener.server, credentials))
    return { ...result, received: listener.received() }
  }

  it('is LOGIN where nothing else is offered', async () => {
    assert.match((await sent('', ann)).received, /^\w+ LOGIN "ann" "secret"\r\n$/)
  })

  it('is LOGIN for an Exchange admin acting for somebody', async () => {
    assert.match((await sent('AUTH=PLAIN', password('corp\\admin\\ann', 'secret'))).received, /LOGIN "corp\\\\admin\\\\ann" "secret"/)
  })

  it('is nothing where the server wants none', async () => {
    const { code, params, received } = await sent('LOGINDISABLED STARTTLS', ann)
    assert.deepEqual(
      [code, params, received],
      ['signIn.methodMissing', { host: '127.0.0.1', method: 'PLAIN or LOGIN', offered: 'nothing without TLS' }, ''],
    )
  })

  it('never loses the mailbox an admin acts for', async () => {
    const admin = { method: 'admin', admin: 'root', mailbox: 'ann', password: 'x', actAs: { by: 'authzid' } } as const
    const { code, params, received } = await sent('AUTH=LOGIN AUTH=CRAM-MD5', admin)
    assert.deepEqual(
      [code, params],
      ['signIn.methodMissing', { host: '127.0.0.1', method: 'PLAIN with an authorization id', offered: 'LOGIN, CRAM-MD5' }],
    )
    assert.equal(received, '')
  })

  it('is the token’s mechanism and no other', async () => {
    const { code, received } = await sent('AUTH=PLAIN AUTH=OAUTHBEARER', { method: 'token', user: 'ann', token: 't', mechanism: 'XOAUTH2' })
    assert.deepEqual([code, received], ['signIn.methodMissing', ''])
  })
})

describe('a refused sign-in', () => {
  const answers: Record<string, string> = {
    'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)': 'signIn.refused',
    'NO LOGIN failed.': 'signIn.refused',
    'NO [EXPIRED] That password isn’t valid any more': 'signIn.expired',
    'NO Your password has expired': 'signIn.expired',
    'NO [CONTACTADMIN] Account is disabled': 'signIn.locked',
    'NO [ALERT] Account is locked: too many failed login attempts': 'signIn.locked',
    'NO [AUTHORIZATIONFAILED] No such authorization-ID': 'permission.actAs',
    'NO [UNAVAILABLE] Temporary authentication failure': 'server.busy',
    'NO [INUSE] Somebody else is at it': 'server.busy',
    'NO [LIMIT] Too many sessions': 'server.tooManyConnections',
    'NO [ALERT] Too many simultaneous connections. (Failure)': 'server.tooManyConnections',
    'NO [ALERT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)': 'server.tooManyConnections',
    'NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)': 'server.busy',
    'BAD User is authenticated but not connected.': 'server.busy',
    'NO Server Unavailable. 15': 'server.busy',
  }
  for (const [answer, code] of Object.entries(answers)) {
    it(`says ${code} for "${answer}"`, async () => {
      await using hostile = await startHostileImap({
        users: {},
        personality: exchangeLike,
        rules: [{ on: /^AUTHENTICATE/, trouble: { kind: 'answer', text: answer } }],
      })
      const error = await refusal({ host: hostile.host, port: hostile.port, tls: 'none', allowPlaintext: true }, ann)
      assert.equal(error.code, code)
      assert.equal(hostile.commands.filter(command => /^(AUTHENTICATE|LOGIN)/.test(command)).length, 1, 'one attempt')
    })
  }

  it('never repeats the password, should the server do so', async () => {
    await using listener = await listen(
      imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => `% NO wrong: ann/secret ${Buffer.from('secret').toString('base64')}\r\n`),
    )
    assert.deepEqual((await refusal(listener.server, ann)).params, { host: '127.0.0.1', user: 'ann', response: 'wrong: ann/*** ***' })
  })

  it('is one, too, when the server hangs up because of it', async () => {
    await using listener = await listen(imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => '* BYE Invalid login or password\r\n'))
    assert.equal((await refusal(listener.server, ann)).code, 'signIn.refused')
  })

  it('is no refusal when the server hangs up', async () => {
    await using listener = await listen(imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => '* BYE shutting down\r\n'))
    assert.equal((await refusal(listener.server, ann)).code, 'server.bye')
    await using curt = await listen(imapLines('* BYE Too many connections from your address', () => ''))
    assert.equal((await refusal(curt.server, ann)).code, 'server.tooManyConnections')
  })

  it('is no refusal when the connection breaks or nothing comes', async () => {
    await using listener = await listen(socket => {
      imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => '')(socket)
      socket.once('data', () => socket.destroy())
    })
    assert.equal((await refusal(listener.server, ann)).code, 'server.dropped')
    await using mute = await listen(imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => ''))
    assert.deepEqual(await refusal(mute.server, ann, impatient), { code: 'server.stalled', params: { host: '127.0.0.1', ms: 300 } })
  })

  it('carries Exchange’s wish for patience', async () => {
    await using listener = await listen(
      imapLines('* OK [CAPABILITY IMAP4rev1] hi', () => '% BAD Request is throttled. Suggested Backoff Time: 50 milliseconds\r\n'),
    )
    const { code, params } = await refusal(listener.server, ann)
    assert.equal(code, 'server.busy')
    assert('retryAfterMs' in params)
    assert.equal(params.retryAfterMs, 50)
  })
})

describe('a connection that is lost after the sign-in', () => {
  it('ends the command in hand and nothing else', async () => {
    await using hostile = await startHostileImap({ users: { ann: 'secret' } })
    const client = await enter({ host: hostile.host, port: hostile.port, tls: 'none', allowPlaintext: true }, ann)
    hostile.add({ on: /^NOOP/, trouble: { kind: 'cut' } })
    await client.noop().catch(() => {})
    assert.equal(client.usable, false)
  })
})
