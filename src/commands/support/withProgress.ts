import { ProgressLocation, window } from 'vscode'

/** Shows that something is waited for; the person's *Cancel* is the signal. */
export async function withProgress<Answer>(
  title: string,
  work: (signal: AbortSignal, say: (message: string, share?: number) => void) => Promise<Answer>,
): Promise<Answer> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const cancel = new AbortController()
    const listening = token.onCancellationRequested(() => cancel.abort())
    let told = 0
    try {
      return await work(cancel.signal, (message, share) => {
        const percent = share === undefined ? undefined : share * 100
        progress.report({ message, ...(percent === undefined ? {} : { increment: percent - told }) })
        told = percent ?? told
      })
    } finally {
      listening.dispose()
    }
  })
}
