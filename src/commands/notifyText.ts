import type { JobOutcome } from '../editor/outcomes.ts'
import type { StorageTrouble } from '../editor/secretVault.ts'
import type { SecretNeeded } from '../rpc/notifications.ts'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { Wording } from '../views/wording.ts'

export function outcomeText(wording: Wording, { job: { name, pairs, states }, outcome }: JobOutcome): string {
  const { l10n } = wording
  const mailboxes = (count: number | undefined): string => mailboxesText(wording, count ?? 0)
  switch (outcome) {
    case 'completed':
      return l10n.t('“{0}” is completed: {1}, everything read back.', name, mailboxes(pairs))
    case 'completedWithDifferences':
      return l10n.t('“{0}” is completed; {1} have differences.', name, mailboxes(states.completedWithDifferences))
    case 'stopped':
      return l10n.t('“{0}” is stopped.', name)
    case 'failed':
      return l10n.t('“{0}” came to its end; {1} failed.', name, mailboxes(states.failed))
    case 'waitsForPerson':
      return l10n.t('“{0}” can’t go on by itself; {1} wait.', name, mailboxes(states.waiting))
  }
}

export const credentialsText = ({ l10n }: Wording, { name, user, why }: SecretNeeded): string =>
  why === 'missing'
    ? l10n.t('“{0}” has no credentials; mailboxes wait for them.', name)
    : l10n.t(
        'The server refused the credentials of {0} (“{1}”); mailboxes wait for new ones. They are not tried again by themselves.',
        user,
        name,
      )

export const storageText = ({ l10n }: Wording, trouble: StorageTrouble): string =>
  trouble === 'refuses'
    ? l10n.t('This editor can’t store passwords (on Linux it needs a keyring). They are kept in memory until the window closes.')
    : l10n.t('This editor has forgotten the passwords it was given (on Linux it needs a keyring). Enter them again when they are needed.')
