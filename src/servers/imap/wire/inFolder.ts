import type { Folder } from '../../mailServer.ts'
import type { SessionContext } from '../sessionContext.ts'
import type { Command, Sent } from './command.ts'
import { type Selection, type SelectOptions, select } from './selection.ts'
import type { Tagged } from './status.ts'
import type { Wire } from './wire.ts'

/** A folder on a wire it shares with others. */
export interface OpenFolder {
  readonly wire: Wire
  /** What its latest opening told, or will; looking at it opens the folder. */
  readonly selection: Selection
  /** Sends a command in the folder, behind the opening where it isn't open, or where somebody else opened another one meanwhile. Fails with the opening's error. */
  send(command: FolderCommand): Sent
  /** The same, and throws what the server answered instead of OK. Some messages expunged meanwhile (RFC 5530) are no reason to. */
  run(command: FolderCommand): Promise<Tagged>
}

export type FolderCommand = Omit<Command, 'selection'>

/** Finds the wire for requests on a folder. */
export async function inFolder({ pool }: SessionContext, folder: Folder, options: SelectOptions = {}): Promise<OpenFolder> {
  const wire = await pool.wire(folder)
  const again = { writable: options.writable === true, notBefore: options.notBefore ?? 0 }
  let latest: Selection | undefined

  const opened = (): Selection => {
    if (latest === undefined || wire.selected !== latest) latest = select(wire, folder, latest === undefined ? options : again)
    return latest
  }
  const send = (command: FolderCommand): Sent => wire.send({ ...command, selection: opened() })
  return {
    wire,
    get selection() {
      return latest ?? opened()
    },
    send,
    async run(command) {
      const tagged = await send(command).answer
      if (tagged.status !== 'OK' && tagged.code !== 'EXPUNGEISSUED') throw wire.refusal(command, tagged, folder)
      return tagged
    },
  }
}
