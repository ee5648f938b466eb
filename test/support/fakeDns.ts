import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'

const types = { a: 1, ns: 2, mx: 15 } as const

/** What a name server says of one domain, which it is itself responsible for. */
export interface Zone {
  readonly mx: readonly { readonly host: string; readonly priority: number; readonly ttl: number }[]
  /** Answers as a cache would, that isn't responsible. */
  readonly cached?: boolean
}

export interface FakeDns extends AsyncDisposable {
  readonly port: number
  readonly server: string
}

/** A name server on loopback, as far as RFC 1035 goes for these three types of records. It names itself as the one that is responsible for each zone. */
export async function startDns(zones: Readonly<Record<string, Zone>>): Promise<FakeDns> {
  const socket = createSocket('udp4')
  socket.on('message', (question: Buffer, { port, address }: RemoteInfo) => socket.send(answerTo(zones, question), port, address))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  return {
    port,
    server: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise(resolve => socket.close(() => resolve())),
  }
}

/** The answer to a question, as it is sent. */
export function answerTo(zones: Readonly<Record<string, Zone>>, question: Buffer): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  const type = question.readUInt16BE(at + 1)
  const name = labels.join('.').toLowerCase()
  const records = recordsOf(zones, name, type)
  const authoritative = zones[name]?.cached === true ? 0 : 0x0400
  const noSuchName = records.length === 0 && zones[name] === undefined ? 3 : 0
  const head = Buffer.alloc(12)
  head.writeUInt16BE(question.readUInt16BE(0), 0)
  head.writeUInt16BE(0x8000 | authoritative | noSuchName, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(records.length, 6)
  return Buffer.concat([head, question.subarray(12, at + 5), ...records.map(record => resource(type, record))])
}

interface Resource {
  readonly ttl: number
  readonly data: Buffer
}

function recordsOf(zones: Readonly<Record<string, Zone>>, name: string, type: number): Resource[] {
  const zone = zones[name]
  if (type === types.a && name.startsWith('ns.')) return [{ ttl: 60, data: Buffer.from([127, 0, 0, 1]) }]
  if (zone === undefined) return []
  if (type === types.ns) return [{ ttl: 60, data: nameOf(`ns.${name}`) }]
  if (type !== types.mx) return []
  return zone.mx.map(({ host, priority, ttl }) => ({
    ttl,
    data: Buffer.concat([Buffer.from([priority >> 8, priority & 0xff]), nameOf(host)]),
  }))
}

/** Its name is a pointer to the one in the question. */
function resource(type: number, { ttl, data }: Resource): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(ttl, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

const nameOf = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])])
