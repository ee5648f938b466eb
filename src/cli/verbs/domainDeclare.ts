import { exitCodes } from '../../domain/exitCodes.ts'
import type { DeclareResult } from '../../rpc/results.ts'
import { verb } from '../verb.ts'

export const domainDeclare = verb({
  words: 'domain declare',
  positionals: ['DOMAIN'],
  summary: 'Say that a domain moves: the connections it concerns, on both sides, become stale.',
  details: `Until each is reconfigured, its jobs aren't started, reset or refreshed. What runs already goes on while it works.
Connections that no domain change can touch are left alone: IMAP, and Office 365 by an application or an onmicrosoft.com admin.`,
  options: { undo: { type: 'boolean', help: 'Take it back: the domain doesn’t move after all.' } },
  async run({ out, client }, { positionals: [domain = ''], values }) {
    const { connections, others } = await client.call('domain.declare', { domain, ...(values.undo ? { undo: true } : {}) })
    const lines = connections.map(one => line(one, values.undo === true))
    const none = `No connection depends on ${domain}.`
    const next = connections
      .filter(({ verification }) => verification.state === 'stale')
      .map(one => `  mailferry connection reconfigure "${one.connection}"`)
    out.say({ event: 'domain', domain, undone: values.undo === true, connections, others }, [
      ...(connections.length === 0 ? [none] : lines),
      ...(next.length === 0 ? [] : ['Next, once the domain has moved:', ...next]),
      ...others.map(({ connection, role, reason }) => `${connection} (${role}): not concerned. ${reason}`),
    ])
    return exitCodes.ok
  },
})

const parts = { admin: 'its admin account', autodiscover: 'its Autodiscover', host: 'its server’s name' } as const

function line({ connection, role, because, marked, verification }: DeclareResult['connections'][number], undone: boolean): string {
  const why = because.map(part => parts[part]).join(' and ')
  const now = marked
    ? undone
      ? 'not stale any more'
      : 'stale from now on'
    : verification.state === 'unverified'
      ? 'was never verified'
      : `${verification.state} as before`
  return `${connection} (${role}): ${now}; ${why} ${because.length === 1 ? 'depends' : 'depend'} on the domain`
}
