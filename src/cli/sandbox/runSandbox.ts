import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { exitCodes } from '../../domain/exitCodes.ts'
import { startControl } from '../../sandbox/control.ts'
import { planFiles } from '../../sandbox/exports.ts'
import { createOrders, orderHelp } from '../../sandbox/orders.ts'
import { defaultPolicy } from '../../sandbox/throttling/policy.ts'
import { type Sandbox, startSandbox } from '../../sandbox/world.ts'
import type { App } from '../app.ts'
import { writeFolder } from './writeFolder.ts'

export interface SandboxSettings {
  readonly dir: string
  readonly people: number
  readonly messagesEach: number
  readonly seed: number
  readonly scale: number
  readonly throttled: boolean
}

/** Runs the sandbox until Ctrl-C or `quit`; orders come by standard input and by the control address. */
export async function runSandbox({ out, stop, cwd }: Pick<App, 'out' | 'stop' | 'cwd'>, settings: SandboxSettings): Promise<number> {
  const front = settings.throttled ? { front: { throttling: defaultPolicy } } : {}
  await using sandbox = await startSandbox({ ...settings, leaving: front, receiving: front })
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

const addresses = ({ leaving, receiving, discovery }: Sandbox) => ({
  leaving: leaving.ewsUrl,
  receiving: receiving.ewsUrl,
  autodiscover: discovery.url,
})

function introduction(sandbox: Sandbox, dir: string): string[] {
  const { leaving, receiving, discovery, domain } = sandbox
  const side = (role: string, { organisation, ewsUrl, admin, people, certificate }: typeof leaving): string[] => [
    `${organisation.name} (${role}), ${people.length} mailboxes`,
    `  EWS          ${ewsUrl}`,
    `  admin        ${admin.userPrincipalName}`,
    `  password     ${admin.password}`,
    `  certificate  SHA-256 ${certificate.fingerprint}`,
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
    '  mailferry job start move',
    '',
    'Orders, typed here:',
    ...orderHelp.map(line => `  ${line}`),
  ]
}
