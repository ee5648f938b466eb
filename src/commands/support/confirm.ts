import { CancellationError, window } from 'vscode'

/** Asks before something that can't be taken back. Throws CancellationError unless the person presses the button. */
export async function confirm(message: string, detail: string, button: string): Promise<void> {
  const chosen = await window.showWarningMessage(message, { modal: true, detail }, button)
  if (chosen !== button) throw new CancellationError()
}
