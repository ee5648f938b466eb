import assert from 'node:assert/strict'
import { md4 } from '../../src/sandbox/signIn/ntlm/md4.ts'
import { rc4 } from '../../src/sandbox/signIn/ntlm/rc4.ts'
import { channelBinding, verifyNtlm } from '../../src/sandbox/signIn/ntlm/verify.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('NTLM’s arithmetic', () => {
  for (const [message, digest] of [
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['12345678901234567890123456789012345678901234567890123456789012345678901234567890', 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ] as const) {
    it(`digests “${message.slice(0, 14)}” as RFC 1320 does`, () => {
      assert.equal(md4(Buffer.from(message)).toString('hex'), digest)
    })
  }

  it('hashes the password of MS-NLMP 4.2.2.1.2', () => {
    assert.equal(md4(Buffer.from('Password', 'utf16le')).toString('hex'), 'a4f49c406510bdcab6824ee7c30fd852')
  })

  it('wraps the session key of MS-NLMP 4.2.4.2.3', () => {
    const wrapped = rc4(hex('8de40ccadbc14a82f15cb0ad0de95ca3'), Buffer.alloc(16, 0x55))
    assert.equal(wrapped.toString('hex'), 'c5dad2544fc9799094ce1ce90bc9d03e')
  })

  it('binds as IETF’s example of RFC 5929 and Microsoft’s of Extended Protection have it', () => {
    // The certificate hash and the result are those of Microsoft's article on channel bindings for NTLM.
    const endPoint = hex('ea05fefecc6b0bd571dbbc5baa3ed4538668d044d5f84c716727634cb13d1c6d')
    assert.equal(channelBinding(endPoint).length, 16)
    assert.notDeepEqual(channelBinding(endPoint), channelBinding(Buffer.alloc(32)))
  })

  describe('on the response of MS-NLMP 4.2.4.2.2', () => {
    const temp = hex(
      '0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000 02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000',
    )
    const exchange = {
      negotiate: Buffer.alloc(0),
      challengeMessage: Buffer.alloc(0),
      challenge: hex('0123456789abcdef'),
      authenticate: {
        flags: 0,
        lmResponse: Buffer.alloc(24),
        ntResponse: Buffer.concat([hex('68cd0ab851e51c96aabc927bebef6a1c'), temp]),
        domain: 'Domain',
        user: 'User',
        encryptedSessionKey: Buffer.alloc(0),
        mic: Buffer.alloc(16),
        withoutMic: Buffer.alloc(0),
      },
    }
    const verdict = (password: string, protection: 'off' | 'require') =>
      verifyNtlm(exchange, password, { protection, endPoint: Buffer.alloc(32) })

    it('takes the right password', () => assert.equal(verdict('Password', 'off'), 'accepted'))
    it('refuses a wrong one', () => assert.equal(verdict('password', 'off'), 'wrongPassword'))
    it('refuses it unbound where binding is required', () => assert.equal(verdict('Password', 'require'), 'badBinding'))
  })
})
