import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { MailferryError } from '../../domain/errors.ts'
import type { IpcEnd } from '../../rpc/channel.ts'
import { engineEnd } from '../../rpc/engineEnd.ts'
import { packError } from '../../rpc/packError.ts'
import type { Method } from '../../rpc/protocol.ts'
import type { Keychain } from '../../secrets/vault.ts'
import { answer, checkParams } from '../answer.ts'
import type { Background, EngineContext } from '../context.ts'
import type { Log } from '../log.ts'
import { openContext } from '../openContext.ts'
import { createBackground } from './background.ts'
import { changeFeed } from './changeFeed.ts'
import { secretsNeeded } from './secretsNeeded.ts'

export interface EngineProcessOptions {
  readonly end: IpcEnd
  readonly ledger: string | undefined
  readonly log: Log
  readonly version: string
  readonly leaseMs?: number
  readonly takeOverAfter?: number
}

/** Milliseconds between two looks for jobs that nobody runs. */
const lookForJobsEvery = 1000

/** Calls that outlive the editor that made them: what they began is to be finished. */
const outliving: ReadonlySet<Method> = new Set<Method>(['job.start'])

/** The editor keeps secrets itself: its engine never opens the system's keychain. */
const noKeychain: Keychain = {
  async key() {
    throw new MailferryError('vault.unavailable', { cause: 'secrets of VS Code lie in its own storage' })
  },
}

/**
 * Serves an editor at the end of its channel. Resolves when the editor is gone and nothing runs any more; rejects with what makes it impossible to go on:
 * the ledger can't be opened, or fails.
 */
export async function engineProcess(options: EngineProcessOptions): Promise<void> {
  const { log, version } = options
  await using opened = new AsyncDisposableStack()
  const over = Promise.withResolvers<void>()
  const editorGone = new AbortController()
  let context: EngineContext | undefined
  let calls = 0

  const ready = (): EngineContext => {
    if (context === undefined) throw new MailferryError('internal', { detail: 'the ledger isn’t open yet' })
    return context
  }
  const endIfIdle = (): void => {
    if (editorGone.signal.aborted && runs.running === 0 && calls === 0) over.resolve()
  }
  const runs = createBackground({
    context: ready,
    ended: endIfIdle,
    broken: over.reject,
    ...(options.takeOverAfter === undefined ? {} : { takeOverAfter: options.takeOverAfter }),
  })
  const needed = secretsNeeded(
    () => ready().ledger.db,
    value => editor.notify('secret.needed', value),
  )
  const background: Background = { begin: runs.begin, secretGiven: needed.given }

  const opening = openContext({ ...options, keychain: noKeychain, background, askEditor: id => askEditor(id) }, opened)
  const editor = engineEnd(options.end, {
    async answer(method, params, call) {
      const checked = checkParams(method, params)
      calls += 1
      try {
        const signal = outliving.has(method) ? call.signal : AbortSignal.any([call.signal, editorGone.signal])
        return await answer(await opening, method, checked, { ...call, signal })
      } finally {
        calls -= 1
        endIfIdle()
      }
    },
    ended(why) {
      log.write('editor.gone', { code: why.code, runs: runs.running, calls })
      editorGone.abort()
      runs.leave()
      endIfIdle()
    },
  })
  /** An editor that is gone has nothing to give: pairs then wait until another engine has it. */
  const askEditor = async (connection: string) => {
    try {
      return (await editor.secretOf(connection)) ?? undefined
    } catch (error) {
      if (editorGone.signal.aborted) return undefined
      throw error
    }
  }

  try {
    context = await opening
  } catch (error) {
    editor.notify('engine.failing', { error: packError(error) })
    // So that it arrives before the process ends.
    await Promise.race([once(editorGone.signal, 'abort'), sleep(1000)])
    throw error
  }
  const feed = await changeFeed({
    ledger: context.ledger,
    changed(changes, pairs) {
      editor.notify('ledger.changed', changes)
      needed.look(pairs).catch(over.reject)
    },
    progress: value => editor.notify('job.progress', value),
    broken: over.reject,
  })
  opened.use(feed)
  editor.notify('engine.ready', { version, pid: process.pid, ledger: context.ledger.path })
  await needed.lookAtAll()
  const looking = setInterval(() => runs.look(), lookForJobsEvery)
  opened.defer(() => clearInterval(looking))
  await over.promise
  log.write('engine.leaves')
}
