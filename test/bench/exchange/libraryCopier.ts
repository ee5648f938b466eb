// The peer: ews-javascript-api doing the same work as its documentation shows it. It pages through every mail folder, gets each page's MIME and creates the
// messages in a folder of the same name, one page after the other; from an IMAP server by imapflow, as its documentation shows it. A server that wants to be left alone is,
// for as long as it says. node libraryCopier.ts FILE, a JSON file with both endpoints.
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import util from 'node:util'
import type { EndpointAccess, ExchangeAccess, ImapAccess } from './messages.ts'

Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
const ews = await import('ews-javascript-api')
const { request } = await import('node:https')

const pageSize = 100

const [from, to]: readonly EndpointAccess[] = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
if (!from || to?.kind !== 'exchange') throw new Error('two endpoints are needed')

interface PostAnswer {
  readonly status: number
  readonly responseText: string
  readonly getAllResponseHeaders: () => string
  readonly getResponseHeader: () => null
}

function connect({ url, admin, password, mailbox }: ExchangeAccess) {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2010)
  service.Url = new ews.Uri(url)
  service.Credentials = new ews.WebCredentials(admin, password)
  service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, mailbox)
  // Its own transport opens a TLS connection for each request; that alone would decide the comparison.
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  const authorization = `Basic ${Buffer.from(`${admin}:${password}`).toString('base64')}`
  const post = (body: Buffer) =>
    new Promise<PostAnswer>((resolve, reject) => {
      const headers = { authorization, 'content-type': 'text/xml; charset=utf-8', 'content-length': body.length }
      const sent = request(url, { method: 'POST', agent, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('end', () => {
          const responseText = Buffer.concat(chunks).toString('utf8')
          resolve({ status: response.statusCode ?? 0, responseText, getAllResponseHeaders: () => '', getResponseHeader: () => null })
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  service.XHRApi = {
    apiName: 'keep-alive',
    disconnect() {},
    xhrStream: () => Promise.reject(new Error('nothing is streamed')),
    async xhr({ data }) {
      for (;;) {
        const answer = await post(Buffer.from(String(data)))
        const backOff = /ErrorServerBusy/.test(answer.responseText) && /Name="BackOffMilliseconds">(\d+)</.exec(answer.responseText)?.[1]
        if (backOff) await sleep(Number(backOff))
        // The library declares a browser's request, and uses of it what this has.
        else if (answer.status === 200) return answer as unknown as Awaited<ReturnType<(typeof service.XHRApi)['xhr']>>
        else throw answer
      }
    },
  }
  return service
}

const target = connect(to)
const messageFlags = new ews.ExtendedPropertyDefinition(0x0e07, ews.MapiPropertyType.Integer)
const folderCalled = async (name: string) => {
  const folder = new ews.Folder(target)
  folder.DisplayName = `Copy of ${name.replace(/[<>&/]/g, ' ')}`
  await folder.Save(ews.WellKnownFolderName.MsgFolderRoot)
  return folder
}
const create = async (folder: Awaited<ReturnType<typeof folderCalled>>, contents: readonly string[]) => {
  const messages = contents.map(content => {
    const message = new ews.EmailMessage(target)
    message.MimeContent = new ews.MimeContent('UTF-8', content)
    message.SetExtendedProperty(messageFlags, 1)
    return message
  })
  await target.CreateItems(messages, folder.Id, ews.MessageDisposition.SaveOnly, ews.SendInvitationsMode.SendToNone)
}

async function copyFromExchange(access: ExchangeAccess): Promise<void> {
  const source = connect(access)
  const folders = await source.FindFolders(ews.WellKnownFolderName.MsgFolderRoot, new ews.FolderView(1000))
  for (const folder of folders.Folders) {
    if (folder.FolderClass !== 'IPF.Note') continue
    const copy = await folderCalled(folder.DisplayName)
    for (let offset = 0, more = true; more; offset += pageSize) {
      const page = await source.FindItems(folder.Id, new ews.ItemView(pageSize, offset))
      more = page.MoreAvailable
      if (page.Items.length === 0) continue
      const wanted = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.MimeContent])
      await source.LoadPropertiesForItems(page.Items, wanted)
      await create(
        copy,
        page.Items.map(item => item.MimeContent.Content),
      )
    }
  }
}

async function copyFromImap({ host, port, mailbox, password }: ImapAccess): Promise<void> {
  const { ImapFlow } = await import('imapflow')
  const source = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth: { user: mailbox, pass: password }, logger: false })
  await source.connect()
  for (const { path, flags } of await source.list()) {
    if (flags.has('\\Noselect')) continue
    const lock = await source.getMailboxLock(path, { readOnly: true })
    const copy = await folderCalled(path)
    let contents: string[] = []
    if (source.mailbox && source.mailbox.exists > 0)
      for await (const message of source.fetch('1:*', { source: true })) {
        contents.push(message.source?.toString('base64') ?? '')
        if (contents.length === pageSize) await create(copy, contents.splice(0))
      }
    if (contents.length > 0) await create(copy, contents)
    contents = []
    lock.release()
  }
  await source.logout()
}

await (from.kind === 'imap' ? copyFromImap(from) : copyFromExchange(from))
