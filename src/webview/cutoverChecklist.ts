import type * as vscode from 'vscode'
import { z } from 'zod'
import { asConnectionId, asJobId } from '../domain/ids.ts'
import { createPacer } from '../views/pacer.ts'
import { type CutoverMessage, type CutoverState, cutoverChecklist } from './cutover/messages.ts'
import { shownCutover } from './cutover/shownCutover.ts'
import { openPanel } from './panel.ts'
import type { PanelApp } from './panelApp.ts'

const remembered = z.strictObject({ domain: z.string() })
/** Journal entries that are looked through, the newest ones. */
const most = 10_000
/** Milliseconds between two drawings. */
const drawEvery = 1000

/** Opens the checklist of the domain cutover, or shows the one that is open; drawn again when something changed. */
export async function openCutoverChecklist(app: PanelApp, restored?: vscode.WebviewPanel, memory?: unknown): Promise<void> {
  if (app.open.reveal('cutover')) {
    restored?.dispose()
    return
  }
  let domain = remembered.safeParse(memory).data?.domain
  const first = await read(app, domain)
  const panel = openPanel(app.host, {
    kind: cutoverChecklist,
    title: first.words.title,
    state: first,
    onMessage: message => void take(message),
    memory: state => ({ domain: state.domain }),
    ...(restored === undefined ? {} : { restored }),
  })
  app.open.add('cutover', panel)
  const draw = async (): Promise<void> => {
    try {
      panel.show(await read(app, domain))
    } catch {
      // An engine that ended is told of by the views; the checklist is drawn again when it is back.
    }
  }
  const pacer = createPacer(draw, drawEvery)
  const listening = app.mirror.onDidChange(() => pacer.ask())
  panel.onDidDispose(() => {
    listening.dispose()
    pacer[Symbol.dispose]()
  })

  const take = async (message: CutoverMessage): Promise<void> => {
    switch (message.type) {
      case 'domain':
        domain = message.domain
        return pacer.ask()
      case 'declare':
        return app.run('declareDomainChange')
      case 'reconfigure':
        return app.run('reconfigureConnection', { type: 'connection', connection: asConnectionId(message.id) })
      case 'job':
        return app.run(message.run, { type: 'job', job: asJobId(message.id) })
    }
  }
}

async function read({ engine, wording }: PanelApp, domain: string | undefined): Promise<CutoverState> {
  const [status, journal, connections, jobs] = await Promise.all([
    engine.call('domain.status', {}),
    engine.call('journal.list', { limit: most }),
    engine.call('connection.list', {}),
    engine.call('job.list', {}),
  ])
  return shownCutover(wording, { status, journal, connections, jobs }, domain)
}
