import { resolveSrv } from 'node:dns/promises'

/** Where a name leads. Passed in, so that a test can have a whole company on loopback ports. */
export interface Resolver {
  /** What TCP connects to; DNS is asked by the connection itself where the answer is a name. */
  address(host: string, port: number): { readonly host: string; readonly port: number }
  /** SRV records (RFC 2782); empty where there are none. */
  srv(name: string): Promise<readonly SrvRecord[]>
}

export interface SrvRecord {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

export const systemResolver: Resolver = {
  address: (host, port) => ({ host, port }),
  // Nothing that goes wrong here says more than that there is no such record: NXDOMAIN, SERVFAIL, a resolver that refuses the type.
  srv: name => resolveSrv(name).catch(() => []),
}
