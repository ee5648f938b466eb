import { MailferryError } from '../domain/errors.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import { readCsv } from '../rpc/csv.ts'
import { readText } from './readText.ts'

/** A mailbox with the line of the file it stands on. */
export interface ListedMailbox {
  readonly line: number
  readonly mailbox: Mailbox
}

/** Reads what `Get-Mailbox … | Export-Csv` wrote, with as many other columns as it likes. Throws `file.unreadable`, `csv.invalid`. */
export const readMailboxList = async (file: string): Promise<Mailbox[]> =>
  parseMailboxList(file, await readText(file)).map(({ mailbox }) => mailbox)

/** Whether a CSV's header is that of a `Get-Mailbox` export. */
export const isMailboxList = (text: string): boolean => {
  const [first = '', second = ''] = text.split(/\r?\n/, 2)
  return /primarysmtpaddress/i.test(first.startsWith('#TYPE') ? second : first)
}

/**
 * The mailbox's id is its `ExchangeGuid`, and in Exchange Online, whose every name is below `/o=ExchangeLabs`, its user's `ExternalDirectoryObjectId`, by which Graph
 * knows it. The column `Guid` names the directory's object instead, so it isn't taken for either. Throws `csv.invalid`, also for
 * a mailbox that is listed twice.
 */
export function parseMailboxList(file: string, text: string): ListedMailbox[] {
  const rows = readCsv(file, text, {
    needed: ['primarysmtpaddress'],
    optional: ['displayname', 'exchangeguid', 'externaldirectoryobjectid', 'legacyexchangedn'],
    others: 'ignored',
  })
  const lines = new Map<string, number>()
  const problems: { line: number; message: string }[] = []
  const mailboxes = rows.map(({ line, fields }): ListedMailbox => {
    const address = fields.primarysmtpaddress.trim()
    const column = isOnline(fields) ? 'ExternalDirectoryObjectId' : 'ExchangeGuid'
    const guid = guidOf((column === 'ExchangeGuid' ? fields.exchangeguid : fields.externaldirectoryobjectid) ?? '')
    if (guid === 'wrong') problems.push({ line, message: `${column} is no GUID` })
    const { displayname: displayName, legacyexchangedn: legacyExchangeDN } = fields
    const mailbox: Mailbox = {
      address,
      ...(guid === undefined ? {} : { id: guid }),
      ...(legacyExchangeDN === undefined ? {} : { legacyExchangeDN: legacyExchangeDN.trim() }),
      ...(displayName === undefined ? {} : { displayName: displayName.trim() }),
    }
    for (const key of new Set([mailboxKey({ address }), mailboxKey(mailbox)])) {
      const earlier = lines.get(key)
      if (earlier !== undefined) problems.push({ line, message: `${address} is listed in line ${earlier} already` })
      lines.set(key, line)
    }
    return { line, mailbox }
  })
  if (problems.length > 0) throw new MailferryError('csv.invalid', { file, problems })
  return mailboxes
}

/** Exchange on-premises has the column too, where it is synchronised; a list made for it names the distinguished names as well. */
const isOnline = ({
  legacyexchangedn,
  externaldirectoryobjectid,
}: {
  readonly legacyexchangedn?: string | undefined
  readonly externaldirectoryobjectid?: string | undefined
}): boolean => (legacyexchangedn === undefined ? externaldirectoryobjectid !== undefined : /^\s*\/o=ExchangeLabs\b/i.test(legacyexchangedn))

/** In the form servers give it; nothing for none, or for the zeros of a recipient that has no mailbox here. */
function guidOf(text: string): string | undefined | 'wrong' {
  const guid = text
    .trim()
    .replace(/^\{|\}$/g, '')
    .toLowerCase()
  if (guid === '' || /^[0-]+$/.test(guid)) return undefined
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid) ? guid : 'wrong'
}
