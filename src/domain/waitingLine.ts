/** Those who wait for their turn, first come first served. `About`: what is known of each; `Turn`: what each is given. */
export interface WaitingLine<About, Turn> {
  readonly length: number
  /** Of whom is next. */
  readonly first: About | undefined
  /** Resolves with the turn. Rejects with the signal's reason when that aborts first: who gave up is no longer in the line, and `left` is called. */
  join(about: About, signal: AbortSignal, left?: () => void): Promise<Turn>
  /** Gives the first one a turn, where anybody waits. */
  call(turn: Turn): void
}

export function createWaitingLine<Turn, About = undefined>(): WaitingLine<About, Turn> {
  const line: { readonly about: About; readonly go: (turn: Turn) => void }[] = []
  return {
    get length() {
      return line.length
    },
    get first() {
      return line[0]?.about
    },
    join: (about, signal, left) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const one = {
          about,
          go(turn: Turn) {
            signal.removeEventListener('abort', giveUp)
            resolve(turn)
          },
        }
        const giveUp = () => {
          line.splice(line.indexOf(one), 1)
          reject(signal.reason)
          left?.()
        }
        signal.addEventListener('abort', giveUp, { once: true })
        line.push(one)
      }),
    call: turn => line.shift()?.go(turn),
  }
}
