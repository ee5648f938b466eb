import { domainOf } from '../../../domain/addresses.ts'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import { type Flavour, urlAt } from '../autodiscover/candidates.ts'
import { parsePox, poxRequest } from '../autodiscover/pox.ts'
import { parseSoap, soapRequest } from '../autodiscover/soap.ts'
import type { AutodiscoverAnswer, UserSettings } from '../autodiscover/userSettings.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'

/** What the Autodiscover service beside EWS knows of an organisation's mailboxes. */
export interface Directory extends AsyncDisposable {
  /** What it says of an address, redirects included; none of them is followed. Throws what a transport throws. */
  ask(address: string, signal: AbortSignal): Promise<AutodiscoverAnswer>
  /** Nothing where the server has no mailbox of that address, or sends elsewhere for it. Throws what a transport throws, and `autodiscover.failed`. */
  settings(address: string, signal: AbortSignal): Promise<UserSettings | undefined>
}

/** Asks one host over connections that stay open and signed in; redirects lead nowhere but to another address of the same host. */
export function openDirectory(host: string, connect: (url: string) => EwsTransport): Directory {
  const transports = new Map<Flavour, EwsTransport>()
  let flavour: Flavour = 'soap'

  const post = async (address: string, signal: AbortSignal): Promise<AutodiscoverAnswer> => {
    const url = urlAt(host, flavour)
    const transport = transports.get(flavour) ?? connect(url)
    transports.set(flavour, transport)
    const request = flavour === 'soap' ? soapRequest(address, url) : poxRequest(address)
    const { body } = await transport.post([request], { signal })
    const chunks: Buffer[] = []
    for await (const chunk of body) chunks.push(chunk)
    const answer = (flavour === 'soap' ? parseSoap : parsePox)(Buffer.concat(chunks))
    return answer ?? { kind: 'failed', reason: 'answers with something else' }
  }

  const ask = async (address: string, signal: AbortSignal): Promise<AutodiscoverAnswer> => {
    const answer = await post(address, signal).catch((error: unknown) => {
      if (flavour === 'soap' && isError(error, 'host.notExchange', 'server.protocol')) return undefined
      throw error
    })
    if (flavour === 'pox' && answer) return answer
    if (answer && answer.kind !== 'failed') return answer
    flavour = 'pox'
    return post(address, signal)
  }

  return {
    ask,
    async settings(address, signal) {
      let answer = await ask(address, signal)
      if (answer.kind === 'redirectAddress') answer = await ask(answer.address, signal)
      if (answer.kind === 'settings') return answer.settings
      if (answer.kind !== 'failed') return undefined
      throw new MailferryError('autodiscover.failed', { domain: domainOf(address) ?? host, tried: [`${host}: ${answer.reason}`] })
    },
    async [Symbol.asyncDispose]() {
      for (const transport of transports.values()) await transport[Symbol.asyncDispose]()
    },
  }
}

/** A mailbox as settings describe it. Before Exchange 2013 there is no id. */
export const mailboxOf = (asked: string, { address, mailboxGuid, legacyExchangeDN, displayName }: UserSettings): Mailbox => ({
  address: address ?? asked,
  ...(mailboxGuid !== undefined && { id: mailboxGuid }),
  ...(legacyExchangeDN !== undefined && { legacyExchangeDN }),
  ...(displayName !== undefined && { displayName }),
})
