// The peer: ews-javascript-api doing the same work as its documentation shows it. It pages through every mail folder, gets each page's MIME and creates the
// messages in a folder of the same name, one page after the other. node libraryCopier.ts FILE, a JSON file with both endpoints.
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import util from 'node:util'
import type { EndpointAccess } from './messages.ts'

Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
const ews = await import('ews-javascript-api')
const { request } = await import('node:https')

const pageSize = 100

const [from, to]: readonly EndpointAccess[] = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
if (!from || !to) throw new Error('two endpoints are needed')

function connect({ url, admin, password, mailbox }: EndpointAccess) {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2010)
  service.Url = new ews.Uri(url)
  service.Credentials = new ews.WebCredentials(admin, password)
  service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, mailbox)
  // Its own transport opens a TLS connection for each request; that alone would decide the comparison.
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false })
  const authorization = `Basic ${Buffer.from(`${admin}:${password}`).toString('base64')}`
  service.XHRApi = {
    apiName: 'keep-alive',
    disconnect() {},
    xhrStream: () => Promise.reject(new Error('nothing is streamed')),
    xhr: ({ data }) =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(String(data))
        const headers = { authorization, 'content-type': 'text/xml; charset=utf-8', 'content-length': body.length }
        const sent = request(url, { method: 'POST', agent, headers }, response => {
          const chunks: Buffer[] = []
          response.on('data', chunk => chunks.push(chunk))
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            const answer = {
              status: response.statusCode ?? 0,
              responseText: text,
              getAllResponseHeaders: () => '',
              getResponseHeader: () => null,
            }
            // The library declares a browser's request, and uses of it what this has.
            if (answer.status === 200) resolve(answer as unknown as Awaited<ReturnType<(typeof service.XHRApi)['xhr']>>)
            else reject(answer)
          })
        })
        sent.on('error', reject)
        sent.end(body)
      }),
  }
  return service
}

const [source, target] = [connect(from), connect(to)]
const messageFlags = new ews.ExtendedPropertyDefinition(0x0e07, ews.MapiPropertyType.Integer)
const folders = await source.FindFolders(ews.WellKnownFolderName.MsgFolderRoot, new ews.FolderView(1000))
let copied = 0
for (const folder of folders.Folders) {
  if (folder.FolderClass !== 'IPF.Note') continue
  const copy = new ews.Folder(target)
  copy.DisplayName = `Copy of ${folder.DisplayName.replace(/[<>&]/g, ' ')}`
  await copy.Save(ews.WellKnownFolderName.MsgFolderRoot)
  for (let offset = 0, more = true; more; offset += pageSize) {
    const page = await source.FindItems(folder.Id, new ews.ItemView(pageSize, offset))
    more = page.MoreAvailable
    if (page.Items.length === 0) continue
    const wanted = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.ItemSchema.MimeContent])
    await source.LoadPropertiesForItems(page.Items, wanted)
    const messages = page.Items.map(item => {
      const message = new ews.EmailMessage(target)
      message.MimeContent = new ews.MimeContent('UTF-8', item.MimeContent.Content)
      message.SetExtendedProperty(messageFlags, 1)
      return message
    })
    await target.CreateItems(messages, copy.Id, ews.MessageDisposition.SaveOnly, ews.SendInvitationsMode.SendToNone)
    copied += messages.length
  }
}
console.log(JSON.stringify({ copied }))
