import type { Browser } from 'playwright-core'
import { nextSteps } from '../../../src/commands/nextSteps.ts'
import type { Client } from '../../../src/rpc/protocol.ts'
import type { ConnectionSummary, JobSummary } from '../../../src/rpc/results.ts'
import type { ChosenFile } from '../../../src/webview/desk.ts'
import { createJobWizard, type JobOpening } from '../../../src/webview/job/createJobWizard.ts'
import { jobWizard } from '../../../src/webview/job/messages.ts'
import { connection, wording } from '../../views/build.ts'
import { type OpenedPage, openPage, type Theme } from './openPage.ts'

interface Options {
  readonly engine: Client
  readonly connections?: readonly ConnectionSummary[]
  readonly jobs?: readonly JobSummary[]
  readonly file?: ChosenFile
  readonly theme?: Theme
  readonly viewport?: { readonly width: number; readonly height: number }
}

export const twoConnections = [connection({ name: 'Old' }), connection({ name: 'New', role: 'target' })]

/** The job wizard with its page in a browser. */
export async function jobWizardPage(browser: Browser, options: Options, opening: JobOpening) {
  let opened: OpenedPage<(typeof wizard)['state']> | undefined
  const at = { informed: [] as string[], closed: false }
  const wizard = createJobWizard(
    {
      engine: options.engine,
      wording,
      connections: () => options.connections ?? twoConnections,
      jobs: () => options.jobs ?? [],
      desk: {
        run() {},
        copy() {},
        chooseFile: async () => options.file,
        inform: text => void at.informed.push(text),
        close() {
          at.closed = true
        },
      },
      stepsFor: error => nextSteps(error, () => true).map(step => ({ title: step.step, step })),
      takeStep() {},
      show: state => void opened?.show(state),
    },
    opening,
  )
  opened = await openPage(browser, {
    kind: jobWizard,
    state: wizard.state,
    onMessage: message => void wizard.receive(message),
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.viewport === undefined ? {} : { viewport: options.viewport }),
  })
  return { ...opened, wizard, at }
}
