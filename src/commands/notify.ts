import { window } from 'vscode'
import type { JobOutcome } from '../editor/outcomes.ts'
import type { StorageTrouble } from '../editor/secretVault.ts'
import type { SecretNeeded } from '../rpc/notifications.ts'
import type { App } from './app.ts'
import type { NextStep } from './nextSteps.ts'
import { credentialsText, outcomeText, storageText } from './notifyText.ts'
import { nextStepText } from './support/nextStepText.ts'
import { takeStep } from './support/takeStep.ts'

/** Tells how a job came to rest; good news passes by, all else leads to the job. */
export async function notifyOutcome(app: App, outcome: JobOutcome): Promise<void> {
  const text = outcomeText(app.wording, outcome)
  if (outcome.outcome === 'completed') await window.showInformationMessage(text)
  else if (outcome.outcome !== 'stopped') await offer(app, text, { step: 'showJobs' })
}

/** Tells that mailboxes wait for a secret. */
export async function notifySecretNeeded(app: App, needed: SecretNeeded): Promise<void> {
  await offer(app, credentialsText(app.wording, needed), { step: 'enterCredentials', connection: needed.name })
}

/** Tells that the editor can't keep secrets: they are kept for this session alone. */
export async function notifyStorageTrouble(app: App, trouble: StorageTrouble): Promise<void> {
  await offer(app, storageText(app.wording, trouble), { step: 'showLog' })
}

async function offer(app: App, text: string, step: NextStep): Promise<void> {
  const button = nextStepText(app.wording.l10n, step)
  if ((await window.showWarningMessage(text, button)) === button) await takeStep(app, step)
}
