import { basename } from 'node:path'
import { authentication, env, Uri, window, workspace } from 'vscode'
import { showScript } from '../commands/support/showScript.ts'
import { createMicrosoftSignIn } from '../editor/microsoftSession.ts'
import type { TenantDesk } from './tenantDesk.ts'

export const createTenantDesk = (): TenantDesk => ({
  signInWithMicrosoft: createMicrosoftSignIn(authentication.getSession),
  showScript,
  async saveFile(title, name, text) {
    const folder = workspace.workspaceFolders?.[0]?.uri
    const file = await window.showSaveDialog({ title, ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }) })
    if (file === undefined) return undefined
    await workspace.fs.writeFile(file, new TextEncoder().encode(text))
    return basename(file.path)
  },
  readClipboard: async () => env.clipboard.readText(),
  openPage: url => void env.openExternal(Uri.parse(url)),
})
