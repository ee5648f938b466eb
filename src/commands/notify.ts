import { window } from 'vscode'
import type { JobOutcome } from '../editor/outcomes.ts'
import type { StorageTrouble } from '../editor/secretVault.ts'
import type { SecretNeeded } from '../rpc/notifications.ts'
import type { App } from './app.ts'
import type { NextStep } from './nextSteps.ts'
import { credentialsText, outcomeText, storageText } from './notifyText.ts'
import { nextStepText } from './support/nextStepText.ts'
import { takeStep } from './support/takeStep.ts'

/** Tells how a job came to rest, with what comes next: the report of what is through, the job itself where a person is needed. What a person stopped isn't told. */
export async function notifyOutcome(app: App, outcome: JobOutcome): Promise<void> {
  if (outcome.outcome === 'stopped') return
  const text = outcomeText(app.wording, outcome)
  const { name } = outcome.job
  const isThrough = outcome.outcome === 'completed' || outcome.outcome === 'completedWithDifferences'
  const step: NextStep = { step: isThrough ? 'reportJob' : 'showJob', job: name }
  await offer(app, text, step, outcome.outcome === 'completed' ? window.showInformationMessage : window.showWarningMessage)
}

/** Tells that mailboxes wait for a secret. */
export async function notifySecretNeeded(app: App, needed: SecretNeeded): Promise<void> {
  await offer(app, credentialsText(app.wording, needed), { step: 'enterCredentials', connection: needed.name })
}

/** Tells that the editor can't keep secrets: they are kept for this session alone. */
export async function notifyStorageTrouble(app: App, trouble: StorageTrouble): Promise<void> {
  await offer(app, storageText(app.wording, trouble), { step: 'showLog' })
}

type Show = (message: string, button: string) => Thenable<string | undefined>

async function offer(app: App, text: string, step: NextStep, show: Show = window.showWarningMessage): Promise<void> {
  const button = nextStepText(app.wording.l10n, step)
  if ((await show(text, button)) === button) await takeStep(app, step)
}
