import type { Random } from '../random.ts'

const lineLength = 78
const poolLines = 20_000

/** At most so many bytes of base64 in lines of 76 characters, at least one line: unlike every other, and cheap, for they are cut from one pool. */
export function base64Lines(random: Random, bytes: number): Buffer {
  const length = Math.max(lineLength, bytes - (bytes % lineLength))
  const content = Buffer.allocUnsafe(length)
  for (let filled = 0; filled < length; ) {
    const from = random.between(0, poolLines - 1) * lineLength
    filled += pool().copy(content, filled, from, Math.min(poolLines * lineLength, from + length - filled))
  }
  return content
}

let made: Buffer | undefined

function pool(): Buffer {
  made ??= makePool()
  return made
}

function makePool(): Buffer {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const lines = Buffer.alloc(poolLines * lineLength)
  let state = 1
  for (let at = 0; at < lines.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const column = at % lineLength
    lines[at] = column === 76 ? 13 : column === 77 ? 10 : digits.charCodeAt(state >>> 26)
  }
  return lines
}
