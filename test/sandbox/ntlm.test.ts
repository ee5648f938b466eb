import assert from 'node:assert/strict'
import { md4 } from '../../src/sandbox/signIn/ntlm/md4.ts'
import { readAuthenticate } from '../../src/sandbox/signIn/ntlm/messages.ts'
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

  it('finds the MIC right that Chromium’s tests have for the messages of MS-NLMP 4.2.4, and wrong on any other', () => {
    const authenticate = readAuthenticate(
      hex(
        '4e544c4d535350000300000018001800580000008a008a00700000000c000c00fa0000000800080006010000100010000e0100000000000058000000038208000000000000000000f7361633f0ad9bdf4a7c421bc6b824a30000000000000000000000000000000000000000000000008c0260dbef690662af9c42d50782d2ed0101000000000000800bc8fd00d4d201aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c0053006500720076006500720006000400020000000a0010006586e99d81c2fc984e47172fd4dd03100900160048005400540050002f00530065007200760065007200000000000000000044006f006d00610069006e00550073006500720043004f004d0050005500540045005200',
      ),
    )
    assert.ok(authenticate)
    const exchange = {
      negotiate: hex('4e544c4d53535000010000000782080000000000200000000000000020000000'),
      challengeMessage: hex(
        '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
      ),
      challenge: hex('0123456789abcdef'),
      authenticate,
    }
    const binding = { protection: 'off', endPoint: Buffer.alloc(32) } as const
    assert.equal(verifyNtlm(exchange, 'Password', binding), 'accepted')
    assert.equal(verifyNtlm({ ...exchange, negotiate: Buffer.from('another') }, 'Password', binding), 'badMic')
  })

  it('makes of a certificate’s hash what other implementations make', () => {
    const hash = hex('e3ca49271e5089cc48ce82109f1324f41dbeddc29a777410c738f7868c4ff405')
    assert.equal(channelBinding(hash).toString('hex'), '6ea19df066da4622051f9c4f92c6df74')
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
