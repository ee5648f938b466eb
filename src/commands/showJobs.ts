import { commands } from 'vscode'

/** VS Code itself contributes the command that focuses a view. */
export async function showJobs(): Promise<void> {
  await commands.executeCommand('mailferry.jobs.focus')
}
