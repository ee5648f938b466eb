import { basename } from 'node:path'
import { env, window, workspace } from 'vscode'
import type { App } from '../commands/app.ts'
import type { Desk } from './desk.ts'

const filters: Readonly<Record<'csv' | 'pem', Record<string, string[]>>> = {
  csv: { CSV: ['csv', 'txt'] },
  pem: { PEM: ['pem', 'key', 'crt', 'cer', 'txt'] },
}

export const createDesk = (app: App, close: () => void): Desk => ({
  run: (id, ...args) => void app.run(id, ...args),
  copy: text => void env.clipboard.writeText(text),
  async chooseFile(title, kind = 'csv') {
    const [file] = (await window.showOpenDialog({ title, canSelectMany: false, filters: filters[kind] })) ?? []
    if (file === undefined) return undefined
    return { name: basename(file.path), path: file.fsPath, text: new TextDecoder().decode(await workspace.fs.readFile(file)) }
  },
  inform: text => void window.showInformationMessage(text),
  close,
})
