import type { Writable } from 'node:stream'

/** How many bytes may wait in this process for the network to take them. Also how much goes out before a deadline is looked at again. */
const roomBytes = 256 * 1024

/** What a sender does for the outlet of the command it sends. */
export interface OutletHost {
  /** Waits for the stream's `drain`; throws when the connection ends or the deadline passes before. */
  drained(): Promise<void>
  /** Throws when nothing may be sent any more. */
  check(): void
  /** Waits for the server's `+`; false when it refused the command instead. Throws as `drained` does. */
  ready(): Promise<boolean>
  /** So many bytes are about to go to the network; they wait for what is answered. */
  writing(bytes: number): Promise<void> | undefined
}

/** The LITERAL+ or LITERAL- extension (RFC 7888), or neither. */
export type LiteralMode = 'plus' | 'minus' | 'synchronising'

/** Largest literal LITERAL- lets go without waiting, in bytes (RFC 7888 5). */
const minusLimit = 4096

const goesAtOnce = (mode: LiteralMode, size: number): boolean => mode === 'plus' || (mode === 'minus' && size <= minusLimit)

/** Writes the pieces of one command, many to a packet, and never more than the network takes. */
export interface Outlet {
  /** Each character is one byte. */
  text(text: string): void
  /** Sent as they are, not copied: nobody may change them afterwards. */
  bytes(bytes: Buffer): void
  /** True when so much waits that `flush` must come before more. */
  readonly full: boolean
  flush(): Promise<void>
  /**
   * Announces a literal; its bytes may follow when this is true. False: the server has refused the command, and nothing more of it may be sent.
   * `binary`: a literal8, which may hold NUL (BINARY, RFC 3516).
   */
  literal(size: number, binary?: boolean): Promise<boolean> | true
  /** A literal was refused. */
  readonly refused: boolean
}

export function createOutlet(write: Writable, mode: LiteralMode, host: OutletHost): Outlet {
  let waiting = 0
  let refused = false

  const text = (piece: string) => {
    write.write(piece, 'latin1')
    waiting += piece.length
  }
  const flush = async () => {
    host.check()
    const pause = host.writing(waiting)
    waiting = 0
    if (pause !== undefined) {
      await pause
      host.check()
    }
    write.uncork()
    try {
      if (write.writableNeedDrain) await host.drained()
      host.check()
    } finally {
      write.cork()
    }
  }
  const announced = async () => {
    await flush()
    refused = !(await host.ready())
    return !refused
  }
  return {
    text,
    bytes(bytes) {
      write.write(bytes)
      waiting += bytes.length
    },
    get full() {
      return waiting >= roomBytes
    },
    flush,
    literal(size, binary = false) {
      const atOnce = goesAtOnce(mode, size)
      text(`${binary ? '~' : ''}{${size}${atOnce ? '+' : ''}}\r\n`)
      return atOnce || announced()
    },
    get refused() {
      return refused
    },
  }
}
