/** NEGOTIATE flags (MS-NLMP 2.2.2.5), as far as HTTP needs them: it neither signs nor seals with NTLM's session key. */
export const flag = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  targetIsDomain: 0x0001_0000,
  extendedSessionSecurity: 0x0008_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  key56: 0x8000_0000,
} as const

/** What we ask for. */
export const wanted =
  (flag.unicode |
    flag.requestTarget |
    flag.ntlm |
    flag.alwaysSign |
    flag.extendedSessionSecurity |
    flag.version |
    flag.key128 |
    flag.key56) >>>
  0

export const signature = Buffer.from('NTLMSSP\0', 'latin1')

/** MS-NLMP 2.2.2.10: debugging information; Windows 10, NTLM revision 15. */
export const version = Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15])
