import * as vscode from 'vscode'
import { z } from 'zod'
import type { TickStep } from '../domain/cutover/step.ts'
import { asConnectionId, asJobId } from '../domain/ids.ts'
import type { StoredError } from '../domain/pair.ts'
import { packError } from '../rpc/packError.ts'
import type { CutoverResult } from '../rpc/results.ts'
import { createPacer } from '../views/pacer.ts'
import { type CutoverMessage, type CutoverState, cutoverChecklist } from './cutover/messages.ts'
import { shownCutover } from './cutover/shownCutover.ts'
import { openPanel } from './panel.ts'
import type { PanelApp } from './panelApp.ts'

const remembered = z.strictObject({ domain: z.string() })
/** Milliseconds between two readings. */
const readEvery = 1000

/** Opens the checklist of the domain cutover, or shows the one that is open; read again when something changed. */
export async function openCutoverChecklist(app: PanelApp, restored?: vscode.WebviewPanel, memory?: unknown): Promise<void> {
  if (app.open.reveal('cutover')) {
    restored?.dispose()
    return
  }
  const { engine, mirror, wording } = app
  let chosen = remembered.safeParse(memory).data?.domain
  let cutovers: readonly CutoverResult[] = await engine.call('cutover.status', {})
  let busy = false
  let failure: StoredError | undefined
  const state = (): CutoverState => {
    const { connections, jobs } = mirror
    return shownCutover(wording, { cutovers, connections, jobs, chosen, busy, ...(failure === undefined ? {} : { failure }) })
  }
  const first = state()
  const ended = new AbortController()
  const panel = openPanel(app.host, {
    kind: cutoverChecklist,
    title: first.words.title,
    state: first,
    onMessage: message => void take(message),
    memory: ({ domain }) => ({ domain }),
    ...(restored === undefined ? {} : { restored }),
  })
  app.open.add('cutover', panel)

  /** What fails is told in the panel; the engine's own trouble shows in the views too. */
  const during = async (work: () => Promise<void>): Promise<void> => {
    failure = undefined
    try {
      await work()
    } catch (thrown) {
      failure = packError(thrown)
    }
    if (!ended.signal.aborted) panel.show(state())
  }
  const pacer = createPacer(
    () =>
      during(async () => {
        cutovers = await engine.call('cutover.status', {}, { signal: ended.signal })
      }),
    readEvery,
  )
  /** What the servers and DNS say is kept until something else changed. */
  const ask = async (): Promise<void> => {
    busy = true
    panel.show(state())
    await during(async () => {
      const { domain } = state()
      const [live] = await engine.call('cutover.status', { domains: [domain], live: true }, { signal: ended.signal })
      if (live !== undefined) cutovers = cutovers.map(one => (one.domain === domain ? live : one))
    }).finally(() => {
      busy = false
    })
    if (!ended.signal.aborted) panel.show(state())
  }
  const askNote = async (step: TickStep): Promise<string | undefined> => {
    const { domain, steps } = state()
    const known = cutovers.find(one => one.domain === domain)?.steps.find(({ id }) => id === step)?.tick?.note
    const note = await vscode.window.showInputBox({
      title: steps.find(({ id }) => id === step)?.title ?? step,
      prompt: wording.l10n.t('A few words of yours, shown beside the tick'),
      ignoreFocusOut: true,
      ...(known === undefined ? {} : { value: known }),
    })
    return note?.trim().slice(0, 1000)
  }
  const take = async (message: CutoverMessage): Promise<void> => {
    switch (message.type) {
      case 'domain':
        chosen = message.domain
        return panel.show(state())
      case 'ask':
        return ask()
      case 'tick': {
        const { step, done } = message
        await during(() => engine.call('cutover.tick', { domain: state().domain, step, done }))
        return pacer.ask()
      }
      case 'note': {
        const { step } = message
        const note = await askNote(step)
        if (note === undefined) return
        await during(() => engine.call('cutover.tick', { domain: state().domain, step, done: true, ...(note === '' ? {} : { note }) }))
        return pacer.ask()
      }
      case 'declare':
        return app.run('declareDomainChange')
      case 'connection':
        return app.run(message.run, { type: 'connection', connection: asConnectionId(message.id) })
      case 'job':
        return app.run(message.run, { type: 'job', job: asJobId(message.id) })
    }
  }

  const listening = mirror.onDidChange(() => pacer.ask())
  panel.onDidDispose(() => {
    ended.abort()
    listening.dispose()
    pacer[Symbol.dispose]()
  })
}
