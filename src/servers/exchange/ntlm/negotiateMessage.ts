import { signature, version, wanted } from './flags.ts'

/** NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1), with neither domain nor workstation: the same for everybody. */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(wanted, 12)
  version.copy(message, 32)
  return message
}
