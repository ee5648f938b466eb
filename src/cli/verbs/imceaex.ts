import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { decodeImceaex, x500 } from '../../domain/imceaex.ts'
import { verb } from '../verb.ts'

export const imceaex = verb({
  words: 'imceaex',
  positionals: ['ADDRESS'],
  summary: 'Say which X500 address is meant by an IMCEAEX address of a non-delivery report.',
  details: 'ADDRESS is the address, or text that contains it, in quotes; - reads it from standard input.',
  async run({ out, readInput }, { positionals: [address = ''] }) {
    const legacyExchangeDN = decodeImceaex(address === '-' ? await readInput() : address)
    if (legacyExchangeDN === undefined)
      throw new MailferryError('usage', { detail: 'imceaex: there is no complete IMCEAEX address in it (IMCEAEX-_o=…@domain)' })
    out.say({ event: 'imceaex', legacyExchangeDN, x500: x500(legacyExchangeDN) }, [
      x500(legacyExchangeDN),
      'Add this address to the mailbox that is meant, and replies and remembered names reach it again:',
      '  Set-Mailbox MAILBOX -EmailAddresses @{ Add = ADDRESS }   (for all of a job: mailferry job x500)',
    ])
    return exitCodes.ok
  },
})
