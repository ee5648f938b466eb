import { open, stat } from 'node:fs/promises'
import type { LogLine } from './parseLogLine.ts'

/** Of VS Code's `LogOutputChannel`. */
export interface LogChannelLike {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}

/** Milliseconds between two looks at the file. */
const lookEvery = 1000
/** Bytes shown of a file at most, each time: what is older is in the file. */
const mostAtOnce = 256_000

/** Shows in a channel what an engine writes to its log file, from its beginning on. */
export function followEngineLog(file: string, channel: LogChannelLike): { dispose(): void } {
  let from = 0
  let rest = ''
  let busy = false

  const look = async (): Promise<void> => {
    const size = await stat(file).then(
      found => found.size,
      () => 0,
    )
    // It was set aside, and a new one begun.
    if (size < from) from = 0
    if (size === from) return
    const begin = Math.max(from, size - mostAtOnce)
    await using handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - begin), 0, size - begin, begin)
    from = begin + bytesRead
    const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n')
    rest = lines.pop() ?? ''
    const { parseLogLine } = await import('./parseLogLine.ts')
    for (const text of lines) if (text !== '') show(parseLogLine(text), text, channel)
  }

  const timer = setInterval(() => {
    if (busy) return
    busy = true
    void look()
      .catch(() => {})
      .finally(() => {
        busy = false
      })
  }, lookEvery)
  return { dispose: () => clearInterval(timer) }
}

/** One line: what happened, then its fields; what the engine's Node printed by itself is shown as it is. */
function show(parsed: LogLine | undefined, text: string, channel: LogChannelLike): void {
  if (parsed === undefined) {
    channel.warn(text)
    return
  }
  const { what, at, pid, ...fields } = parsed
  const message = [`engine ${pid}`, what, ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)].join(' ')
  if (/dies|[Ff]ailed$/.test(what)) channel.error(message)
  else if (/lost|gone/.test(what)) channel.warn(message)
  else channel.info(message)
}
