import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { writeFolder } from '../../src/cli/sandbox/writeFolder.ts'
import { planFiles } from '../../src/sandbox/exports.ts'
import { createOrders, orderHelp } from '../../src/sandbox/orders.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/world.ts'
import { tempDir } from '../support/tempDir.ts'
import { packedExtension } from '../support/vscode/packed.ts'
import { linkExtension, startVsCode } from '../support/vscode/server.ts'

/*
 * `npm start`: a VS Code for the browser with the extension as it is shipped, beside two Exchange organisations to try it out on. Everything is on loopback
 * and gone at the end: Ctrl-C, or `quit`.
 */

const { values } = parseArgs({ options: { port: { type: 'string' }, people: { type: 'string', default: '10' } } })

const told = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.abort())

using dir = tempDir()
const folder = join(dir.path, 'workspace')
mkdirSync(folder)
await using sandbox = await startSandbox({ people: Number(values.people), messagesEach: 300 })
await writeFolder(folder, filesOf(sandbox))
linkExtension(dir.path, packedExtension().folder)
await using editor = await startVsCode({
  dir: dir.path,
  // The engines that the editor starts must not outlive it here, and a person's own ledger is no toy.
  env: { XDG_DATA_HOME: join(dir.path, 'data') },
  ...(values.port === undefined ? {} : { port: Number(values.port) }),
})
console.log(introduction(sandbox, `${editor.url}/?folder=${encodeURIComponent(folder)}`).join('\n'))
await takeOrders(sandbox, told.signal)

function filesOf(world: Sandbox): Record<string, string> {
  const { 'plan.json': plan = '', ...files } = planFiles(world)
  return { ...files, 'move.mailferry.json': plan }
}

async function takeOrders(world: Sandbox, stop: AbortSignal): Promise<void> {
  const lines = createInterface({ input: process.stdin, terminal: false })
  stop.addEventListener('abort', () => lines.close())
  const orders = createOrders(world)
  lines.on('line', line => {
    if (line.trim() === 'quit') told.abort()
    else if (line.trim() !== '') orders.carryOut(line).then(console.log, (error: Error) => console.log(error.message))
  })
  if (!stop.aborted) await new Promise(resolve => stop.addEventListener('abort', resolve, { once: true }))
  process.stdin.pause()
}

function introduction({ leaving, receiving, discovery, domain }: Sandbox, url: string): string[] {
  const side = (role: string, { organisation, admin, certificate }: typeof leaving): string[] => [
    `${role}: ${organisation.name}`,
    `  admin        ${admin.userPrincipalName}`,
    `  password     ${admin.password}`,
    `  certificate  SHA-256 ${certificate.fingerprint}`,
  ]
  return [
    '',
    `VS Code with Mailferry: ${url}`,
    '',
    ...side('Source', leaving),
    ...side('Target', receiving),
    `Autodiscover of every domain: ${discovery.url}`,
    '',
    'To try:',
    '  1. Open Mailferry in the activity bar, and New Source Connection…: Exchange, Autodiscover for the admin’s domain at the address above. Then the target.',
    '     Or open move.mailferry.json in the explorer and Apply Plan, which defines both and a job.',
    '  2. Start the job and watch it. Try to edit a connection that it uses.',
    `  3. Type “move” here: ${domain} goes to the other company. Check for Domain Change, then Reconfigure both, refresh addresses, run a delta migration.`,
    '',
    'This server keeps passwords in the page: after a reload they are entered again.',
    '',
    'Orders, typed here:',
    ...orderHelp.map(line => `  ${line}`),
  ]
}
