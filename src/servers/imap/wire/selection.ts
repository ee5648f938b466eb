import { MailferryError } from '../../../domain/errors.ts'
import type { Folder } from '../../mailServer.ts'
import type { Command } from './command.ts'
import { parseFlags } from './flags.ts'
import { mailboxArgument } from './mailboxArgument.ts'
import type { Status, Tagged } from './status.ts'
import type { Wire } from './wire.ts'

/** What SELECT or EXAMINE told of a folder (RFC 3501 7.2, 7.3; RFC 7162). */
export interface Selection {
  readonly folder: Folder
  /** SELECTed, so that flags can be stored; else EXAMINEd, which changes nothing on the server. */
  readonly writable: boolean
  /** `performance.now()` when it was asked for. */
  readonly askedAt: number
  state: 'asked' | 'open' | 'refused'
  /** Why it is refused. */
  error: MailferryError | undefined
  exists: number
  uidNext: number | undefined
  /** As text: it has 63 bits. Absent where the folder keeps none (NOMODSEQ). */
  modseq: string | undefined
  /** Absent where the server didn't tell: then all flags can be stored (RFC 3501 7.1). */
  permanentFlags: readonly string[] | undefined
  /** Rejects when the folder can't be opened or isn't the one it was (another UIDVALIDITY). */
  readonly opened: Promise<unknown>
}

export interface SelectOptions extends Pick<Command, 'fetch' | 'data'> {
  readonly writable?: boolean
  /** Opens it anew where it was opened before this `performance.now()`: a folder selected earlier doesn't know what came since. */
  readonly notBefore?: number
  /** Such as `(QRESYNC (…))`, with what it has the server send at once; where this wire has it. */
  readonly parameters?: (wire: Wire) => string | undefined
}

/** Opens a folder on a wire, unless it is open there; commands may be sent behind it without waiting. */
export function select(wire: Wire, folder: Folder, options: SelectOptions = {}): Selection {
  const current = wire.selected
  if (current && serves(current, folder, options)) return current

  const { promise: opened, resolve, reject } = Promise.withResolvers<unknown>()
  opened.catch(() => {})
  const selection: Selection = {
    folder,
    writable: options.writable === true,
    askedAt: performance.now(),
    state: 'asked',
    error: undefined,
    exists: 0,
    uidNext: undefined,
    modseq: undefined,
    permanentFlags: undefined,
    opened,
  }
  const refuse = (error: MailferryError) => {
    selection.state = 'refused'
    selection.error = error
    if (wire.selected === selection) wire.selected = undefined
  }
  let validity: string | undefined
  const parameters = options.parameters?.(wire)
  const name = selection.writable ? 'SELECT' : 'EXAMINE'
  const command: Command = {
    name,
    text: [name, mailboxArgument(folder.id, wire.utf8), ...(parameters === undefined ? [] : [parameters])].join(' '),
    ...(options.fetch && { fetch: options.fetch }),
    opens: true,
    data(kind, number, rest) {
      if (kind === 'EXISTS') selection.exists = number
      else options.data?.(kind, number, rest)
      return true
    },
    note({ code, args }: Status) {
      if (code === 'UIDVALIDITY') validity = args
      else if (code === 'UIDNEXT') selection.uidNext = Number(args)
      else if (code === 'HIGHESTMODSEQ') selection.modseq = args
      else if (code === 'PERMANENTFLAGS') selection.permanentFlags = parseFlags(args.replace(/[()]/g, ''))
      return true
    },
    // Decided as the answer is read, not a promise later: data of the commands behind it may be in the same packet.
    answered(tagged: Tagged) {
      if (tagged.status !== 'OK') refuse(orGone(wire.refusal(command, tagged, folder), folder))
      // A folder whose STATUS could not be had comes without its UIDVALIDITY.
      else if (validity !== undefined && folder.validity !== '' && validity !== folder.validity) refuse(gone(folder))
      else selection.state = 'open'
    },
  }
  wire.selected = selection
  wire.send(command).answer.then(() => (selection.error ? reject(selection.error) : resolve(undefined)), reject)
  return selection
}

const serves = (selection: Selection, folder: Folder, { writable = false, notBefore = 0, parameters }: SelectOptions): boolean =>
  parameters === undefined &&
  selection.folder.id === folder.id &&
  selection.folder.validity === folder.validity &&
  selection.state !== 'refused' &&
  selection.askedAt >= notBefore &&
  (selection.writable || !writable)

/** Servers without RFC 5530's NONEXISTENT say it in words: Exchange, Courier, Cyrus, hMailServer. */
const missing = /(does ?n['’o]t|does not) exist|no such|not found|could not be found|unknown (mailbox|folder)|non-?existent/i

const gone = (folder: Folder): MailferryError => new MailferryError('folder.gone', { folder: folder.path.join('/') })

const orGone = (error: MailferryError, folder: Folder): MailferryError =>
  error.code === 'folder.refused' && 'response' in error.params && missing.test(error.params.response) ? gone(folder) : error
