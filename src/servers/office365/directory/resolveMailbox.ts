import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Resolution } from '../../mailServer.ts'
import { type Asking, ask, read, refusalOf, shaped } from '../graph/ask.ts'
import { filterText, mailboxOf, userFields, userSchema } from './user.ts'

const needs = ['User.Read.All']

/**
 * Finds a mailbox by its Entra object id, which survives every change of address. One that was never opened is looked up by its address, among all the
 * addresses that users have, too.
 */
export async function resolveMailbox(asking: Asking, { id, address }: Mailbox): Promise<Resolution> {
  if (id === undefined) return byAddress(asking, address)
  const question = { path: `/users/${encodeURIComponent(id)}?$select=${userFields}`, needs }
  const response = await read(asking, question)
  if (response.status === 404) return { found: 'none' }
  if (response.error !== undefined) throw refusalOf(asking, question, response)
  const mailbox = mailboxOf(shaped(asking, userSchema, response.json))
  return mailbox === undefined ? { found: 'none' } : { found: 'one', mailbox }
}

/**
 * A mailbox that was never opened, by its id: paths of Graph know people by id or UPN, which need not be the address that a person typed. As it was given where
 * nobody has that address, or it can't be asked.
 */
export async function identified(asking: Asking, mailbox: Mailbox): Promise<Mailbox> {
  if (mailbox.id !== undefined) return mailbox
  try {
    const found = await byAddress(asking, mailbox.address)
    return found.found === 'one' && found.mailbox.id !== undefined ? { ...mailbox, id: found.mailbox.id } : mailbox
  } catch (error) {
    if (isError(error, 'permission.graph')) return mailbox
    throw error
  }
}

/** A mailbox with the address it has today. Throws `mailbox.notFound`. */
export async function today(asking: Asking, mailbox: Mailbox): Promise<Mailbox> {
  const found = await resolveMailbox(asking, mailbox)
  if (found.found === 'one') return { ...mailbox, ...found.mailbox }
  throw new MailferryError('mailbox.notFound', { mailbox: mailbox.address, connection: asking.context.connection })
}

async function byAddress(asking: Asking, address: string): Promise<Resolution> {
  const mail = filterText(address)
  const filter = `mail%20eq%20${mail}%20or%20proxyAddresses/any(p:p%20eq%20${filterText(`smtp:${address}`)})`
  const { value } = await ask(asking, z.object({ value: z.array(userSchema) }), {
    path: `/users?$filter=${filter}&$select=${userFields}`,
    needs,
  })
  const [first, ...others] = value.map(mailboxOf).filter(mailbox => mailbox !== undefined)
  if (first === undefined) return { found: 'none' }
  if (others.length > 0) return { found: 'many', addresses: [first, ...others].map(mailbox => mailbox.address) }
  return { found: 'one', mailbox: first }
}
