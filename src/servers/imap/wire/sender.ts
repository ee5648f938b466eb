import type { Writable } from 'node:stream'
import { MailferryError } from '../../../domain/errors.ts'
import type { Command } from './command.ts'
import { createOutlet, type LiteralMode } from './outlet.ts'

/** A command waiting to be sent. */
export interface Sendable {
  readonly tag: string
  readonly command: Command
  /** Its first byte was handed to the network. */
  began: boolean
}

export interface SenderOptions<Pending extends Sendable> {
  readonly write: Writable
  readonly literals: LiteralMode
  /** Address of the mailbox, for the error of a deadline that passed. */
  readonly mailbox: string
  /** Why nothing can be sent any more, once that is so. */
  readonly failure: () => MailferryError | undefined
  /** Bytes are about to go to the network; they wait where a promise is answered. */
  readonly writing: (bytes: number) => Promise<void> | undefined
  /** Half a command was sent, or its deadline passed: the connection is of no use any more. */
  readonly broken: (culprit: Pending, reason: MailferryError) => void
}

export interface Sender<Pending extends Sendable> {
  enqueue(pending: Pending): void
  /** The server is ready for the literal it was told of. */
  ready(): void
  /** A command was answered; one that is still being sent needn't be sent to its end where the server waits for nothing more of it. */
  answered(pending: Pending): void
  /** Wakes whoever waits, because of a failure. */
  stop(): void
  /** Whether this command is being sent and it is us who keep the server waiting: its content comes from somewhere slow. */
  isFeeding(pending: Pending): boolean
}

/** Sends commands one after the other, without waiting for answers; those asked for in the same turn share a packet. */
export function createSender<Pending extends Sendable>(options: SenderOptions<Pending>): Sender<Pending> {
  const { write, failure } = options
  const queue: Pending[] = []
  const wakers = new Set<() => void>()
  let pumping = false
  /** What the server said about the literal of the command being sent. */
  let readiness: 'ready' | 'refused' | undefined

  const wake = () => {
    for (const one of wakers) one()
  }
  const check = ({ deadline }: Command) => {
    const failed = failure()
    if (failed) throw failed
    if (deadline && performance.now() >= deadline()) throw new MailferryError('lease.lost', { pair: options.mailbox })
  }
  /** Waits until something is so, the connection ends or the command's deadline passes, whichever comes first. */
  const until = async (holds: () => boolean, command: Command): Promise<void> => {
    // Looks twice a second, for a deadline moves on as long as the lease is renewed.
    const timer = command.deadline && setInterval(wake, 500).unref()
    try {
      while (!holds()) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wakers.add(resolve)
        await promise
        wakers.delete(resolve)
        check(command)
      }
    } finally {
      clearInterval(timer)
    }
  }

  const sendContent = async ({ tag, command }: Pending, content: NonNullable<Command['content']>): Promise<void> => {
    readiness = undefined
    const out = createOutlet(write, options.literals, {
      check: () => check(command),
      async drained() {
        let drained = false
        write.once('drain', () => {
          drained = true
          wake()
        })
        await until(() => drained, command)
      },
      async ready() {
        await until(() => readiness !== undefined, command)
        const ready = readiness === 'ready'
        if (ready) readiness = undefined
        return ready
      },
      writing: options.writing,
    })
    out.text(`${tag} `)
    await content(out)
    // A command whose literal was refused ended there (RFC 3501 7.5).
    if (!out.refused) out.text('\r\n')
    await out.flush()
  }

  const pump = async (): Promise<void> => {
    pumping = true
    write.cork()
    let current: Pending | undefined
    try {
      await Promise.resolve()
      for (current = queue[0]; current && !failure(); current = queue[0]) {
        const { tag, command } = current
        check(command)
        current.began = true
        if (command.content) await sendContent(current, command.content)
        else write.write(`${tag} ${command.text ?? command.name}\r\n`, 'latin1')
        queue.shift()
        if (queue.length === 0) await Promise.resolve()
      }
    } catch (thrown) {
      const reason =
        thrown instanceof MailferryError ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown })
      if (current) options.broken(current, reason)
    } finally {
      write.uncork()
      pumping = false
    }
  }

  return {
    enqueue(pending) {
      queue.push(pending)
      if (!pumping) void pump()
    },
    ready() {
      readiness = 'ready'
      wake()
    },
    answered(pending) {
      if (queue[0] !== pending) return
      readiness = 'refused'
      wake()
    },
    stop: wake,
    isFeeding: pending => queue[0] === pending && wakers.size === 0,
  }
}
