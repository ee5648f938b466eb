import type { Browser } from 'playwright-core'
import type { NextStep } from '../../../src/commands/nextSteps.ts'
import { nextSteps } from '../../../src/commands/nextSteps.ts'
import type { MicrosoftSignIn } from '../../../src/editor/microsoftSession.ts'
import type { Client } from '../../../src/rpc/protocol.ts'
import type { ConnectionSummary } from '../../../src/rpc/results.ts'
import { createConnectionWizard, type Opening } from '../../../src/webview/connection/createConnectionWizard.ts'
import { connectionWizard } from '../../../src/webview/connection/messages.ts'
import type { ChosenFile } from '../../../src/webview/desk.ts'
import { wording } from '../../views/build.ts'
import { type OpenedPage, openPage, type Theme } from './openPage.ts'

interface Options {
  readonly engine: Client
  readonly connections?: readonly ConnectionSummary[]
  readonly file?: ChosenFile
  /** VS Code's Microsoft sign-in; it fails unless said. */
  readonly signInWithMicrosoft?: MicrosoftSignIn
  readonly clipboard?: string
  /** Keys that an earlier window kept. */
  readonly keys?: Map<string, string>
  readonly theme?: Theme
  readonly viewport?: { readonly width: number; readonly height: number }
}

export interface WizardAtWork {
  readonly secrets: Map<string, string>
  /** Keys of certificates that were made here. */
  readonly keys: Map<string, string>
  readonly scripts: string[]
  readonly saved: string[]
  readonly pages: string[]
  readonly copied: string[]
  readonly informed: string[]
  readonly steps: NextStep[]
  /** Everything that was shown, as text. */
  readonly shown: string[]
  closed: boolean
}

/** The host's side of the wizard with everything around it that isn't the editor. */
export function wizardAtWork(options: Options, opening: Opening, show: (state: unknown) => void = () => {}) {
  const keys = options.keys ?? new Map<string, string>()
  const at: WizardAtWork = {
    secrets: new Map(),
    keys,
    scripts: [],
    saved: [],
    pages: [],
    copied: [],
    informed: [],
    steps: [],
    shown: [],
    closed: false,
  }
  const wizard = createConnectionWizard(
    {
      engine: options.engine,
      secrets: {
        async set(id, text) {
          at.secrets.set(id, text)
          return 'stored'
        },
        keepKey: async (id, pem) => void keys.set(id, pem),
        keptKey: async id => keys.get(id),
        forgetKey: async id => void keys.delete(id),
      },
      tenantDesk: {
        signInWithMicrosoft: options.signInWithMicrosoft ?? (async () => Promise.reject(new Error('nobody said who signs in'))),
        showScript: async script => void at.scripts.push(script),
        async saveFile(_title, name, text) {
          at.saved.push(text)
          return name
        },
        readClipboard: async () => options.clipboard ?? '',
        openPage: url => void at.pages.push(url),
      },
      wording,
      connections: () => options.connections ?? [],
      desk: {
        run() {},
        copy: text => void at.copied.push(text),
        chooseFile: async () => options.file,
        inform: text => void at.informed.push(text),
        close() {
          at.closed = true
        },
      },
      stepsFor: error => nextSteps(error, () => true).map(step => ({ title: step.step, step })),
      takeStep: step => void at.steps.push(step),
      show(state) {
        at.shown.push(JSON.stringify(state))
        show(state)
      },
    },
    opening,
  )
  return { wizard, at }
}

/** The wizard with its page in a browser. */
export async function connectionWizardPage(browser: Browser, options: Options, opening: Opening) {
  let opened: OpenedPage<(typeof wizard)['state']> | undefined
  const { wizard, at } = wizardAtWork(options, opening, () => void opened?.show(wizard.state))
  opened = await openPage(browser, {
    kind: connectionWizard,
    state: wizard.state,
    onMessage: message => void wizard.receive(message),
    memory: ({ draft }) => ({ draft }),
    ...(options.theme === undefined ? {} : { theme: options.theme }),
    ...(options.viewport === undefined ? {} : { viewport: options.viewport }),
  })
  return { ...opened, wizard, at }
}
