import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'mailferry-test-'

/** Memory-backed storage where there are at least two gigabytes of it, else the system's temporary directory. */
export const fastTmp = (): string => {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2e9 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

export interface TempDir extends Disposable {
  readonly path: string
}

/** What is to be removed when the process ends: one listener for however many directories. */
const removals = new Set<() => void>()
const removeAll = (): void => {
  for (const remove of removals) remove()
}

/** A directory that is gone when disposed, at the latest when the process ends; what a killed process left is removed by the next one. */
export function tempDir(parent: string = fastTmp()): TempDir {
  removeLeftovers(parent)
  const path = mkdtempSync(join(parent, `${prefix}${process.pid}-`))
  // Servers started by root read it as other users.
  chmodSync(path, 0o755)
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  if (removals.size === 0) process.once('exit', removeAll)
  removals.add(remove)
  return {
    path,
    [Symbol.dispose]() {
      remove()
      removals.delete(remove)
      if (removals.size === 0) process.off('exit', removeAll)
    },
  }
}

function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length).split('-')[0])
    if (pid > 0 && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
