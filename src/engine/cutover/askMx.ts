import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { mxQuestion, mxTtl } from './dnsMessage.ts'

export interface DnsOptions {
  /** Name servers to begin with, `address` or `address:port`; the system's unless said. */
  readonly servers?: readonly string[]
  /** Of the domain's own name servers. */
  readonly port?: number
  readonly signal: AbortSignal
}

/** A name server that doesn't answer within it is passed over. */
const patience = 3000

/** How many of the domain's own name servers are asked. */
const mostServers = 3

/** Where a domain's mail goes, and how long others keep that in mind. Nothing where DNS doesn't answer; no records is an answer. */
export async function askMx(
  domain: string,
  { servers, port = 53, signal }: DnsOptions,
): Promise<{ readonly hosts: readonly string[]; readonly ttl?: number } | undefined> {
  const resolver = new Resolver({ timeout: patience, tries: 2 })
  if (servers !== undefined) resolver.setServers(servers)
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel)
  try {
    const records = await orNothing(resolver.resolveMx(domain), [])
    if (records === undefined) return undefined
    const hosts = records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange)
    const ttl = hosts.length === 0 ? undefined : await ownTtl(resolver, domain, port, signal)
    return { hosts, ...(ttl === undefined ? {} : { ttl }) }
  } finally {
    signal.removeEventListener('abort', cancel)
    signal.throwIfAborted()
  }
}

async function ownTtl(resolver: Resolver, domain: string, port: number, signal: AbortSignal): Promise<number | undefined> {
  for (const host of (await nameServers(resolver, domain)).slice(0, mostServers)) {
    const [address] = (await orNothing(resolver.resolve4(host), [])) ?? []
    const ttl = address === undefined ? undefined : await ask(address, port, domain, signal)
    if (ttl !== undefined) return ttl
  }
  return undefined
}

/** Those of the domain, or of the zone it lies in. */
async function nameServers(resolver: Resolver, domain: string): Promise<string[]> {
  for (let zone = domain; zone.includes('.'); zone = zone.slice(zone.indexOf('.') + 1)) {
    const found = (await orNothing(resolver.resolveNs(zone), [])) ?? []
    if (found.length > 0) return found
  }
  return []
}

function ask(address: string, port: number, domain: string, signal: AbortSignal): Promise<number | undefined> {
  const id = randomInt(0x10000)
  const socket = createSocket('udp4')
  return new Promise<number | undefined>(resolve => {
    const end = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    end.addEventListener('abort', () => resolve(undefined))
    socket.on('error', () => resolve(undefined))
    socket.on('message', answer => resolve(mxTtl(id, answer)))
    socket.connect(port, address, () => socket.send(mxQuestion(id, domain)))
  }).finally(() => socket.close())
}

/** `none` where DNS says that there are none, nothing where it doesn't answer. */
async function orNothing<Records>(answer: Promise<Records>, none: Records): Promise<Records | undefined> {
  try {
    return await answer
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENODATA' || code === 'ENOTFOUND' ? none : undefined
  }
}
