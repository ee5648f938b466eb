import { packError } from '../../rpc/packError.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { graphCommandLineTools } from '../../servers/office365/registration/publicClient.ts'
import type { AdminSignIn } from '../../servers/office365/registration/registerAsAdmin.ts'
import type { EngineContext } from '../context.ts'
import { adminDeps } from '../office365/adminDeps.ts'

/** Registers the application in a tenant as an administrator. A tenant that refuses is an answer; throws what `registerAsAdmin` does. */
export const office365Register: Handler<'office365.register', EngineContext> = async (context, params, call) => {
  const { role, certificate, fullFidelity } = params
  const { registerAsAdmin } = await import('../../servers/office365/registration/registerAsAdmin.ts')
  const done = await registerAsAdmin(adminDeps(context, params, call), signInOf(params.signIn, call.emit), {
    role,
    certificate,
    fullFidelity,
  })
  return done.registered ? done : { ...done, why: packError(done.why) }
}

type Asked = Parameters<typeof office365Register>[1]['signIn']

function signInOf(asked: Asked, emit: Parameters<typeof office365Register>[2]['emit']): AdminSignIn {
  if ('token' in asked) return asked
  const { clientId = graphCommandLineTools, tenant } = asked
  return { clientId, ...(tenant === undefined ? {} : { tenant }), show: prompt => emit({ event: 'deviceCode', ...prompt }) }
}
