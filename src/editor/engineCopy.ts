import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Milliseconds that nobody started a copy for, until it is taken away. */
const unusedFor = 30 * 24 * 3_600_000

/**
 * The engine's bundle as it is run: a copy of each version in the extension's global storage, for an update of the extension takes its folder away
 * under engines that still run. Answers the copy's path.
 */
export async function engineCopy(bundle: string, version: string, storage: string, now: () => number): Promise<string> {
  const content = await readFile(bundle)
  const engines = join(storage, 'engines')
  const folder = join(engines, `${version}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}`)
  const file = join(folder, 'engine.js')
  if (!(await exists(file))) await make(engines, folder, content)
  await utimes(folder, now() / 1000, now() / 1000)
  await removeUnused(engines, now() - unusedFor)
  return file
}

/** Under another name first: of two windows that make it at once, the second finds it there. */
async function make(engines: string, folder: string, content: Uint8Array): Promise<void> {
  const unfinished = join(engines, `${randomUUID()}.new`)
  await mkdir(unfinished, { recursive: true })
  await writeFile(join(unfinished, 'engine.js'), content)
  await writeFile(join(unfinished, 'package.json'), '{ "type": "commonjs" }\n')
  await rename(unfinished, folder).catch(async error => {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await exists(join(folder, 'engine.js')))) throw error
  })
}

async function removeUnused(engines: string, before: number): Promise<void> {
  for (const name of await readdir(engines)) {
    const folder = join(engines, name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: before }))
    // One that can't be taken away, because it runs, is tried again the next time.
    if (mtimeMs < before) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
