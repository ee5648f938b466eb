import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { exitCodes } from '../../domain/exitCodes.ts'
import { startControl } from '../../sandbox/control.ts'
import { type AnySide, planFiles } from '../../sandbox/exports.ts'
import { publishedLimits } from '../../sandbox/office365/throttle.ts'
import { createOrders, orderHelp } from '../../sandbox/orders.ts'
import { exchangeSide } from '../../sandbox/sides/exchangeSide.ts'
import { office365Side } from '../../sandbox/sides/office365Side.ts'
import type { StartSide } from '../../sandbox/sides/side.ts'
import { defaultPolicy } from '../../sandbox/throttling/policy.ts'
import { type Sandbox, startWorld } from '../../sandbox/world.ts'
import type { App } from '../app.ts'
import { writeFolder } from './writeFolder.ts'

export interface SandboxSettings {
  readonly dir: string
  readonly people: number
  readonly messagesEach: number
  readonly seed: number
  readonly scale: number
  readonly throttled: boolean
  /** Which sides are Office 365 tenants; the others are Exchange. */
  readonly office365: Office365Sides
}

export type Office365Sides = 'none' | 'leaving' | 'receiving' | 'both'

/** Runs the sandbox until Ctrl-C or `quit`; orders come by standard input and by the control address. */
export async function runSandbox({ out, stop, cwd }: Pick<App, 'out' | 'stop' | 'cwd'>, settings: SandboxSettings): Promise<number> {
  await using sandbox = await startWorld(settings, sideOf('leaving', settings), sideOf('receiving', settings))
  const orders = createOrders(sandbox)
  await using control = await startControl(orders)
  const dir = resolve(cwd, settings.dir)
  await writeFolder(dir, { ...planFiles(sandbox), 'control.json': `${JSON.stringify({ url: control.url, token: control.token })}\n` })
  out.say({ event: 'sandbox', dir, ...addresses(sandbox), control: control.url }, introduction(sandbox, dir))

  const say = async (order: string): Promise<void> => {
    const done = await orders.carryOut(order).catch((error: Error) => error.message)
    out.say({ event: 'order', order, done }, done)
  }
  await untilQuit(stop, say)
  return exitCodes.ok
}

const sideOf = (role: 'leaving' | 'receiving', { office365, throttled }: SandboxSettings): StartSide<AnySide> =>
  office365 === role || office365 === 'both'
    ? office365Side(throttled ? { limits: publishedLimits } : {})
    : exchangeSide(throttled ? { front: { throttling: defaultPolicy } } : {})

/** Hands each line of standard input on, in order, until `quit` or until told to stop. Its end alone ends nothing. */
async function untilQuit(stop: AbortSignal, say: (order: string) => Promise<void>): Promise<void> {
  const lines = createInterface({ input: process.stdin, terminal: false })
  let saying = Promise.resolve()
  const { promise: quit, resolve: end } = Promise.withResolvers<void>()
  lines.on('line', line => {
    const order = line.trim()
    if (order === 'quit') end()
    else if (order !== '') saying = saying.then(() => say(order))
  })
  if (stop.aborted) end()
  stop.addEventListener('abort', () => end(), { once: true })
  await quit
  lines.close()
  process.stdin.pause()
  await saying
}

const addressOf = (side: AnySide): string => (side.kind === 'office365' ? side.graphUrl : side.ewsUrl)

const addresses = ({ leaving, receiving, discovery }: Sandbox<AnySide, AnySide>) => ({
  leaving: addressOf(leaving),
  receiving: addressOf(receiving),
  autodiscover: discovery.url,
})

/** How an organisation is reached and signed in to. */
function accessTo(side: AnySide): string[] {
  const admin = [`  admin        ${side.admin.userPrincipalName}`, `  password     ${side.admin.password}`]
  const certificate = `  certificate  SHA-256 ${side.certificate.fingerprint}`
  if (side.kind === 'exchange') return [`  EWS          ${side.ewsUrl}`, ...admin, certificate]
  return [
    `  Entra        ${side.loginUrl}`,
    `  Graph        ${side.graphUrl}`,
    `  tenant       ${side.tenant.id} (${side.ownDomain})`,
    `  application  ${side.application.application.appId}`,
    ...admin,
    certificate,
  ]
}

function introduction({ leaving, receiving, discovery, domain }: Sandbox<AnySide, AnySide>, dir: string): string[] {
  const side = (role: string, one: AnySide): string[] => [
    `${one.organisation.name} (${role}), ${one.people.length} mailboxes`,
    ...accessTo(one),
  ]
  return [
    ...side('leaving', leaving),
    '',
    ...side('receiving', receiving),
    '',
    `Autodiscover of every domain, as DNS would lead to it: ${discovery.url}`,
    `The domain that can move: ${domain}`,
    '',
    `Plan, secrets and certificate authority are in ${dir}. In another terminal, there:`,
    '  mailferry apply plan.json',
    '  mailferry connection test leaving',
    '  mailferry connection test receiving',
    '  mailferry job start move',
    '  mailferry job report move',
    'With “--ledger try.db” after each of them, your own connections and jobs stay apart from these.',
    '',
    'Orders, typed here:',
    ...orderHelp.map(line => `  ${line}`),
  ]
}
