import type { SandboxOrders } from './control.ts'
import type { DomainMoved } from './moveDomain.ts'
import type { Side } from './sides/side.ts'
import type { Sandbox } from './world.ts'

export const orderHelp = [
  'move [DOMAIN]   move the domain to the receiving organisation',
  'deliver [N]     let N new messages arrive for people of the domain (1 unless said)',
  'status          say who has the domain, and how many requests were answered',
  'quit            end the sandbox',
]

/** Understands what people type, or programs post, to a running sandbox. `quit` is for the caller. */
export function createOrders(sandbox: Sandbox<Side, Side>): SandboxOrders {
  return {
    async carryOut(order) {
      const [verb = '', argument] = order.trim().split(/\s+/)
      switch (verb) {
        case 'move': {
          if ((argument ?? sandbox.domain).toLowerCase() !== sandbox.domain) throw new Error(`only ${sandbox.domain} can move`)
          return moved(sandbox, sandbox.moveDomain())
        }
        case 'deliver': {
          const count = Number(argument ?? 1)
          if (!Number.isInteger(count) || count < 1 || count > 10_000) throw new Error('deliver needs a number from 1 to 10000')
          const addresses = sandbox.deliver(count)
          return `${count} new ${count === 1 ? 'message' : 'messages'} for ${[...new Set(addresses)].join(', ')}.`
        }
        case 'status':
          return status(sandbox)
        default:
          throw new Error(`“${verb}” is no order; there are move, deliver, status and quit`)
      }
    },
  }
}

/** An Office 365 tenant that is signed in to as an application needs nothing. */
function moved({ domain, leaving, receiving, discovery }: Sandbox<Side, Side>, { left, joined }: DomainMoved): string {
  const [from, to] = [leaving.admin.userPrincipalName, receiving.admin.userPrincipalName]
  const found = `--autodiscover ${leaving.ownDomain} --at ${new URL(discovery.url).host}`
  return [
    `${domain} has moved: ${left} people of ${leaving.organisation.name} are now @${leaving.ownDomain}, ${joined} of ${receiving.organisation.name} are @${domain}.`,
    `Administrators: ${from} and ${to}. What follows for the plan that was written:`,
    '  mailferry connection check --all',
    ...(leaving.kind === 'exchange' ? [`  mailferry connection reconfigure leaving ${found} --admin ${from}`] : []),
    ...(receiving.kind === 'exchange' ? [`  mailferry connection reconfigure receiving --admin ${to}`] : []),
    '  mailferry job refresh-addresses move',
    '  mailferry job delta move',
  ].join('\n')
}

function status(sandbox: Sandbox<Side, Side>): string {
  const owner = sandbox.domainOwner()
  const answered = [sandbox.leaving, sandbox.receiving].map(
    ({ organisation, answered: count }) => `${organisation.name} answered ${count()}`,
  )
  return `${owner.organisation.name} has ${sandbox.domain}; ${answered.join(' and ')} requests.`
}
