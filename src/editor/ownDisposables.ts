import type { Disposable as EditorsDisposable } from 'vscode'

/** Takes what has to be ended with the extension: of the language's own kind, and of the editor's. Both give back what they took. */
export interface Owner {
  own<Owned extends Disposable>(owned: Owned): Owned
  keep<Kept extends Pick<EditorsDisposable, 'dispose'>>(kept: Kept): Kept
}

export const ownDisposables = (subscriptions: { push(disposable: { dispose(): unknown }): unknown }): Owner => ({
  own(owned) {
    subscriptions.push({ dispose: () => owned[Symbol.dispose]() })
    return owned
  },
  keep(kept) {
    subscriptions.push(kept)
    return kept
  },
})
