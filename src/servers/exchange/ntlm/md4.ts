/** MD4 (RFC 1320), which NTLM hashes passwords with and OpenSSL 3 gives only to those who load its legacy provider. */
export function md4(message: Buffer): Buffer {
  const words = padded(message)
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let at = 0; at < words.length; at += 16) {
    const block = words.subarray(at, at + 16)
    const [a, b, c, d] = rounds.reduce((now, round) => run(now, block, round), state)
    state = [(state[0] + a) >>> 0, (state[1] + b) >>> 0, (state[2] + c) >>> 0, (state[3] + d) >>> 0]
  }
  const digest = Buffer.alloc(16)
  state.forEach((word, index) => {
    digest.writeUInt32LE(word, index * 4)
  })
  return digest
}

type State = readonly [number, number, number, number]

interface Round {
  readonly mix: (x: number, y: number, z: number) => number
  readonly constant: number
  readonly order: readonly number[]
  readonly shifts: readonly [number, number, number, number]
}

const rounds: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
]

function run(state: State, block: Uint32Array, { mix, constant, order, shifts }: Round): State {
  let [a, b, c, d] = state
  order.forEach((word, step) => {
    const sum = (a + mix(b, c, d) + (block[word] ?? 0) + constant) >>> 0
    const shift = shifts[step % 4] ?? 0
    const turned = ((sum << shift) | (sum >>> (32 - shift))) >>> 0
    ;[a, b, c, d] = [d, turned, b, c]
  })
  return [a, b, c, d]
}

function padded(message: Buffer): Uint32Array {
  const bytes = Buffer.alloc((((message.length + 8) >> 6) + 1) * 64)
  message.copy(bytes)
  bytes[message.length] = 0x80
  bytes.writeBigUInt64LE(BigInt(message.length) * 8n, bytes.length - 8)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4))
}
