import { connectionCommands } from './connectionCommands.ts'
import { generalCommands } from './generalCommands.ts'
import { jobCommands } from './jobCommands.ts'
import type { ArgumentsOf } from './spec.ts'

/** Every command, declared once: what its handler takes, and what the manifest says of it. `package.json` is made from this and checked against it. */
export const commandTable = { ...connectionCommands, ...jobCommands, ...generalCommands }

/** A command's name; its id in VS Code has `mailferry.` before it. */
export type CommandId = keyof typeof commandTable
export type CommandArguments<Of extends CommandId> = ArgumentsOf<(typeof commandTable)[Of]>

export const fullId = (id: CommandId): string => `mailferry.${id}`

/** Calls a command by its name, with what it takes. */
export type RunCommand = <Of extends CommandId>(id: Of, ...args: CommandArguments<Of>) => Promise<void>
