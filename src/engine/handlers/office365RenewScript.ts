import type { Handler } from '../../rpc/protocol.ts'
import { renewScript } from '../../servers/office365/registration/renewScript.ts'
import type { EngineContext } from '../context.ts'

/** How somebody gives an application another certificate. Nothing is asked of anybody. */
export const office365RenewScript: Handler<'office365.renewScript', EngineContext> = async (
  _context,
  { cloud = 'global', ...renewal },
) => ({
  script: renewScript({ cloud, ...renewal }),
})
