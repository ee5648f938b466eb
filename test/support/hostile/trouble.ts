import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from './commandReader.ts'

/** One thing a server does wrong, or refuses with full right. */
export type Trouble =
  /** This tagged answer instead of doing it, e.g. `NO [OVERQUOTA] mailbox full`. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'bye'; readonly text: string }
  /** Resets the connection instead of doing it. */
  | { readonly kind: 'cut' }
  /** Does it and sends so many bytes of the answer; then BYE, where there is a text, and a reset. */
  | { readonly kind: 'cutIn'; readonly bytes: number; readonly bye?: string }
  /** Does it; the answer is never sent and the connection reset. */
  | { readonly kind: 'loseAnswer' }
  /** Never answers, and keeps the connection open; `after` doing it or not. */
  | { readonly kind: 'silence'; readonly after: boolean }
  | { readonly kind: 'wrongTag' }
  /** Sends this before the right answer. */
  | { readonly kind: 'garbage'; readonly bytes: Buffer | string }
  | { readonly kind: 'delay'; readonly ms: number }

export interface Rule {
  /** Tried on the command as sent, without its tag, literals as `{size}`. */
  readonly on: RegExp
  /** Lets so many matching commands pass first. */
  readonly skip?: number
  /** For so many commands, over all connections; default 1. */
  readonly times?: number
  readonly trouble: Trouble
}

/** Where a session's answers go: they wait here until the command is done, so that trouble can be had with them. */
export interface Answers {
  /** Hands the parts to the socket as one write. */
  flush(parts: readonly Buffer[]): Promise<void>
  reset(): void
  end(): void
}

/** Hands out what is to go wrong with a command, each rule as often as it says. */
export function troubleMaker(rules: readonly Rule[]): { add(rule: Rule): void; for(command: Command): Trouble | undefined } {
  const live = rules.map(rule => ({ rule, seen: 0, used: 0 }))
  return {
    add: rule => live.push({ rule, seen: 0, used: 0 }),
    for: command => {
      for (const entry of live) {
        if (!entry.rule.on.test(command.text)) continue
        if (entry.seen++ < (entry.rule.skip ?? 0) || entry.used >= (entry.rule.times ?? 1)) continue
        entry.used++
        return entry.rule.trouble
      }
      return undefined
    },
  }
}

/** Runs one command under its trouble. Answers false where the connection is over. */
export async function runTroubled(
  trouble: Trouble | undefined,
  tag: string,
  run: () => Promise<readonly Buffer[]>,
  answers: Answers,
): Promise<boolean> {
  const over = (): boolean => {
    answers.reset()
    return false
  }
  switch (trouble?.kind) {
    case undefined:
      await answers.flush(await run())
      return true
    case 'answer':
      await answers.flush([Buffer.from(`${tag} ${trouble.text}\r\n`)])
      return true
    case 'bye':
      await answers.flush([Buffer.from(`* BYE ${trouble.text}\r\n`)])
      answers.end()
      return false
    case 'cut':
      return over()
    case 'cutIn': {
      const whole = Buffer.concat(await run())
      await answers.flush([whole.subarray(0, trouble.bytes)])
      if (trouble.bye !== undefined) await answers.flush([Buffer.from(`\r\n* BYE ${trouble.bye}\r\n`)])
      await delay(5)
      return over()
    }
    case 'loseAnswer':
      await run()
      return over()
    case 'silence':
      if (trouble.after) await run()
      return true
    case 'wrongTag': {
      const whole = Buffer.concat(await run()).toString('latin1')
      await answers.flush([Buffer.from(whole.replace(new RegExp(`^${tag} `, 'm'), 'ZZ99 '), 'latin1')])
      return true
    }
    case 'garbage':
      await answers.flush([Buffer.from(trouble.bytes), ...(await run())])
      return true
    case 'delay':
      await delay(trouble.ms)
      await answers.flush(await run())
      return true
  }
}
