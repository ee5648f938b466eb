// Two Exchange organisations in a process of their own, so that what they use is not counted as a copier's; told what to be by the first message.
import { giveMailbox } from '../../../src/sandbox/exchange/organisation.ts'
import { type SandboxSide, startSandbox } from '../../../src/sandbox/world.ts'
import { startProxy } from '../../support/proxy.ts'
import type { Answer, Order } from './messages.ts'

const stack = new AsyncDisposableStack()
let sides: readonly SandboxSide[] = []

async function start({ release, throttling, roundTripMs, messages }: Extract<Order, { order: 'start' }>): Promise<Answer> {
  const front = throttling && { front: { throttling } }
  const [leaving, receiving] = [{ ...front }, { organisation: { release }, ...front }]
  const sandbox = stack.use(await startSandbox({ people: 1, messagesEach: messages, leaving, receiving }))
  sides = [sandbox.leaving, sandbox.receiving]
  const endpoints = []
  for (const side of sides) {
    const line = roundTripMs === undefined ? side : stack.use(await startProxy({ to: side, roundTripMs }))
    endpoints.push({
      url: `https://${line.host}:${line.port}/EWS/Exchange.asmx`,
      fingerprint: side.certificate.fingerprint,
      admin: side.admin.userPrincipalName,
      password: side.admin.password,
      mailbox: side.people[0]?.primarySmtpAddress ?? '',
    })
  }
  return { answer: 'started', endpoints }
}

/** An empty target mailbox, and all counting begun anew. */
function begin(): Answer {
  const target = sides[1]
  const person = target?.people[0]
  if (target && person) giveMailbox(target.organisation, person, { language: 'en' })
  for (const { site } of sides) site.requests.length = 0
  return { answer: 'begun' }
}

const counted = (): Answer => ({
  answer: 'counted',
  requests: sides.reduce((sum, { site }) => sum + site.requests.filter(({ operation }) => operation !== '').length, 0),
  refused: sides.reduce((sum, { site }) => sum + site.throttle.refused, 0),
  peakConcurrency: Math.max(...sides.map(({ site }) => site.throttle.peakConcurrency)),
})

process.on('message', async (order: Order) => {
  const answer = order.order === 'start' ? await start(order) : order.order === 'begin' ? begin() : counted()
  process.send?.(answer)
})
process.on('disconnect', async () => {
  await stack.disposeAsync()
  process.exit(0)
})
