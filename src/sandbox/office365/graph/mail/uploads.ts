import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../../../http/answer.ts'
import type { Office365Site } from '../../site.ts'
import { type GraphCall, jsonBody } from '../call.ts'
import { GraphError, itemNotFound } from '../graphError.ts'
import { attachmentId, findItem, immutableId } from '../ids.ts'
import { openMailbox, permissions } from '../permit.ts'
import { sealToken } from '../seal.ts'
import { attach, nextNumber } from './attachments.ts'
import { messageOf } from './messages.ts'
import { file, mostInline } from './newAttachment.ts'

/** A large file on its way into a message ("Attach large files to Outlook messages or events"). */
export interface UploadSession {
  readonly id: string
  /** Object id of the mailbox's user, and the immutable id of the message. */
  readonly userId: string
  readonly mailboxGuid: string
  readonly messageId: string
  readonly appId: string
  readonly name: string
  readonly contentType: string
  readonly contentId: string | undefined
  readonly isInline: boolean
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly expires: number
  readonly token: string
  readonly chunks: Buffer[]
  received: number
}

const most = 150 * 1024 * 1024
const lifetime = 3_600_000

export function createUploadSession(call: GraphCall): Answer {
  const { mailbox, user } = openMailbox(call, permissions.writeMail)
  const item = messageOf(call, mailbox)
  const body = jsonBody(call)
  const given = body['AttachmentItem'] ?? body['attachmentItem']
  // An object's members are unknown until they are looked at.
  const { attachmentType, name, size, contentType, contentId, isInline } =
    typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {}
  if (attachmentType !== 'file' || typeof name !== 'string' || typeof size !== 'number')
    throw new GraphError(400, 'ErrorInvalidRequest', 'The AttachmentItem needs its attachmentType (file), name and size.')
  if (size <= mostInline)
    throw new GraphError(
      400,
      'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
      `Attachment size must be greater than ${mostInline} bytes.`,
    )
  if (size > most) throw new GraphError(413, 'ErrorAttachmentSizeLimitExceeded', 'The attachment exceeds the maximum supported size.')
  const id = randomUUID()
  const session: UploadSession = {
    id,
    userId: user.person.objectGuid,
    mailboxGuid: mailbox.guid,
    messageId: immutableId(call.site.tenant, mailbox, item.immutable),
    appId: call.caller.appid,
    name,
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    contentId: typeof contentId === 'string' ? contentId : undefined,
    isInline: isInline === true,
    size,
    expires: call.now + lifetime,
    token: sealToken(call.site.tenant, { upload: id }),
    chunks: [],
    received: 0,
  }
  call.site.uploads.set(id, session)
  const uploadUrl = `${call.site.outlookBase}/api/gv1.0/users('${session.userId}')/AttachmentSessions('${id}')?authtoken=${session.token}`
  return jsonAnswer({ uploadUrl, expirationDateTime: new Date(session.expires).toISOString(), nextExpectedRanges: ['0-'] }, 201)
}

export interface UploadRequest {
  readonly method: string
  readonly id: string
  readonly token: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The session an upload's URL belongs to. Its token is the permission: an Authorization header has no business there. */
export function findUpload({ tenant, uploads }: Office365Site, { id, token, headers }: UploadRequest): UploadSession {
  const session = uploads.get(id)
  if (headers['authorization'] !== undefined)
    throw new GraphError(401, 'InvalidAuthenticationToken', 'The upload URL is preauthenticated: the Authorization header is not accepted.')
  if (!session || session.token !== token || session.expires <= tenant.organisation.now())
    throw new GraphError(404, 'ErrorItemNotFound', 'The upload session was not found.')
  return session
}

/** Takes the next range of a file, in order; the last one makes it an attachment. GET says what is expected, DELETE gives it up. */
export function continueUpload(site: Office365Site, session: UploadSession, { method, headers, body }: UploadRequest): Answer {
  const { tenant, uploads } = site
  if (method === 'DELETE') {
    uploads.delete(session.id)
    return { status: 204, headers: {}, body: Buffer.alloc(0) }
  }
  const expected = () =>
    jsonAnswer({ expirationDateTime: new Date(session.expires).toISOString(), nextExpectedRanges: [`${session.received}-`] })
  if (method === 'GET') return expected()
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  if (Number(total) !== session.size || Number(last) - Number(first) + 1 !== body.length || Number(last) >= session.size)
    throw new GraphError(400, 'ErrorInvalidRequest', 'The Content-Range header length does not match the provided number of bytes.')
  if (body.length >= 4 * 1024 * 1024) throw new GraphError(413, 'ErrorInvalidRequest', 'Each range is limited to less than 4 MB.')
  if (Number(first) !== session.received)
    throw new GraphError(416, 'ErrorInvalidRange', 'The uploaded fragment does not follow what has already been received.')
  session.chunks.push(body)
  session.received += body.length
  if (session.received < session.size) return expected()
  const mailbox = tenant.organisation.mailboxes.get(session.mailboxGuid)
  if (!mailbox) throw itemNotFound()
  const item = findItem(tenant, mailbox, session.messageId)
  const now = tenant.organisation.now()
  const attachment = file({ now }, nextNumber(item), session, Buffer.concat(session.chunks))
  attach({ site, now }, mailbox, item, attachment)
  uploads.delete(session.id)
  const location = `${site.outlookBase}/api/gv1.0/users('${session.userId}')/messages('${session.messageId}')/attachments('${attachmentId(tenant, mailbox, item, attachment.number)}')`
  return { status: 201, headers: { location }, body: Buffer.alloc(0) }
}
