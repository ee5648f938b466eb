import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Milliseconds that nobody started a copy for, until it is taken away. */
const unusedFor = 30 * 24 * 3_600_000

/** The bundles that the engine is made of; `engine.js` is where it begins. */
const parts = ['engine.js', 'mailferry.js', 'ews.js'] as const

/**
 * The engine's bundles as they are run: a copy of each version in the extension's global storage, for an update of the extension takes its folder away
 * under engines that still run. `bundle` is the path of `engine.js`; answers that of its copy.
 */
export async function engineCopy(bundle: string, version: string, storage: string, now: () => number): Promise<string> {
  const contents = await Promise.all(parts.map(part => readFile(join(dirname(bundle), part))))
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content)
  const engines = join(storage, 'engines')
  const folder = join(engines, `${version}-${hash.digest('hex').slice(0, 12)}`)
  const file = join(folder, 'engine.js')
  if (!(await exists(file))) await make(engines, folder, contents)
  await utimes(folder, now() / 1000, now() / 1000)
  await removeUnused(engines, now() - unusedFor)
  return file
}

/** Under another name first: of two windows that make it at once, the second finds it there. */
async function make(engines: string, folder: string, contents: readonly Uint8Array[]): Promise<void> {
  const unfinished = join(engines, `${randomUUID()}.new`)
  await mkdir(unfinished, { recursive: true })
  for (const [index, content] of contents.entries()) await writeFile(join(unfinished, parts[index] ?? ''), content)
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
