import type { ChildProcess } from 'node:child_process'
import { asMailferryError } from '../domain/asMailferryError.ts'
import { MailferryError } from '../domain/errors.ts'
import { describe } from '../domain/errorText.ts'
import type { EditorEnd } from '../rpc/editorEnd.ts'
import type { JobProgress, LedgerChanges, SecretNeeded } from '../rpc/notifications.ts'
import { packError } from '../rpc/packError.ts'
import type { SecretAnswer } from '../rpc/secretRequest.ts'
import { createEmitter } from './emitter.ts'
import type { EngineClient, EngineState } from './engineClient.ts'
import { type EngineLocation, forkEngine } from './forkEngine.ts'
import { createRespawn } from './respawn.ts'

export interface EngineOptions extends EngineLocation {
  readonly secretOf: (connection: string) => Promise<SecretAnswer>
}

/** Starts the engine and keeps it running. Returns at once: calls wait for it. */
export function startEngine(options: EngineOptions): EngineClient {
  const states = createEmitter<EngineState>()
  const changes = createEmitter<LedgerChanges>()
  const progress = createEmitter<JobProgress>()
  const needed = createEmitter<SecretNeeded>()
  const respawn = createRespawn()
  let state: EngineState = { state: 'starting' }
  let child: ChildProcess | undefined
  let end = Promise.withResolvers<EditorEnd>()
  let again: NodeJS.Timeout | undefined
  let disposed = false

  const become = (next: EngineState): void => {
    state = next
    states.fire(next)
  }

  const start = async (): Promise<void> => {
    const started = performance.now()
    const forked = await forkEngine(options)
    // What checks messages takes longer to build than all that activation does; nobody waits for it by now.
    const channel = await import('../rpc/editorChannel.ts')
    const life = openLife(channel, options, forked, why => gone(why, performance.now() - started))
    child = life.child
    if (disposed) return life.child.disconnect()
    end.resolve(life.end)
  }

  const openLife = (
    { editorEnd, unpackError }: typeof import('../rpc/editorChannel.ts'),
    { version, secretOf }: EngineOptions,
    process: ChildProcess,
    over: (why: MailferryError) => void,
  ) => {
    const channel = editorEnd(process, {
      secretOf,
      notified: {
        'engine.ready'({ version: theirs, pid }) {
          if (theirs === version) return become({ state: 'running', pid })
          channel.close(new MailferryError('engine.failed', { cause: `it is version ${theirs}, the extension ${version}` }))
        },
        'engine.failing'({ error }) {
          channel.close(unpackError(error))
        },
        'ledger.changed': changes.fire,
        'job.progress': progress.fire,
        'secret.needed': needed.fire,
      },
      ended(why) {
        // A damaged channel is closed here; the engine then ends, or finishes what runs.
        if (process.connected) process.disconnect()
        over(why)
      },
    })
    process.unref()
    return { child: process, end: channel }
  }

  const gone = (why: MailferryError, livedFor: number): void => {
    if (disposed || state.state === 'restarting' || state.state === 'failed') return
    end.promise.catch(() => {})
    end.reject(why)
    end = Promise.withResolvers()
    const next = why.remedy === 'person' ? undefined : respawn.died(livedFor)
    if (next === undefined) giveUp(why)
    else {
      again = setTimeout(launch, next.pause)
      become({ state: 'restarting', attempt: next.attempt, at: Date.now() + next.pause, reason: packError(why) })
    }
  }

  const giveUp = (why: MailferryError): void => {
    const reason = why.remedy === 'person' ? why : new MailferryError('engine.failed', { cause: describe(why).message })
    end.promise.catch(() => {})
    end.reject(reason)
    become({ state: 'failed', reason: packError(reason) })
  }

  const launch = (): void => {
    become({ state: 'starting' })
    start().catch(error => gone(asMailferryError(error), 0))
  }
  launch()

  return {
    get state() {
      return state
    },
    onState: states.event,
    onDidChange: changes.event,
    onProgress: progress.event,
    onSecretNeeded: needed.event,
    async call(method, params, call) {
      return (await end.promise).call(method, params, call)
    },
    restart() {
      if (disposed || state.state === 'starting' || state.state === 'running') return
      clearTimeout(again)
      respawn.reset()
      if (state.state === 'failed') end = Promise.withResolvers()
      launch()
    },
    dispose() {
      disposed = true
      clearTimeout(again)
      end.promise.catch(() => {})
      end.reject(new MailferryError('engine.died', { cause: 'the editor let go of it' }))
      if (child?.connected) child.disconnect()
    },
  }
}
