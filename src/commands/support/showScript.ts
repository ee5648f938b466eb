import { window, workspace } from 'vscode'

/** Opens a PowerShell script that belongs to nobody yet: to be read, and saved where the person wants it. */
export async function showScript(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'powershell', content }), { preview: false })
}
