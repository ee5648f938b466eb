import type { SecretReference } from '../domain/secretReference.ts'

/** A secret as it was given: a password, or the CSV of an IMAP connection's mailboxes. Lives in memory only, until the run ends. */
export interface GivenSecret {
  readonly text: string
  /** When a person last gave it, in milliseconds since the epoch: who refused an older one may be asked again. */
  readonly givenAt: number
  /** Others on this machine can read the file. */
  readonly exposed?: true
}

export const referenceText = (reference: SecretReference): string =>
  'file' in reference
    ? reference.file
    : 'fd' in reference
      ? `file descriptor ${reference.fd}`
      : 'vault' in reference
        ? 'the vault'
        : 'VS Code’s secret storage'
