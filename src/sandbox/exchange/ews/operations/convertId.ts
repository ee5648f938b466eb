import { folderEntryId, itemEntryId, readEntryId } from '../../fields/entryIds.ts'
import { ownerOf } from '../../organisation.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { type Reference, readId, writeId } from '../ids.ts'
import { itemOf } from '../locate.ts'
import { mailboxAt, mailboxOfId, type Session } from '../session.ts'

interface Format {
  write(reference: Reference, session: Session): string
  /** `mailbox`: the one the request names, for ids that don't tell theirs. */
  read(id: string, session: Session, mailbox: () => string): Reference
}

const ewsId: Format = {
  write: (reference, { organisation }) => writeId(organisation, reference),
  read: (id, { organisation }) => readId(organisation, id),
}

const entryId = (encoding: 'base64' | 'hex'): Format => ({
  write(reference, session) {
    const text = entryIdOf(reference, session).toString(encoding)
    return encoding === 'hex' ? text.toUpperCase() : text
  },
  read(id, _session, mailbox) {
    const entry = readEntryId(Buffer.from(id, encoding))
    if (!entry) throw new EwsError('ErrorInvalidIdMalformed')
    return { ...entry, mailboxGuid: mailbox() }
  },
})

const formats: Readonly<Record<string, Format>> = {
  EwsId: ewsId,
  EwsLegacyId: ewsId,
  OwaId: {
    write: (reference, session) => encodeURIComponent(ewsId.write(reference, session)),
    read: (id, session, mailbox) => ewsId.read(unescaped(id), session, mailbox),
  },
  EntryId: entryId('base64'),
  HexEntryId: entryId('hex'),
  StoreId: entryId('base64'),
}

/** Ids in another form. There are no public folders here, so theirs are none. */
export function convertId(request: XmlElement, session: Session): Result[] {
  const to = request.attributes['DestinationFormat'] ?? ''
  return eachPart(child(request, 'SourceIds')?.children ?? [], ({ name, attributes }) => {
    const { Format: from = '', Id: id = '', Mailbox: address = '' } = attributes
    if (name !== 'AlternateId') throw new EwsError('ErrorInvalidIdMalformed')
    const reference = formatOf(from).read(id, session, () => mailboxAt(session, address, 'ErrorAccessDenied').guid)
    const type = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': 't:AlternateIdType' }
    // Whose mailbox it is, an id says itself: clients that don't know theirs ask so, with any address.
    const owner = mailboxOfId(session, reference.mailboxGuid, 'ErrorAccessDenied')
    const Mailbox = ownerOf(session.organisation, owner)?.primarySmtpAddress ?? address
    return done(element('m:AlternateId', [], { ...type, Format: to, Id: formatOf(to).write(reference, session), Mailbox }))
  })
}

function formatOf(name: string): Format {
  const format = formats[name]
  if (!format) throw new EwsError('ErrorInvalidIdMalformed')
  return format
}

function entryIdOf(reference: Reference, session: Session): Buffer {
  if (reference.kind === 'folder') return folderEntryId(reference.number)
  if (reference.kind !== 'item') throw new EwsError('ErrorInvalidIdMalformed')
  return itemEntryId(itemOf(session, reference).item)
}

function unescaped(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    throw new EwsError('ErrorInvalidIdMalformed')
  }
}
