import type { MicrosoftSignIn } from '../editor/microsoftSession.ts'

/** What preparing a tenant needs of the editor around it; a test stands in for it. */
export interface TenantDesk {
  readonly signInWithMicrosoft: MicrosoftSignIn
  /** Opens a PowerShell script to be read and saved. */
  showScript(script: string): Promise<void>
  /** Saves a text where the person says; answers the file's name, or nothing where none was chosen. */
  saveFile(title: string, name: string, text: string): Promise<string | undefined>
  readClipboard(): Promise<string>
  openPage(url: string): void
}
