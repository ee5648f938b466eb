import type { ErrorParams } from '../errors.ts'
import type { Loss } from '../mail.ts'
import type { Words } from './words.ts'
import { bytes, count, quoted, said, seconds } from './words.ts'

const carriedOn = 'The run tries again by itself; what was already carried over stays.'
const rowSaysWhy = 'The item is listed in the report; the rest goes on, and every delta tries it again.'

/** A server in mid-run, and what can befall mailboxes, folders and items. */
const sameKind =
  'Only a target of the same kind as its source takes calendars, contacts, tasks, notes and archives of Office 365; export them from the mailbox otherwise.'

const reducedTo: Readonly<Record<Loss, string>> = {
  meeting: 'an invitation became mail with the invitation as a file, which can’t be accepted from there',
  report: 'a report on a delivery became mail with the same text and files',
}

const keptBecause: Readonly<Record<ErrorParams['item.notUpdated']['because'], string>> = {
  adopted: 'it was there before the migration and is only adopted',
  touched: 'somebody touched it there',
  gone: 'it is gone from its folder there',
  unlocated: 'it is unlocated, for the target didn’t say which one it is',
  refused: 'the target refused the change',
}

export const transferring = {
  'server.busy': ({ host, response, retryAfterMs }) => ({
    message: `${host} asks for patience${said(response)}`,
    next: retryAfterMs === undefined ? carriedOn : `The run goes on by itself in ${seconds(retryAfterMs)}.`,
  }),
  'server.bye': ({ host, response }) => ({ message: `${host} ended the connection${said(response)}`, next: carriedOn }),
  'server.dropped': ({ host, cause }) => ({ message: `The connection to ${host} broke${said(cause)}`, next: carriedOn }),
  'server.stalled': ({ host, ms }) => ({ message: `${host} has said nothing for ${seconds(ms)}.`, next: carriedOn }),
  'server.protocol': ({ host, detail }) => ({
    message: `${host} answered what the protocol doesn't allow${said(detail)}`,
    next: `${carriedOn} If it comes back, the server needs a look: its log will show more.`,
  }),
  'server.webPage': ({ host, status }) => ({
    message: `In place of ${host} something else answered: HTTP ${status} with a page for people, as a proxy or a filter in between shows.`,
    next: `See what this machine is shown when a browser opens https://${host}, and have it let through unchanged. ${carriedOn}`,
  }),
  'server.refused': ({ host, command, response }) => ({
    message: `${host} refused ${command}${said(response)}`,
    next: 'See what the server’s answer says; its log will show more.',
  }),
  'server.tooManyConnections': ({ host, response }) => ({
    message: `${host} takes no more connections${said(response)}`,
    next: 'The run goes on with fewer. To have more, raise the server’s limit per user and address; to ask for fewer, lower "connectionsPerServer".',
  }),
  'request.tooLarge': ({ host, size }) => ({
    message: `${host} takes no request of ${bytes(size)}: its web server’s limit is lower.`,
    next: `Raise maxAllowedContentLength in the web.config of EWS on the Exchange server, if the item matters. ${rowSaysWhy}`,
  }),
  'mailbox.notFound': ({ mailbox, connection }) => ({
    message: `The mailbox ${quoted(mailbox)} does not exist on the connection ${quoted(connection)}.`,
    next: 'Check its spelling in the job, or have the mailbox created on the server; then start again.',
  }),
  'mailbox.elsewhere': ({ mailbox, connection, to, sameOrganisation, response }) => ({
    message: `The mailbox ${quoted(mailbox)} isn’t on the connection ${quoted(connection)} any more: ${
      to === undefined
        ? `another server of the organisation has it${said(response ?? '')}`
        : `its Autodiscover leads to ${to}, ${sameOrganisation ? 'a server of the same organisation' : 'another organisation as far as can be told'}. No secret was sent there.`
    }`,
    next: sameOrganisation
      ? `Reconfigure the connection to ${to ?? 'that server'} if all mailboxes go there, or define one to it for this mailbox; then start again. What was copied stays copied.`
      : 'If it was moved there on purpose, define a connection to that organisation and a job that adopts what is there; else have it moved back and start again. The other mailboxes go on.',
  }),
  'mailbox.notOnline': ({ mailbox, response }) => ({
    message: `Exchange Online has no mailbox of ${quoted(mailbox)} that can be opened${said(response)}`,
    next: 'See in the admin centre what it is: a user without an Exchange licence, a deleted mailbox, or one that still lives on-premises (Get-Recipient <address> | Format-List RecipientTypeDetails, ExchangeGuid).',
  }),
  'mailbox.notReady': ({ mailbox, connection, reason, look }) => ({
    message: `The target mailbox ${quoted(mailbox)} on ${quoted(connection)} isn’t ready: ${reason}.`,
    next: `Have it put right${look === undefined ? '' : `; this shows it: ${look}`}. Then start the job again: the other mailboxes aren’t touched by it.`,
  }),
  'mailbox.full': ({ mailbox, response }) => ({
    message: `The mailbox ${quoted(mailbox)} is full${said(response)}`,
    next: 'Have its quota raised or room made, then start again: it goes on where it stopped.',
  }),
  'mailbox.replaced': ({ mailbox, side }) => ({
    message: `The ${side} mailbox ${quoted(mailbox)} was replaced: what has its name today is another store than the one this pair began with.`,
    next: 'Find out whether it was deleted and created anew. If today’s mailbox is the right one, reset the pair (adopt what is already there), then start it.',
  }),
  'mailbox.readdressed': ({ mailbox, connection, now }) => ({
    message: `On the connection ${quoted(connection)} the address ${quoted(mailbox)} leads to another mailbox than the job’s${now === undefined ? '' : `, which has the address ${now} now`}. It was not touched.`,
    next: 'Refresh the job’s email addresses (mailferry job refresh-addresses), then start again.',
  }),
  'folder.refused': ({ folder, response }) => ({
    message: `The target does not take the folder ${quoted(folder)}${said(response)}`,
    next: 'Its items are listed in the report. Rename the folder, or map it to another in the plan file; the next delta carries it over.',
  }),
  'folder.gone': ({ folder }) => ({
    message: `The folder ${quoted(folder)} disappeared during the run.`,
    next: 'Run a delta migration: it looks where the items went.',
  }),
  'folder.collision': ({ folder, other, target }) => ({
    message: `The folders ${quoted(folder)} and ${quoted(other)} would both become ${quoted(target)} on the target.`,
    next: 'Map one of them to another folder in the plan file, then run a delta migration.',
  }),
  'item.textTooLarge': ({ size, limit }) => ({
    message: `The text and headers of the item have ${bytes(size)}; Office 365 takes them in one request only, of ${bytes(limit)} at most.`,
    next: 'Save this message from the old mailbox, for instance as an attachment of another one: attachments may be larger. Between two tenants it goes whole.',
  }),
  'item.tooLarge': ({ size, limit, raise }) => ({
    message: `The item has ${bytes(size)}; the target takes at most ${bytes(limit)}.`,
    next: `Have the target’s limit raised, if it matters${raise === undefined ? '' : `, in the Exchange Management Shell: ${raise}`}. ${rowSaysWhy}`,
  }),
  'item.rejected': ({ response }) => ({ message: `The target refused the item${said(response)}`, next: rowSaysWhy }),
  'item.unreadable': ({ response }) => ({ message: `The source could not give the item${said(response)}`, next: rowSaysWhy }),
  'item.notCarried': ({ itemClass, format }) => ({
    message: `An item of the class ${itemClass} can’t be carried over in the format ${format}.`,
    next: sameKind,
  }),
  'transfer.refused': ({ host, operation, response }) => ({
    message: `${host} doesn’t let this account use ${operation}, by which whole items travel${said(response)}`,
    next: `Mail went as messages instead. For the rest, let the account use ${operation} (its role, its EWS application policy, a firewall in front of EWS), and run the job again.`,
  }),
  'item.notUpdated': ({ because }) => ({
    message: `The item was changed in the source after it was copied, and its copy was left as it is: ${keptBecause[because]}.`,
    next: 'Compare the two, and bring the copy up to date by hand where that is wanted.',
  }),
  'item.reduced': ({ losses }) => ({
    message: `The item is on the target, but ${losses.map(loss => reducedTo[loss]).join('; ')}.`,
    next: 'Nothing, where the text and the files are what counts. An appointment that came of an invitation is carried over by itself, where calendars are.',
  }),
  'archive.closed': ({ mailbox, response }) => ({
    message: `The archive of ${quoted(mailbox)} can’t be opened${said(response)}`,
    next: 'The mailbox itself goes on. See where the archive is (Get-Mailbox … | Format-List Archive*): one in the cloud that belongs to a mailbox on-premises can’t be reached from there; else give the account the rights to it, or switch archives off for the job.',
  }),
  'folder.notCarried': ({ folder, containerClass, items }) => ({
    message: `The folder ${quoted(folder)} holds ${count(items, 'item')} of a kind (${containerClass}) that can’t be carried over between these two servers.`,
    next: `${sameKind} Exclude the folder in the job’s filters to have it counted as left out on purpose.`,
  }),
  'item.changed': ({ expected, actual }) => ({
    message: `Read back from the target, the item has ${bytes(actual)} instead of ${bytes(expected)}.`,
    next: 'Something on the target (a virus scanner, a filter) changes mail as it arrives; compare the item there with the source’s.',
  }),
  'pair.tooManyErrors': ({ errors, limit }) => ({
    message: `${count(errors, 'item')} of this mailbox failed; the limit is ${limit.toLocaleString('en')}.`,
    next: 'Look at the reasons in the report. Then start again, with a higher "maxErrorsPerPair" if they can be lived with.',
  }),
  'pair.deletionsHeld': ({ deletions, items }) => ({
    message: `${count(deletions, 'item')} of ${items.toLocaleString('en')} disappeared from the source; so many deletions are not carried over unasked.`,
    next: 'If the deletions are meant, allow them for the next delta; otherwise leave the items where they are on the target.',
  }),
} satisfies Partial<Words>
