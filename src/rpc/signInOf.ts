import type { Office365Settings, Role } from '../domain/connection.ts'

/** The parameters of `office365.signIn` for a connection's own administrator. */
export const signInOf = (role: Role, { cloud, at, trust, signIn }: Office365Settings) => ({
  role,
  ...(signIn.clientId === undefined ? {} : { clientId: signIn.clientId }),
  ...(cloud === undefined ? {} : { cloud }),
  ...(at === undefined ? {} : { at: { ...at } }),
  ...(trust?.caFile === undefined ? {} : { trust: { caFile: trust.caFile } }),
})
