import { commands } from 'vscode'
import type { ContextKey } from '../commands/contextKeys.ts'
import { contextOf } from './contextOf.ts'
import type { Mirror } from './mirror.ts'

export type SetContext = (key: ContextKey, value: boolean) => void

/** Tells VS Code about a context key, where it isn't told already. */
export function createSetContext(): SetContext {
  const told = new Map<ContextKey, boolean>()
  return (key, value) => {
    if (told.get(key) === value) return
    told.set(key, value)
    void commands.executeCommand('setContext', key, value)
  }
}

/** Keeps the context keys that follow from what is defined. */
export function followContext(mirror: Mirror, set: SetContext): Disposable {
  const tell = (): void => {
    for (const [key, value] of contextOf(mirror)) set(key, value)
  }
  const listening = mirror.onDidChange(tell)
  return { [Symbol.dispose]: () => listening.dispose() }
}
