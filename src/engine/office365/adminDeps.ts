import type { Call, Params } from '../../rpc/protocol.ts'
import type { AdminDeps } from '../../servers/office365/registration/registerAsAdmin.ts'
import type { EngineContext } from '../context.ts'
import { defined } from '../plan/defined.ts'

/** What signing an administrator in is done with. */
export const adminDeps = (
  { version }: EngineContext,
  { role, cloud, at, trust }: Pick<Params<'office365.register'>, 'role' | 'cloud' | 'at' | 'trust'>,
  { signal }: Call,
): AdminDeps => ({
  place: { ...defined({ cloud, at }), ...(trust?.caFile === undefined ? {} : { trust: { caFile: trust.caFile } }) },
  connection: role,
  userAgent: `Mailferry/${version}`,
  signal,
})
