// The servers of one work in a process of their own, so that what they use is not counted as a copier's; told what to be by the first message.
import { giveMailbox, mailboxOf } from '../../../src/sandbox/exchange/organisation.ts'
import { type Sandbox, type SandboxSide, startSandbox } from '../../../src/sandbox/world.ts'
import { startDovecot } from '../../support/dovecot.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { startProxy } from '../../support/proxy.ts'
import { imapFolders } from './imapFolders.ts'
import type { Answer, Counted, ExchangeAccess, ImapAccess, Order } from './messages.ts'

const hour = 3_600_000
const stack = new AsyncDisposableStack()
let sides: readonly SandboxSide[] = []
let target: SandboxSide | undefined

type Start = Extract<Order, { order: 'start' }>

async function start(order: Start): Promise<Answer> {
  const { release, throttling, messages, source } = order
  const front = throttling && { front: { throttling } }
  const [leaving, receiving] = [{ ...front }, { organisation: { release }, ...front }]
  const sandbox = stack.use(
    await startSandbox({ people: 1, messagesEach: source === 'imap' ? 0 : messages, scale: attachments, leaving, receiving }),
  )
  sides = [sandbox.leaving, sandbox.receiving]
  target = sandbox.receiving
  const from = source === 'imap' ? await imapAccess(order, sandbox) : await exchangeAccess(order, sandbox.leaving)
  return { answer: 'started', source: from, target: await exchangeAccess(order, target) }
}

/** Sizes of attachments by this factor, so that messages have 75 kB in the mean. */
const attachments = 1

async function exchangeAccess({ roundTripMs }: Start, side: SandboxSide): Promise<ExchangeAccess> {
  const { host, port } = await behind(side, roundTripMs)
  return {
    kind: 'exchange',
    url: `https://${host}:${port}/EWS/Exchange.asmx`,
    fingerprint: side.certificate.fingerprint,
    admin: side.admin.userPrincipalName,
    password: side.admin.password,
    mailbox: side.people[0]?.primarySmtpAddress ?? '',
  }
}

async function imapAccess({ roundTripMs, messages }: Start, { leaving }: Sandbox): Promise<ImapAccess> {
  const dovecot = stack.use(await startDovecot({ anyUser: 'secret' }))
  const mailbox = 'owner'
  await seedMailbox(dovecot, mailbox, imapFolders({ address: leaving.people[0]?.primarySmtpAddress ?? '', messages, scale: attachments }))
  const { host, port } = await behind(dovecot, roundTripMs)
  return { kind: 'imap', host, port, password: 'secret', mailbox }
}

async function behind(to: { readonly host: string; readonly port: number }, roundTripMs: number | undefined) {
  return roundTripMs === undefined ? to : stack.use(await startProxy({ to, roundTripMs }))
}

/** An empty target mailbox, and all counting begun anew. */
function begin(): Answer {
  const person = target?.people[0]
  if (target && person) giveMailbox(target.organisation, person, { language: 'en' })
  for (const { site } of sides) {
    site.requests.length = 0
    site.throttle.reset()
  }
  return { answer: 'begun' }
}

function counted(): Counted {
  const requests = sides.flatMap(({ site }) => site.requests.filter(({ operation }) => operation !== ''))
  const times = requests.map(({ at }) => at)
  const spanMs = times.length === 0 ? 0 : Math.max(...times) - Math.min(...times)
  const person = target?.people[0]
  const store = target && person && mailboxOf(target.organisation, person)
  return {
    answer: 'counted',
    items: store?.items.size ?? 0,
    bytes: store?.size ?? 0,
    requests: requests.length,
    refused: sides.reduce((sum, { site }) => sum + site.throttle.refused, 0),
    peakConcurrency: Math.max(...sides.map(({ site }) => site.throttle.peakConcurrency)),
    spanMs,
    share: target && shareOf(target.site, spanMs),
  }
}

/** Of the full budget, what may be overdrawn, and what flows back in so many milliseconds. */
const shareOf = ({ throttle: { policy, used } }: SandboxSide['site'], ms: number): number | undefined =>
  policy && used / (policy.ewsMaxBurst + policy.ewsCutoffBalance + (policy.ewsRechargeRate * ms) / hour)

process.on('message', async (order: Order) => {
  const answer = order.order === 'start' ? await start(order) : order.order === 'begin' ? begin() : counted()
  process.send?.(answer)
})
process.on('disconnect', async () => {
  await stack.disposeAsync()
  process.exit(0)
})
