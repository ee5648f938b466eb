import { MailferryError } from '../../domain/errors.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { endpointsOf } from '../../servers/office365/clouds.ts'
import { graphCommandLineTools } from '../../servers/office365/registration/publicClient.ts'
import type { EngineContext } from '../context.ts'
import { adminDeps } from '../office365/adminDeps.ts'

/** Signs an administrator in by a code, and answers with the refresh token, which is kept nowhere here. Throws what `signInByDeviceCode` does. */
export const office365SignIn: Handler<'office365.signIn', EngineContext> = async (context, params, call) => {
  const { role, clientId = graphCommandLineTools, tenant } = params
  const { signInForMail } = await import('../../servers/office365/registration/registerAsAdmin.ts')
  const deps = adminDeps(context, params, call)
  const signedIn = await signInForMail(deps, role, {
    clientId,
    ...(tenant === undefined ? {} : { tenant }),
    show: prompt => call.emit({ event: 'deviceCode', ...prompt }),
  })
  const { user, refreshToken } = signedIn
  if (refreshToken === undefined)
    throw new MailferryError('server.protocol', {
      host: new URL(endpointsOf(deps.place).login).hostname,
      detail: 'it gave no refresh token',
    })
  return { user, tenant: signedIn.tenant, clientId, refreshToken }
}
