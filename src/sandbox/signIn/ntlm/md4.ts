/** MD4 (RFC 1320), which NTLM hashes passwords with and Node's OpenSSL no longer offers. */
export function md4(message: Buffer): Buffer {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  const padded = pad(message)
  for (let at = 0; at < padded.length; at += 64) mix(state, padded, at)
  const digest = Buffer.alloc(16)
  state.forEach((word, index) => {
    digest.writeUInt32LE(word, index * 4)
  })
  return digest
}

/** 3.1 and 3.2: a one bit, zeroes, and the length in bits, to a multiple of 64 bytes. */
function pad(message: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64)
  message.copy(padded)
  padded[message.length] = 0x80
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8)
  return padded
}

interface Round {
  readonly mixed: (x: number, y: number, z: number) => number
  readonly constant: number
  readonly shifts: readonly number[]
  /** Which word of the block each step takes. */
  readonly order: readonly number[]
}

const inOrder = Array.from({ length: 16 }, (_, index) => index)

/** 3.4: the three rounds. */
const rounds: readonly Round[] = [
  { mixed: (x, y, z) => (x & y) | (~x & z), constant: 0, shifts: [3, 7, 11, 19], order: inOrder },
  {
    mixed: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    shifts: [3, 5, 9, 13],
    order: inOrder.map(index => (index % 4) * 4 + (index >> 2)),
  },
  {
    mixed: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
]

function mix(state: Uint32Array, block: Buffer, start: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (const { mixed, constant, shifts, order } of rounds) {
    for (const [step, word] of order.entries()) {
      const sum = a + mixed(b, c, d) + block.readUInt32LE(start + word * 4) + constant
      const shift = shifts[step % 4] ?? 0
      ;[a, b, c, d] = [d, (sum << shift) | ((sum | 0) >>> (32 - shift)), b, c]
    }
  }
  for (const [index, word] of [a, b, c, d].entries()) state[index] = (state[index] ?? 0) + word
}
