import { EventEmitter, Uri, window, workspace } from 'vscode'

/** Texts to read, in the editor: they can be searched and copied, and closing them asks nothing. */
export interface Documents extends Disposable {
  /** Shows Markdown under a title; what was shown under it before is replaced. */
  show(title: string, text: string): Promise<void>
}

const scheme = 'mailferry'

export function createDocuments(): Documents {
  const texts = new Map<string, string>()
  const changed = new EventEmitter<Uri>()
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: uri => texts.get(uri.path) ?? '',
  })
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.path)
  })
  return {
    async show(title, text) {
      const uri = Uri.from({ scheme, path: `/${title.replaceAll('/', '∕')}.md` })
      texts.set(uri.path, `# ${title}\n\n${text}\n`)
      changed.fire(uri)
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true })
    },
    [Symbol.dispose]() {
      provider.dispose()
      closing.dispose()
      changed.dispose()
    },
  }
}
