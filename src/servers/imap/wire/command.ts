import type { FetchSink } from './fetchParser.ts'
import type { Outlet } from './outlet.ts'
import type { Selection } from './selection.ts'
import type { Status, Tagged } from './status.ts'

/** One command as it goes down a wire. */
export interface Command {
  /** For error texts: `UID FETCH`, `APPEND`. */
  readonly name: string
  /** What follows the tag, without CRLF, each character one byte. Left out where `content` writes everything. */
  readonly text?: string
  /** Writes the command behind its tag, without the last CRLF. Throwing in its midst costs the connection, for nobody could tell where the command ends. */
  readonly content?: (out: Outlet) => Promise<void>
  /** Takes the FETCH responses to this command. */
  readonly fetch?: FetchSink
  /** Offered the other untagged data; tells whether it was this command's. What nobody takes is news nobody asked for. */
  readonly data?: (kind: string, number: number, rest: string) => boolean
  /** Offered the untagged OK, NO and BAD, likewise. */
  readonly note?: (status: Status) => boolean
  /** Told of the answer while it is being read, before any data behind it. */
  readonly answered?: (tagged: Tagged) => void
  /** The folder the command is about; nothing is for it that comes while that folder isn't open. */
  readonly selection?: Selection
  /** It opens a folder: then all commands before it were answered before anything is for it. */
  readonly opens?: boolean
  /** How much work it is for the server, for choosing the least loaded wire. A fetch of a few messages is 1. */
  readonly weight?: number
  /** Milliseconds of silence allowed beyond the usual ones, for a server that stores a large message first and answers then. */
  readonly patience?: number
  /** `performance.now()` milliseconds after which nothing of it may be sent any more. */
  readonly deadline?: () => number
}

/** A command on its way. */
export interface Sent {
  readonly command: Command
  /** Whether its first byte was handed to the network: what was not sent can be sent again elsewhere. */
  readonly began: boolean
  /** Whether the connection broke while this command was the oldest without an answer: it may be why. */
  readonly broke: boolean
  /** OK, NO or BAD; rejects with the connection's error when it broke, or with the folder's when that could not be opened. */
  readonly answer: Promise<Tagged>
}
