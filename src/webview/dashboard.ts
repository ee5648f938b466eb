import type * as vscode from 'vscode'
import { asConnectionId, asJobId } from '../domain/ids.ts'
import { isSame } from '../domain/isSame.ts'
import type { JobSummary } from '../rpc/results.ts'
import { createPacer } from '../views/pacer.ts'
import { stateOf } from '../views/rows/jobText.ts'
import { type DashboardMessage, type DashboardState, dashboard } from './dashboard/messages.ts'
import { shownDashboard } from './dashboard/shownDashboard.ts'
import { openPanel } from './panel.ts'
import type { PanelApp } from './panelApp.ts'

/** Milliseconds between two drawings, between two samples of the speed, and that samples are kept. */
const drawEvery = 500
const sampleEvery = 2000
const sampleFor = 300_000

/** Opens the dashboard, or shows the one that is open. It is drawn again when something changed, and then at most twice a second. */
export function openDashboard(app: PanelApp, restored?: vscode.WebviewPanel): void {
  if (app.open.reveal('dashboard')) {
    restored?.dispose()
    return
  }
  const { wording, mirror, speeds } = app
  let samples: number[] = []
  const state = (): DashboardState =>
    shownDashboard(wording, {
      engine: mirror.state,
      connections: mirror.connections,
      jobs: mirror.jobs,
      speedOf: job => speeds.ofJob(job),
      samples,
      span: samples.length * sampleEvery,
    })
  let last = state()
  const panel = openPanel(app.host, {
    kind: dashboard,
    title: last.words.title,
    state: last,
    onMessage: message => void run(app, message),
    ...(restored === undefined ? {} : { restored }),
  })
  app.open.add('dashboard', panel)
  const pacer = createPacer(async () => {
    const next = state()
    if (isSame(last, next)) return
    last = next
    panel.show(next)
  }, drawEvery)
  const sampling = setInterval(() => {
    const speed = Math.round(mirror.jobs.filter(isRunning).reduce((sum, { id }) => sum + speeds.ofJob(id), 0))
    // A line that has nothing to show but zeros ends.
    const any = speed > 0 || samples.some(sample => sample > 0)
    samples = any ? [...samples, speed].slice(-sampleFor / sampleEvery) : []
    if (any) pacer.ask()
  }, sampleEvery)
  const listening = mirror.onDidChange(() => pacer.ask())
  panel.onDidDispose(() => {
    clearInterval(sampling)
    listening.dispose()
    pacer[Symbol.dispose]()
  })
}

/** The rate of one that came to rest is of what was before. */
const isRunning = (job: JobSummary): boolean => stateOf(job) === 'running'

/** What a button of the page asks for. */
function run(app: PanelApp, message: DashboardMessage): Promise<void> {
  switch (message.on) {
    case 'nothing':
      return app.run(message.run)
    case 'connection':
      return app.run(message.run, { type: 'connection', connection: asConnectionId(message.id) })
    case 'job':
      return app.run(message.run, { type: 'job', job: asJobId(message.id) })
  }
}
