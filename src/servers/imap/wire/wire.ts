import type { EventEmitter } from 'node:events'
import { MailferryError } from '../../../domain/errors.ts'
import type { Folder, Meter } from '../../mailServer.ts'
import { classifyResponse } from '../errors.ts'
import type { RawConnection } from '../handOver.ts'
import type { Command, Sent } from './command.ts'
import type { FetchSink } from './fetchParser.ts'
import { fetchRouter } from './fetchRouter.ts'
import { protocolError } from './protocolError.ts'
import { createResponseReader } from './responseReader.ts'
import { createSegmenter } from './segmenter.ts'
import type { Selection } from './selection.ts'
import { createSender, type Sendable, type Sender } from './sender.ts'
import { isTagged, type Status, type Tagged } from './status.ts'

export interface WireOptions {
  readonly host: string
  /** Address of the mailbox, for errors that name it. */
  readonly mailbox: string
  /** Milliseconds without a byte while an answer is due. */
  readonly silence: number
  readonly onBusy?: ((retryAfterMs: number | undefined) => void) | undefined
  readonly meter?: Meter | undefined
}

interface Pending extends Sent, Sendable {
  began: boolean
  broke: boolean
  resolve(tagged: Tagged): void
  reject(error: unknown): void
}

/**
 * One signed-in IMAP connection on which commands are sent without waiting for the answers of those before (RFC 3501 5.5). Untagged data
 * goes to the command that recognises it as its own. Messages are only ever named by UID, so expunges in between mislead nobody.
 */
export class Wire {
  readonly utf8: boolean
  /** What ENABLE switched on (RFC 5161), upper case. */
  readonly enabled: ReadonlySet<string>
  /** What the last SELECT or EXAMINE sent is about. */
  selected: Selection | undefined
  /** Work under way, in the units of `Command.weight`. */
  load = 0

  readonly #connection: RawConnection
  readonly #options: WireOptions
  readonly #watch: NodeJS.Timeout
  readonly #unanswered: Pending[] = []
  readonly #sender: Sender<Pending>
  readonly #ended = Promise.withResolvers<void>()
  #tags = 0
  #holds = 0
  #lastSign = performance.now()
  #failure: MailferryError | undefined
  #closing = false

  constructor(connection: RawConnection, options: WireOptions) {
    const { capabilities } = connection
    this.#connection = connection
    this.#options = options
    this.enabled = connection.enabled
    this.utf8 = connection.namespace.utf8
    const literals = capabilities.has('LITERAL+') ? 'plus' : capabilities.has('LITERAL-') ? 'minus' : 'synchronising'
    this.#sender = createSender({
      write: connection.write,
      literals,
      mailbox: options.mailbox,
      failure: () => this.#failure,
      writing: bytes => {
        this.#lastSign = performance.now()
        return options.meter?.took(bytes)
      },
      broken: (culprit, reason) => this.#abandon(culprit, reason),
    })
    this.#watch = setInterval(() => this.#lookForSilence(), Math.max(20, options.silence / 8)).unref()
    this.#listen()
  }

  /** Whether commands can still be sent. */
  get alive(): boolean {
    return this.#failure === undefined && !this.#closing
  }

  /** Resolves when the connection is gone, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  send(command: Command): Sent {
    const { promise: answer, resolve, reject } = Promise.withResolvers<Tagged>()
    // Whoever sent it may look at the answer late.
    answer.catch(() => {})
    const pending: Pending = { command, tag: `M${++this.#tags}`, began: false, broke: false, answer, resolve, reject }
    if (!this.alive) {
      reject(this.#failure ?? this.#dropped('the connection is being closed'))
      return pending
    }
    if (this.#unanswered.length === 0) this.#lastSign = performance.now()
    this.load += command.weight ?? 1
    this.#unanswered.push(pending)
    this.#sender.enqueue(pending)
    return pending
  }

  /** Takes nothing more from the network until `release` was called as often: somebody has more than he can use. */
  hold(): void {
    if (this.#holds++ === 0) this.#connection.read.pause()
  }

  release(): void {
    if (--this.#holds > 0) return
    this.#lastSign = performance.now()
    this.#connection.read.resume()
  }

  /** What a command's refusal means; the session's throttle hears of it where the server asks for patience. */
  refusal(command: Pick<Command, 'name'>, { status, code, text }: Tagged, folder?: Folder): MailferryError {
    return this.#classified(status === 'BAD' ? 'BAD' : 'NO', code, text, command.name, folder)
  }

  /** Says goodbye and ends; commands without an answer are broken off. */
  close(): void {
    if (!this.alive) return
    if (this.#unanswered.length > 0) {
      this.destroy(this.#dropped('the session was closed'))
      return
    }
    this.#closing = true
    this.#connection.write.write(`M${++this.#tags} LOGOUT\r\n`)
    this.#connection.read.resume()
    // A server that doesn't hang up by itself is not waited for.
    setTimeout(() => this.destroy(this.#dropped('the session was closed')), 1000).unref()
  }

  /** Ends the connection at once; commands without an answer fail with `error`. */
  destroy(error: MailferryError): void {
    if (this.#failure) return
    this.#failure = error
    clearInterval(this.#watch)
    this.#connection.socket.destroy()
    this.#sender.stop()
    this.load = 0
    const front = this.#unanswered.find(({ command }) => command.fetch?.isComplete?.() !== true)
    if (front) front.broke = front.began
    for (const pending of this.#unanswered.splice(0)) pending.reject(error)
    this.#ended.resolve()
  }

  #dropped(cause: string): MailferryError {
    return new MailferryError('server.dropped', { host: this.#options.host, cause })
  }

  #classified(status: 'NO' | 'BAD' | 'BYE', code: string | undefined, text: string, command: string, folder?: Folder): MailferryError {
    const { host, mailbox } = this.#options
    const error = classifyResponse({ host, mailbox, command, ...(folder && { folder: folder.path.join('/') }) }, status, code, text)
    if (error.code === 'server.busy') this.#options.onBusy?.('retryAfterMs' in error.params ? error.params.retryAfterMs : undefined)
    return error
  }

  #listen(): void {
    const { read, write, socket } = this.#connection
    const { host } = this.#options
    const push = createSegmenter(
      host,
      createResponseReader(host, {
        fetch: fetchRouter((uid, body) => this.#fetchSink(uid, body)),
        data: (kind, number, rest) => this.#offer(command => command.data?.(kind, number, rest)),
        note: status => this.#note(status),
        tagged: (tag, status) => this.#answered(tag, status),
        ready: () => this.#sender.ready(),
      }),
    )
    read.on('data', (chunk: Buffer) => {
      if (this.#failure) return
      this.#lastSign = performance.now()
      try {
        push(chunk)
      } catch (thrown) {
        this.destroy(
          thrown instanceof MailferryError
            ? thrown
            : new MailferryError('server.protocol', { host, detail: String(thrown) }, { cause: thrown }),
        )
      }
    })
    // Whoever unpiped it before us left it paused.
    read.resume()
    const failed = (error: Error) => this.destroy(this.#dropped(error.message))
    for (const stream of new Set<EventEmitter>([read, write, socket])) stream.on('error', failed)
    read.on('end', () => this.destroy(this.#dropped('the server hung up')))
    socket.on('close', () => this.destroy(this.#dropped('the connection was closed')))
  }

  /** Offers something untagged to the commands under way, the oldest first, until one takes it. */
  #offer(to: (command: Command) => boolean | undefined): void {
    for (const [index, { command }] of this.#unanswered.entries()) if (mayHear(command, index) && to(command) === true) return
  }

  #fetchSink(uid: number, body: boolean): FetchSink | undefined {
    for (const [index, { command }] of this.#unanswered.entries()) {
      const { fetch } = command
      if (fetch && mayHear(command, index) && (fetch.bodyStart !== undefined) === body && (uid === 0 || fetch.wants?.(uid) !== false))
        return fetch
    }
    return undefined
  }

  #note(status: Status): void {
    if (status.status === 'BYE') {
      if (!this.#closing) this.destroy(this.#classified('BYE', status.code, status.text, this.#unanswered[0]?.command.name ?? 'LOGOUT'))
      return
    }
    if (status.status === 'NO' || status.status === 'BAD') this.#classified(status.status, status.code, status.text, 'NOOP')
    this.#offer(command => command.note?.(status))
  }

  #answered(tag: string, status: Status): void {
    const index = this.#unanswered[0]?.tag === tag ? 0 : this.#unanswered.findIndex(pending => pending.tag === tag)
    if (index < 0) {
      // LOGOUT's isn't waited for. Any other is somebody's answer under a wrong name, and that command would be waited for in vain.
      if (!this.#closing) throw protocolError(this.#options.host, `an answer to a command that was not sent, ${tag}`)
      return
    }
    if (!isTagged(status)) return
    const [pending] = this.#unanswered.splice(index, 1)
    if (!pending) return
    const { command } = pending
    this.load -= command.weight ?? 1
    command.answered?.(status)
    this.#sender.answered(pending)
    if (command.selection?.error) pending.reject(command.selection.error)
    else pending.resolve(status)
  }

  #lookForSilence(): void {
    const front = this.#unanswered[0]
    if (!front || this.#holds > 0) return
    if (this.#sender.isFeeding(front)) {
      this.#lastSign = performance.now()
      return
    }
    const limit = this.#options.silence + (front.command.patience ?? 0)
    const silent = performance.now() - this.#lastSign
    if (silent > limit) this.destroy(new MailferryError('server.stalled', { host: this.#options.host, ms: Math.round(silent) }))
  }

  /** Half a command can't be taken back. Its own sender learns the reason, the others only that the connection is gone. */
  #abandon(culprit: Pending, reason: MailferryError): void {
    const index = this.#unanswered.indexOf(culprit)
    if (index >= 0) this.#unanswered.splice(index, 1)
    culprit.reject(reason)
    this.destroy(this.#dropped('a command could not be sent to its end'))
  }
}

/** What comes for a folder that isn't open yet, or could not be opened, is for none of the commands in it. */
const mayHear = ({ opens, selection }: Command, index: number): boolean =>
  opens === true ? index === 0 : selection === undefined || selection.state === 'open'
