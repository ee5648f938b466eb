import type { Handler } from '../../rpc/protocol.ts'
import { endpointsOf } from '../../servers/office365/clouds.ts'
import { registrationScopes } from '../../servers/office365/registration/plan.ts'
import { graphCommandLineTools } from '../../servers/office365/registration/publicClient.ts'
import { registerScript } from '../../servers/office365/registration/registerScript.ts'
import { registerSteps } from '../../servers/office365/registration/registerSteps.ts'
import type { EngineContext } from '../context.ts'

/** How somebody else registers the application. Nothing is asked of anybody. */
export const office365RegisterScript: Handler<'office365.registerScript', EngineContext> = async (
  _context,
  { role, cloud = 'global', certificate, mailboxes },
) => {
  const wish = { role, cloud, ...(mailboxes === undefined ? {} : { mailboxes }) }
  const { graph } = endpointsOf({ cloud })
  return {
    script: registerScript(wish, certificate),
    steps: registerSteps(wish),
    scopes: registrationScopes.map(name => `${graph}/${name}`),
    clientId: graphCommandLineTools,
  }
}
