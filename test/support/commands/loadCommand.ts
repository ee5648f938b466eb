import { registerHooks } from 'node:module'

const editor = new URL('./editor.ts', import.meta.url).href

/** The module `vscode` is there only inside the editor; here it is the one that a test's `person` answers. */
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'vscode' ? { url: editor, shortCircuit: true } : next(specifier, context)),
})

/** The handlers of the commands that open no panel. */
export const loadHandlers = async () => (await import('../../../src/commands/handlers.ts')).handlers
