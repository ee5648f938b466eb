import { commands } from 'vscode'

/** Opens the walkthrough that the extension contributes. */
export async function openWalkthrough(): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', 'mailferry.mailferry#start', false)
}
