import { CancellationError, commands } from 'vscode'
import { asMailferryError } from '../domain/asMailferryError.ts'
import type { App } from './app.ts'
import { type CommandArguments, type CommandId, fullId } from './commandTable.ts'
import { showError } from './support/showError.ts'

/** What a command does. Throws MailferryError; what it throws is told the person by whoever registered it. */
export type CommandHandler<Of extends CommandId> = (app: App, ...args: CommandArguments<Of>) => Promise<void> | void
export type CommandHandlers<Of extends CommandId = CommandId> = { readonly [Id in Of]: CommandHandler<Id> }

/** Registers commands, each inside the one place that turns errors into words and log lines. */
export function registerCommands<Of extends CommandId>(app: App, handlers: CommandHandlers<Of>): Disposable {
  const registered = new DisposableStack()
  for (const id of Object.keys(handlers) as Of[]) {
    const handler = handlers[id]
    registered.adopt(
      commands.registerCommand(fullId(id), async (...args: CommandArguments<Of>) => {
        app.log.info(`command ${id}`)
        try {
          await handler(app, ...args)
        } catch (thrown) {
          if (thrown instanceof CancellationError) return
          app.log.error(`command ${id} failed: ${asMailferryError(thrown).code}`)
          await showError(app, thrown)
        }
      }),
      one => one.dispose(),
    )
  }
  return registered
}
