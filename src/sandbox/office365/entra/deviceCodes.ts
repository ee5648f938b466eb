import { randomBytes } from 'node:crypto'
import { AadstsError } from './aadsts.ts'
import { newUserCode } from './tokens.ts'

/** A device code that was given out (RFC 8628). */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  readonly clientId: string
  readonly scope: string
  /** Milliseconds since the epoch. */
  readonly expires: number
  /** Object id of who approved it. */
  userId: string | undefined
  isDeclined: boolean
}

export interface DeviceCodes {
  begin(clientId: string, scope: string): DeviceCode
  byUserCode(userCode: string): DeviceCode | undefined
  /** The code once a person has approved it; throws what a client that polls is told until then. */
  take(deviceCode: string, clientId: string): DeviceCode & { readonly userId: string }
}

/** Milliseconds. */
const lifetime = 15 * 60_000

export function createDeviceCodes(now: () => number): DeviceCodes {
  const codes = new Map<string, DeviceCode>()
  return {
    begin(clientId, scope) {
      const code: DeviceCode = {
        deviceCode: randomBytes(48).toString('base64url'),
        userCode: newUserCode(),
        clientId,
        scope,
        expires: now() + lifetime,
        userId: undefined,
        isDeclined: false,
      }
      codes.set(code.deviceCode, code)
      return code
    },
    byUserCode: userCode => [...codes.values()].find(code => code.userCode === userCode.toUpperCase() && code.expires > now()),
    take(deviceCode, clientId) {
      const code = codes.get(deviceCode)
      if (code?.clientId !== clientId) throw new AadstsError(70018, 'bad_verification_code', 'Bad verification code.')
      if (code.expires <= now())
        throw new AadstsError(70020, 'expired_token', 'The provided value for the input parameter device_code is expired.')
      if (code.isDeclined) throw new AadstsError(70000, 'authorization_declined', 'The user denied the request.')
      const { userId } = code
      if (userId === undefined)
        throw new AadstsError(70016, 'authorization_pending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.')
      codes.delete(deviceCode)
      return { ...code, userId }
    },
  }
}
