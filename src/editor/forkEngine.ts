import { type ChildProcess, fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { engineCopy } from './engineCopy.ts'
import { engineEnvironment } from './engineEnvironment.ts'

export interface EngineLocation {
  /** The bundle in the extension's folder. */
  readonly bundle: string
  readonly version: string
  /** The extension's global storage, a folder. */
  readonly storage: string
  /** The file that the engine logs to. */
  readonly log: string
  /** Path of the ledger; the person's own unless given. */
  readonly ledger?: string
  /** More arguments, for tests that can't wait. */
  readonly args?: readonly string[]
}

/** Starts the engine's process with the editor's own Node: detached, so that it outlives the window, and told nothing secret. */
export async function forkEngine({ bundle, version, storage, log, ledger, args = [] }: EngineLocation): Promise<ChildProcess> {
  const file = await engineCopy(bundle, version, storage, Date.now)
  await mkdir(dirname(log), { recursive: true })
  const output = openSync(log, 'a', 0o600)
  try {
    return fork(file, ['--log', log, ...(ledger === undefined ? [] : ['--ledger', ledger]), ...args], {
      detached: true,
      stdio: ['ignore', output, output, 'ipc'],
      execPath: process.execPath,
      // `node:sqlite` says that it is experimental.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: engineEnvironment(process.env, process.versions['electron'] !== undefined),
      cwd: storage,
    })
  } finally {
    closeSync(output)
  }
}
