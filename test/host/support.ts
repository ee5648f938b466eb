import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { extensions } from 'vscode'
import type { App } from '../../src/commands/app.ts'
import type { Params } from '../../src/rpc/protocol.ts'
import type { World, WorldSide } from './world.ts'

export const world = (): World => JSON.parse(process.env['HOST_WORLD'] ?? '')

/** What the extension wired, which it hands out to tests alone. */
export async function mailferry(): Promise<App> {
  const app: App | undefined = await extensions.getExtension('mailferry.mailferry')?.activate()
  assert.ok(app, 'the extension gave nothing to the tests')
  return app
}

interface Mark {
  readonly name: string
  readonly startTime: number
}

/** When VS Code says that it did something to the extension, in milliseconds. */
function editorsMark(what: string): number {
  const { MonacoPerformanceMarks: marks } = globalThis as { MonacoPerformanceMarks?: { getMarks(): readonly Mark[] } }
  const mark = marks?.getMarks().find(({ name }) => name.toLowerCase() === `code/exthost/${what}/mailferry.mailferry`.toLowerCase())
  return mark?.startTime ?? Number.NaN
}

let measured: { readonly milliseconds: number; readonly engine: string } | undefined

/**
 * Activates the extension, the first time it is called. Answers how the engine was then, and the milliseconds it took: of `activate()` by the editor's clock, or
 * of this thread's processor time with the loading of the code, whichever the machine's other work has lengthened less.
 */
export async function measureActivation(): Promise<NonNullable<typeof measured>> {
  if (measured !== undefined) return measured
  assert.equal(extensions.getExtension('mailferry.mailferry')?.isActive, false, 'it was active before it could be measured')
  const before = process.threadCpuUsage()
  const { engine } = await mailferry()
  const { user, system } = process.threadCpuUsage(before)
  const byClock = editorsMark('didActivateExtension') - editorsMark('willActivateExtension')
  assert.ok(byClock > 0, 'VS Code has no marks of it')
  measured = { milliseconds: Math.min(byClock, (user + system) / 1000), engine: engine.state.state }
  return measured
}

/** Waits until it is so, looking twenty times a second. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, within = 30_000): Promise<void> {
  const end = performance.now() + within
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`)
    await sleep(50)
  }
}

export const running = async (): Promise<App> => {
  const app = await mailferry()
  await until('the engine runs', () => app.engine.state.state === 'running')
  return app
}

/** Gives the sandbox an order, as `mailferry sandbox` takes them. */
export async function order(path: string): Promise<void> {
  const { url, token } = world().control
  const response = await fetch(`${url}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  assert.equal(response.status, 200, await response.text())
}

/** The code of the error that a promise ends with; `done` where it doesn't. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    // The bundles of the extension and of the tests have a class of errors each.
    error => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )

type Planned = Params<'connection.save'>['connection']

/** A connection to one side of the sandbox; found by Autodiscover, for that leads elsewhere after the domain moved. */
export const toSandbox = (name: string, role: Planned['role'], { admin }: WorldSide): Planned => ({
  name,
  role,
  kind: 'exchange',
  server: { autodiscover: { domain: admin.slice(admin.indexOf('@') + 1), at: world().discovery } },
  trust: { fingerprints: [...world().fingerprints] },
  admin: { user: admin, method: 'ntlm', access: 'impersonation' },
  secret: { editor: true },
})

/** A connection to a server that nobody is asked to reach. */
export const toNowhere = (name: string, role: Planned['role']): Extract<Planned, { kind: 'imap' }> => ({
  name,
  role,
  kind: 'imap',
  server: { host: `${role}.invalid` },
  signIn: { method: 'mailbox' },
  secret: { editor: true },
})
