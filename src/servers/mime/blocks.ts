const blockSize = 65_536

/**
 * Bytes that come in pieces as small as a line, held in few large blocks: an object for each line would take more than what it holds. Of more than `most`
 * only the beginning is held, a block at most.
 */
export function createBlocks(most = Number.POSITIVE_INFINITY) {
  let full: Buffer[] = []
  let block = Buffer.allocUnsafe(0)
  let used = 0
  let size = 0
  return {
    add(bytes: Buffer): void {
      size += bytes.length
      if (size > Math.max(most, blockSize)) {
        if (full.length > 0) [full, used] = [full.slice(0, 1), 0]
        block = block.subarray(0, used)
        return
      }
      for (let at = 0; at < bytes.length; ) {
        if (used === block.length) {
          if (used > 0) full.push(block)
          block = Buffer.allocUnsafeSlow(size > blockSize ? blockSize : Math.max(1024, bytes.length - at))
          used = 0
        }
        const copied = bytes.copy(block, used, at)
        at += copied
        used += copied
      }
    },
    get size(): number {
      return size
    },
    /** Whether all that came is held. */
    get isWhole(): boolean {
      return size <= most
    },
    /** What is held of what came so far; nothing may be added after. */
    chunks: (): readonly Buffer[] => (used > 0 ? [...full, block.subarray(0, used)] : full),
  }
}

export type Blocks = ReturnType<typeof createBlocks>
