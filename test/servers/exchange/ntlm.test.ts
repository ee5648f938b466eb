import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { authenticateMessage } from '../../../src/servers/exchange/ntlm/authenticateMessage.ts'
import { type AvPair, avValue, formatAvPairs, parseAvPairs } from '../../../src/servers/exchange/ntlm/avPairs.ts'
import { parseChallenge } from '../../../src/servers/exchange/ntlm/challengeMessage.ts'
import { bindingsOf, channelBindings } from '../../../src/servers/exchange/ntlm/channelBinding.ts'
import { md4 } from '../../../src/servers/exchange/ntlm/md4.ts'
import { negotiateMessage } from '../../../src/servers/exchange/ntlm/negotiateMessage.ts'
import { hmacMd5, ntowfV2, responseV2 } from '../../../src/servers/exchange/ntlm/ntlmV2.ts'
import { signatureHash } from '../../../src/servers/exchange/ntlm/signatureHash.ts'
import { certificateFor } from './support.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

describe('MD4', () => {
  it('gives the digests of RFC 1320’s test suite', () => {
    const suite = {
      '': '31d6cfe0d16ae931b73c59d7e0c089c0',
      a: 'bde52cb31de33e46245e05fbdbd6fb24',
      abc: 'a448017aaf21d8525fc10ae87aa6729d',
      'message digest': 'd9130a8164549fe818874806e1c7014b',
      abcdefghijklmnopqrstuvwxyz: 'd79e1c308aa5bbcdeea8ed63df412da9',
      ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: '043f8582f241db351ce627e153e7f0e4',
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890': 'e33b4ddc9c38f2199c3e7b164fcc0536',
    }
    for (const [message, digest] of Object.entries(suite)) assert.equal(md4(Buffer.from(message)).toString('hex'), digest, message)
  })
})

// MS-NLMP 4.2.1 and 4.2.4: the common values, and what NTLMv2 makes of them.
const account = { user: 'User', domain: 'Domain', password: 'Password' }
const nonces = { serverChallenge: hex('0123456789abcdef'), clientChallenge: hex('aaaaaaaaaaaaaaaa'), time: Buffer.alloc(8) }
const serverPairs: AvPair[] = [
  { id: 2, value: utf16('Domain') },
  { id: 1, value: utf16('Server') },
]

describe('NTLMv2', () => {
  it('agrees with the published examples of MS-NLMP', () => {
    assert.equal(ntowfV2(account).toString('hex'), '0c868a403bfd7a93a3001ef22ef02e3f')
    const { nt, lm, sessionBaseKey } = responseV2(account, nonces, formatAvPairs(serverPairs))
    assert.equal(nt.subarray(0, 16).toString('hex'), '68cd0ab851e51c96aabc927bebef6a1c')
    assert.equal(lm.toString('hex'), '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa')
    assert.equal(sessionBaseKey.toString('hex'), '8de40ccadbc14a82f15cb0ad0de95ca3')
  })
})

/** A CHALLENGE_MESSAGE as MS-NLMP 2.2.1.2 lays it out. */
function challengeOf(pairs: readonly AvPair[], flags = 0xa289_8205, target = 'CORP'): Buffer {
  const [name, info] = [utf16(target), formatAvPairs(pairs)]
  const head = Buffer.alloc(56)
  head.write('NTLMSSP\0', 'latin1')
  head.writeUInt32LE(2, 8)
  head.writeUInt16LE(name.length, 12)
  head.writeUInt32LE(56, 16)
  head.writeUInt32LE(flags >>> 0, 20)
  nonces.serverChallenge.copy(head, 24)
  head.writeUInt16LE(info.length, 40)
  head.writeUInt32LE(56 + name.length, 44)
  return Buffer.concat([head, name, info])
}

const time = hex('0090d336b734c301')

function authenticate(user: string, pairs: readonly AvPair[], flags?: number) {
  const challenge = parseChallenge(challengeOf(pairs, flags))
  assert.ok(challenge)
  const negotiate = negotiateMessage()
  const message = authenticateMessage({
    user,
    password: 'Password',
    negotiate,
    challenge,
    channelBindings: hex('6ea19df066da4622051f9c4f92c6df74'),
    servicePrincipal: 'HTTP/mail.corp.example',
  })
  const field = (at: number) => message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at))
  const nt = field(20)
  return {
    message,
    negotiate,
    challenge,
    lm: field(12),
    nt,
    domain: field(28).toString('utf16le'),
    user: field(36).toString('utf16le'),
    info: parseAvPairs(nt.subarray(44)) ?? [],
  }
}

describe('the AUTHENTICATE message', () => {
  const withTime = [...serverPairs, { id: 7, value: time }]

  it('carries the channel bindings, the target’s name and the server’s own pairs', () => {
    const { info } = authenticate('CORP\\ann', withTime)
    assert.equal(avValue(info, 10)?.toString('hex'), '6ea19df066da4622051f9c4f92c6df74')
    assert.equal(avValue(info, 9)?.toString('utf16le'), 'HTTP/mail.corp.example')
    assert.equal(avValue(info, 1)?.toString('utf16le'), 'Server')
  })

  it('is sealed by a MIC over all three messages where the server told its time, without an LMv2 response', () => {
    const { message, negotiate, challenge, lm, nt, info } = authenticate('CORP\\ann', withTime)
    assert.equal(avValue(info, 6)?.readUInt32LE(), 2)
    assert.equal(nt.subarray(24, 32).toString('hex'), time.toString('hex'))
    assert.deepEqual(lm, Buffer.alloc(24))
    const key = hmacMd5(ntowfV2({ user: 'ann', domain: 'CORP', password: 'Password' }), nt.subarray(0, 16))
    const blank = Buffer.from(message).fill(0, 72, 88)
    assert.deepEqual(message.subarray(72, 88), hmacMd5(key, negotiate, challenge.raw, blank))
  })

  it('has an LMv2 response and no MIC for servers that tell no time', () => {
    const { message, lm, info } = authenticate('CORP\\ann', serverPairs)
    assert.deepEqual(message.subarray(72, 88), Buffer.alloc(16))
    assert.notDeepEqual(lm, Buffer.alloc(24))
    assert.equal(avValue(info, 6), undefined)
  })

  it('knows the three ways to write a user', () => {
    const named = (user: string, flags?: number) => {
      const made = authenticate(user, withTime, flags)
      return [made.domain, made.user]
    }
    assert.deepEqual(named('OTHER\\ann'), ['OTHER', 'ann'])
    assert.deepEqual(named('ann@corp.example'), ['', 'ann@corp.example'])
    assert.deepEqual(named('ann'), ['CORP', 'ann'], 'the challenge’s target is a domain')
    assert.deepEqual(named('ann', 0xa28a_8205), ['Domain', 'ann'], 'its target is a server, which tells its domain')
  })
})

describe('a damaged challenge', () => {
  it('is none', () => {
    const sound = challengeOf(serverPairs)
    assert.ok(parseChallenge(sound))
    for (const damaged of [Buffer.alloc(0), sound.subarray(0, 40), sound.subarray(0, sound.length - 6), negotiateMessage()])
      assert.equal(parseChallenge(damaged), undefined)
  })
})

describe('channel bindings', () => {
  it('are the MD5 of the GSS structure, as other implementations have it', () => {
    const hash = hex('E3CA49271E5089CC48CE82109F1324F41DBEDDC29A777410C738F7868C4FF405')
    assert.equal(bindingsOf(hash).toString('hex'), '6ea19df066da4622051f9c4f92c6df74')
  })

  it('are taken with the hash of the certificate’s signature, SHA-256 at least', async () => {
    const { certFile } = await certificateFor('mail.corp.example')
    const { raw } = new X509Certificate(readFileSync(certFile))
    assert.equal(signatureHash(raw), 'sha256')
    assert.equal(channelBindings({ raw })?.length, 16)
  })

  /** A certificate of which only the signature's algorithm says something. */
  const signedWith = (algorithm: string) => {
    const content = Buffer.concat([hex('3003020101'), hex(algorithm), hex('030100')])
    return signatureHash(Buffer.concat([Buffer.from([0x30, content.length]), content]))
  }

  it('know the signatures of certificates', () => {
    assert.equal(signedWith('300d 06092a864886f70d010105 0500'), 'sha256', 'SHA-1 with RSA')
    assert.equal(signedWith('300d 06092a864886f70d01010c 0500'), 'sha384', 'SHA-384 with RSA')
    assert.equal(signedWith('300a 06082a8648ce3d040304'), 'sha512', 'ECDSA with SHA-512')
    assert.equal(signedWith('301e 06092a864886f70d01010a 3011 a00f 300d 0609608648016503040202 0500'), 'sha384', 'RSASSA-PSS with SHA-384')
    assert.equal(signedWith('3005 06032b6570'), undefined, 'Ed25519')
  })
})
