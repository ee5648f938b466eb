import { rm, stat } from 'node:fs/promises'
import { person } from './person.ts'

/** As much of the module `vscode` as commands need, answered by `person`. What a real editor does with it is proved in `test/host`. */

export class CancellationError extends Error {}

interface Item {
  readonly label?: string
  readonly title?: string
}
type Offer = string | Item

const labelOf = (offer: Offer): string => (typeof offer === 'string' ? offer : (offer.label ?? offer.title ?? ''))

function message(
  text: string,
  ...rest: readonly (Offer | { readonly modal?: boolean; readonly detail?: string })[]
): Promise<Offer | undefined> {
  const [first] = rest
  const options = typeof first === 'object' && 'modal' in first ? first : undefined
  const offers = (options === undefined ? rest : rest.slice(1)) as readonly Offer[]
  const detail = options?.detail
  person.asked.push({ by: 'message', text, offers: offers.map(labelOf), ...(detail === undefined ? {} : { detail }) })
  const pressed = offers.length === 0 ? undefined : person.next('presses')?.presses
  return Promise.resolve(offers.find(offer => labelOf(offer) === pressed))
}

const fileUri = (fsPath: string) => ({ fsPath, path: fsPath, scheme: 'file' })

interface FakeTerminal {
  show(): void
  dispose(): void
}

/** What was started in terminals. */
export const terminals: { readonly shellArgs: readonly string[]; readonly terminal: FakeTerminal }[] = []
const closed: ((terminal: FakeTerminal) => void)[] = []

export class ThemeIcon {}
export const ViewColumn = { Active: -1 }

type Listener = (value: unknown) => void

/** A panel whose page is the test: what the host shows it, and what it says to the host. */
export interface FakePanel {
  readonly shown: unknown[]
  says(message: unknown): void
}

export const panels: FakePanel[] = []

function createPanel(title: string) {
  const received: Listener[] = []
  const shown: unknown[] = []
  panels.push({
    shown,
    says(message) {
      for (const listener of received) listener(message)
    },
  })
  const webview = {
    options: {},
    html: '',
    cspSource: 'test:',
    asWebviewUri: (uri: { readonly path: string }) => uri.path,
    postMessage: async (message: unknown) => void shown.push(message),
    onDidReceiveMessage: (listener: Listener) => void received.push(listener),
  }
  return { title, webview, iconPath: undefined, reveal() {}, dispose() {}, onDidDispose: () => ({ dispose() {} }) }
}

export const window = {
  createWebviewPanel: (_viewType: string, title: string) => createPanel(title),
  createTerminal({ shellArgs }: { readonly shellArgs: readonly string[] }): FakeTerminal {
    const terminal: FakeTerminal = {
      show() {},
      dispose() {
        for (const listener of closed) listener(terminal)
      },
    }
    terminals.push({ shellArgs, terminal })
    return terminal
  },
  onDidCloseTerminal(listener: (terminal: FakeTerminal) => void) {
    closed.push(listener)
    return { dispose: () => void closed.splice(closed.indexOf(listener), 1) }
  },
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
  async showQuickPick<Of extends Item>(items: readonly Of[], options: { readonly title: string; readonly canPickMany?: boolean }) {
    person.asked.push({ by: 'pick', text: options.title, offers: items.map(labelOf) })
    const picks = person.next('picks')?.picks
    const picked = picks && items.filter(item => picks.includes(labelOf(item)))
    return options.canPickMany === true ? picked : picked?.[0]
  },
  async showInputBox({ title, prompt }: { readonly title: string; readonly prompt?: string }) {
    person.asked.push({ by: 'input', text: title, offers: [], ...(prompt === undefined ? {} : { detail: prompt }) })
    return person.next('types')?.types
  },
  async showOpenDialog({ title }: { readonly title: string }) {
    person.asked.push({ by: 'open', text: title, offers: [] })
    const name = person.next('names')?.names
    return name === undefined ? undefined : [fileUri(name)]
  },
  async showSaveDialog({ title }: { readonly title: string }) {
    person.asked.push({ by: 'save', text: title, offers: [] })
    const name = person.next('names')?.names
    return name === undefined ? undefined : fileUri(name)
  },
  async withProgress<Of>(
    _options: unknown,
    work: (progress: { report(): void }, token: { onCancellationRequested(): { dispose(): void } }) => Promise<Of>,
  ): Promise<Of> {
    return work({ report() {} }, { onCancellationRequested: () => ({ dispose() {} }) })
  },
  showTextDocument: async () => undefined,
}

export const workspace = {
  workspaceFolders: undefined,
  openTextDocument: async ({ content }: { readonly content: string }) => {
    person.asked.push({ by: 'document', text: content, offers: [] })
    return {}
  },
  fs: {
    stat: async ({ fsPath }: { readonly fsPath: string }) => stat(fsPath),
    delete: async ({ fsPath }: { readonly fsPath: string }) => rm(fsPath),
    writeFile: async (uri: { readonly fsPath: string }, bytes: Uint8Array) => void written.set(uri.fsPath, new TextDecoder().decode(bytes)),
  },
}

/** What was written to files, by path. */
export const written = new Map<string, string>()

export const env = {
  language: 'en',
  clipboard: { writeText: async (text: string) => void written.set('clipboard', text) },
  openExternal: async ({ fsPath }: { readonly fsPath: string }) => void written.set('browser', fsPath),
}
export const Uri = {
  parse: fileUri,
  file: fileUri,
  joinPath: (base: { readonly fsPath: string }, ...parts: readonly string[]) => fileUri([base.fsPath, ...parts].join('/')),
}
export const ProgressLocation = { Notification: 15 }
export const QuickPickItemKind = { Separator: -1, Default: 0 }
export const commands = { executeCommand: async () => undefined }
